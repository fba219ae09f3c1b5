import { expectTypeOf } from 'expect-type';
import { EMPTY, lastValueFrom, type Observable, of, Subject, take, toArray } from 'rxjs';
import { fromNativeObservable } from '../../lib/adapters/from-native-observable.js';
import { PlatformObservable } from '../support/native-observable.js';

describe('fromNativeObservable', () => {
  it('gives the values of a native Observable, and its end', async () => {
    const native = new PlatformObservable<number>((subscriber) => {
      subscriber.next(1);
      subscriber.next(2);
      subscriber.complete();
      subscriber.next(3);
    });
    expect(await lastValueFrom(fromNativeObservable(native).pipe(toArray()))).toEqual([1, 2]);
  });

  it('passes errors, also one that is thrown', async () => {
    const lost = new Error('lost');
    const failing = new PlatformObservable((subscriber) => subscriber.error(lost));
    const throwing = new PlatformObservable(() => {
      throw lost;
    });
    await expect(lastValueFrom(fromNativeObservable(failing))).rejects.toBe(lost);
    await expect(lastValueFrom(fromNativeObservable(throwing))).rejects.toBe(lost);
  });

  it('subscribes for each subscription, and to nothing before', () => {
    let begun = 0;
    const native$ = fromNativeObservable(
      new PlatformObservable<number>((subscriber) => {
        begun += 1;
        subscriber.complete();
      }),
    );
    expect(begun).toBe(0);
    native$.subscribe();
    native$.subscribe();
    expect(begun).toBe(2);
  });

  it('aborts when it is unsubscribed, at once', () => {
    let torn = 0;
    const native = new PlatformObservable<number>((subscriber) => {
      subscriber.addTeardown(() => (torn += 1));
      subscriber.next(1);
    });
    const subscription = fromNativeObservable(native).subscribe();
    expect(torn).toBe(0);
    subscription.unsubscribe();
    expect(torn).toBe(1);
  });

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let given = 0;
    const firehose = new PlatformObservable<number>((subscriber) => {
      for (; subscriber.active && given < 1000; given++) subscriber.next(given);
    });
    fromNativeObservable(firehose).pipe(take(1)).subscribe();
    expect(given).toBe(1);
  });

  it('reaches a source that respects the signal alone', () => {
    const signals: AbortSignal[] = [];
    const subscription = fromNativeObservable({
      subscribe: (_observer, options) => signals.push(options!.signal!),
    }).subscribe();
    expect(signals[0]!.aborted).toBe(false);
    subscription.unsubscribe();
    expect(signals[0]!.aborted).toBe(true);
  });

  it.each([undefined, null, 5, {}, [1]])('takes no %p', (value) => {
    expect(() => fromNativeObservable(value as never)).toThrow(TypeError);
    expect(() => fromNativeObservable(value as never)).toThrow('fromNativeObservable takes');
  });

  it('takes no Observable of RxJS: it would never be released', () => {
    for (const rx of [of(1), EMPTY, new Subject()])
      expect(() => fromNativeObservable(rx as never)).toThrow('needs no adapter');
  });

  it('has types', () => {
    expectTypeOf(fromNativeObservable(new PlatformObservable<number>(() => {}))).toEqualTypeOf<
      Observable<number>
    >();
  });
});
