import { expectTypeOf } from 'expect-type';
import {
  concat,
  defer,
  finalize,
  lastValueFrom,
  NEVER,
  Observable,
  of,
  throwError,
  toArray,
} from 'rxjs';
import { fromNativeObservable } from '../../lib/adapters/from-native-observable.js';
import type { NativeObservable } from '../../lib/adapters/native-observable.js';
import { toNativeObservable } from '../../lib/adapters/to-native-observable.js';
import { PlatformObservable, reported } from '../support/native-observable.js';

describe('toNativeObservable', () => {
  beforeEach(() => {
    reported.length = 0;
  });

  it('gives a native Observable with the values and the end of its source', () => {
    const seen: unknown[] = [];
    const native = toNativeObservable(of(1, 2), PlatformObservable);
    expect(native).toBeInstanceOf(PlatformObservable);
    native.subscribe({ next: (value) => seen.push(value), complete: () => seen.push('end') });
    expect(seen).toEqual([1, 2, 'end']);
  });

  it('passes errors; one that nobody handles the platform reports', () => {
    const lost = new Error('lost');
    const seen: unknown[] = [];
    const native = toNativeObservable(
      concat(
        of(1),
        throwError(() => lost),
      ),
      PlatformObservable,
    );
    native.subscribe({ next: (value) => seen.push(value), error: (error) => seen.push(error) });
    expect(seen).toEqual([1, lost]);
    native.subscribe();
    expect(reported).toEqual([lost]);
  });

  it('[1] begins nothing before it is subscribed to', () => {
    let begun = 0;
    const native = toNativeObservable(
      defer(() => of((begun += 1))),
      PlatformObservable,
    );
    expect(begun).toBe(0);
    native.subscribe();
    expect(begun).toBe(1);
  });

  it('[2] unsubscribes when the signal is aborted, at once', () => {
    let closed = 0;
    const source$ = concat(of(1), NEVER).pipe(finalize(() => (closed += 1)));
    const controller = new AbortController();
    toNativeObservable(source$, PlatformObservable).subscribe({}, { signal: controller.signal });
    expect(closed).toBe(0);
    controller.abort();
    expect(closed).toBe(1);
  });

  it('[2] stops a synchronous source as soon as its listener has had enough', () => {
    let given = 0;
    const firehose$ = new Observable<number>((subscriber) => {
      for (; !subscriber.closed && given < 1000; given++) subscriber.next(given);
    });
    const controller = new AbortController();
    toNativeObservable(firehose$, PlatformObservable).subscribe(
      { next: () => controller.abort() },
      { signal: controller.signal },
    );
    expect(given).toBe(1);
    toNativeObservable(firehose$, PlatformObservable).subscribe(
      {},
      { signal: AbortSignal.abort() },
    );
    expect(given).toBe(1);
  });

  it('lets all who are subscribed share one run, as the platform does', () => {
    let begun = 0;
    let closed = 0;
    const source$ = defer(() => {
      begun += 1;
      return NEVER;
    }).pipe(finalize(() => (closed += 1)));
    const native = toNativeObservable(source$, PlatformObservable);
    const [first, second] = [new AbortController(), new AbortController()];
    native.subscribe({}, { signal: first.signal });
    native.subscribe({}, { signal: second.signal });
    first.abort();
    expect([begun, closed]).toEqual([1, 0]);
    second.abort();
    expect([begun, closed]).toEqual([1, 1]);
  });

  it('comes back through fromNativeObservable as it went', async () => {
    const back$ = fromNativeObservable(toNativeObservable(of(1, 2, 3), PlatformObservable));
    expect(await lastValueFrom(back$.pipe(toArray()))).toEqual([1, 2, 3]);
  });

  it('takes the platform’s own where there is one, and says what to do where there is none', () => {
    expect(() => toNativeObservable(of(1))).toThrow(TypeError);
    expect(() => toNativeObservable(of(1))).toThrow('which this platform has not');
    Object.assign(globalThis, { Observable: PlatformObservable });
    try {
      expect(toNativeObservable(of(1))).toBeInstanceOf(PlatformObservable);
    } finally {
      Reflect.deleteProperty(globalThis, 'Observable');
    }
  });

  it.each([undefined, 5, new PlatformObservable(() => {})])('takes no %p', (value) => {
    expect(() => toNativeObservable(value as never, PlatformObservable)).toThrow(
      'toNativeObservable takes',
    );
  });

  it('has types', () => {
    expectTypeOf(toNativeObservable(of(1), PlatformObservable)).toEqualTypeOf<
      NativeObservable<number>
    >();
  });
});
