import fc from 'fast-check';
import {
  concat,
  defer,
  finalize,
  from,
  merge,
  NEVER,
  Observable,
  of,
  Subject,
  throwError,
} from 'rxjs';
import { fromAsyncIterable, RxlmError, toAsyncIterable } from 'rxlm';
import { type PullOptions } from '../../../lib/core/demand/to-async-iterable.js';
import { findGate, type Gate } from '../../../lib/core/demand/gate.js';
import { pullFrom } from '../../../lib/core/demand/to-async-iterable.js';
import { turn } from '../../support/unhandled-errors.js';

const done = { done: true, value: undefined };
const broken = new Error('broken');
const endless$ = new Observable<number>((subscriber) => {
  for (let i = 0; !subscriber.closed; i++) subscriber.next(i);
});

async function collect<T>(values: AsyncIterable<T>): Promise<{ values: T[]; error?: unknown }> {
  const all: T[] = [];
  try {
    for await (const value of values) all.push(value);
    return { values: all };
  } catch (error) {
    return { values: all, error };
  }
}

describe('toAsyncIterable', () => {
  it('[18] gives all values in their order and then ends, as the source does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.anything()),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        async (values, fails, highWaterMark) => {
          const source$ = concat(from(values), fails ? throwError(() => broken) : of());
          expect(await collect(toAsyncIterable(source$, { highWaterMark }))).toStrictEqual(
            fails ? { values, error: broken } : { values },
          );
        },
      ),
    );
  });

  it('[1] subscribes with the first next(), once', async () => {
    const subscribed = jest.fn();
    const iterator = toAsyncIterable(defer(() => (subscribed(), NEVER)));
    expect(subscribed).not.toHaveBeenCalled();
    const pending = [iterator.next(), iterator.next()];
    expect(subscribed).toHaveBeenCalledTimes(1);
    await iterator.return?.();
    expect(await Promise.all(pending)).toEqual([done, done]);
  });

  it('is its own iterator: a second loop goes on where the first stopped taking', async () => {
    const iterator = toAsyncIterable(of(1, 2, 3));
    expect(iterator[Symbol.asyncIterator]()).toBe(iterator);
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    expect(await collect(iterator)).toEqual({ values: [2, 3] });
  });

  it('answers next() in the order of the calls, also those that are ahead of the source', async () => {
    const source$ = new Subject<number>();
    const iterator = toAsyncIterable(source$);
    const taken = [iterator.next(), iterator.next(), iterator.next(), iterator.next()];
    source$.next(1);
    source$.next(2);
    source$.error(broken);
    expect(await Promise.allSettled(taken)).toEqual([
      { status: 'fulfilled', value: { done: false, value: 1 } },
      { status: 'fulfilled', value: { done: false, value: 2 } },
      { status: 'rejected', reason: broken },
      { status: 'fulfilled', value: done },
    ]);
  });

  it('[4] throws an error after the values before it, and only once', async () => {
    const iterator = toAsyncIterable(
      concat(
        of(1),
        throwError(() => broken),
      ),
    );
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await expect(iterator.next()).rejects.toBe(broken);
    expect(await iterator.next()).toEqual(done);
  });

  it('[18] return() settles at once while a next() is pending, and unsubscribes', async () => {
    const left = jest.fn();
    const iterator = toAsyncIterable(NEVER.pipe(finalize(left)));
    const pending = iterator.next();
    const returned = iterator.return?.();
    expect(left).toHaveBeenCalledTimes(1);
    expect(await Promise.all([returned, pending])).toEqual([done, done]);
    expect(await iterator.next()).toEqual(done);
  });

  it('[18] return() before the first next() never subscribes', async () => {
    const subscribed = jest.fn();
    const iterator = toAsyncIterable(new Observable(subscribed));
    await iterator.return?.();
    expect(await iterator.next()).toEqual(done);
    expect(subscribed).not.toHaveBeenCalled();
  });

  it('[18] throw() unsubscribes too, and rejects with what it was given', async () => {
    const left = jest.fn();
    const iterator = toAsyncIterable(NEVER.pipe(finalize(left)));
    const pending = iterator.next();
    await expect(iterator.throw?.(broken)).rejects.toBe(broken);
    expect([await pending, await iterator.next()]).toEqual([done, done]);
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('[18] break never throws, whatever the source says after it', async () => {
    const source$ = new Observable<number>((subscriber) => {
      subscriber.next(1);
      return () => {
        subscriber.error(broken);
        throw new Error('a teardown failed');
      };
    });
    for await (const value of toAsyncIterable(source$)) {
      expect(value).toBe(1);
      break;
    }
  });

  it('[18] drops the values and the error that wait when it is left', async () => {
    const iterator = toAsyncIterable(
      concat(
        of(1, 2),
        throwError(() => broken),
      ),
    );
    await iterator.next();
    await iterator.return?.();
    expect(await iterator.next()).toEqual(done);
  });

  it('may be left from within its source', async () => {
    const iterator: AsyncIterator<number> = toAsyncIterable(
      defer(() => {
        void iterator.return?.();
        return endless$;
      }),
    );
    expect(await iterator.next()).toEqual(done);
  });

  it('[19] ends in a limit error after maxBuffered values of a source that cannot wait', async () => {
    const { values, error } = await collect(toAsyncIterable(endless$, { maxBuffered: 10 }));
    expect(values.length).toBeGreaterThanOrEqual(10);
    expect(values.length).toBeLessThan(15);
    expect(values).toEqual(values.map((_, i) => i));
    expect(RxlmError.is(error) && error.code).toBe('limit');
    expect(String(error)).toContain('maxBuffered');
  });

  it('[19] has a bound of 100,000 values by default', async () => {
    const { values, error } = await collect(toAsyncIterable(endless$));
    expect(values.length).toBeGreaterThanOrEqual(100_000);
    expect(values.length).toBeLessThanOrEqual(100_001);
    expect(error).toMatchObject({ code: 'limit' });
  });

  it('[19] is bounded also where one of several sources waits and another does not', async () => {
    async function* waiting() {
      await turn();
      yield -1;
    }
    const iterator = toAsyncIterable(merge(fromAsyncIterable(waiting), endless$));
    const { error } = await collect(iterator);
    expect(error).toMatchObject({ code: 'limit' });
  });

  it('[19] lets a source that waits bring more with one go than maxBuffered says', async () => {
    const source$ = new Observable<number>((subscriber) => {
      findGate(subscriber)?.heed();
      for (let i = 0; i < 50; i++) subscriber.next(i);
      subscriber.complete();
    });
    const { values, error } = await collect(toAsyncIterable(source$, { maxBuffered: 10 }));
    expect([values.length, error]).toEqual([50, undefined]);
  });

  it('[19] asks a source to wait at highWaterMark, and to go on at half of it', async () => {
    let gate: Gate | undefined;
    const source$ = new Observable<number>((subscriber) => {
      gate = findGate(subscriber);
      let i = 0;
      const emit = () => {
        while (gate?.closed === false) subscriber.next(i++);
        gate?.onOpen(emit);
      };
      emit();
      seen = () => i;
    });
    let seen = () => 0;
    const iterator = toAsyncIterable(source$, { highWaterMark: 4 });
    const made: number[] = [];
    for (let i = 0; i < 4; i++) {
      await iterator.next();
      made.push(seen());
    }
    expect(made).toEqual([4, 6, 6, 8]);
    await iterator.return?.();
  });

  it.each<[PullOptions, string]>([
    [{ highWaterMark: 0 }, 'highWaterMark must be a number above 0, got 0'],
    [{ maxBuffered: NaN }, 'maxBuffered must be a number above 0, got NaN'],
    [{ maxBuffered: '9' as unknown as number }, 'maxBuffered must be a number above 0, got "9"'],
  ])('throws a TypeError for %p', (options, message) => {
    expect(() => toAsyncIterable(of(1), options)).toThrow(new TypeError(message));
  });

  it.each([undefined, null, [1], Promise.resolve(1)])(
    'throws a TypeError for %p as a source',
    (source) => {
      expect(() => toAsyncIterable(source as unknown as Observable<number>)).toThrow(
        /^toAsyncIterable takes an Observable, got /,
      );
    },
  );
});

describe('pullFrom', () => {
  it('opens at the call, so that a wrong call throws there, and subscribes at the first next()', async () => {
    const subscribed = jest.fn();
    const iterator = pullFrom(() => defer(() => (subscribed(), of(1))));
    expect(subscribed).not.toHaveBeenCalled();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    expect(() =>
      pullFrom(() => {
        throw new TypeError('wrong');
      }),
    ).toThrow('wrong');
  });
});
