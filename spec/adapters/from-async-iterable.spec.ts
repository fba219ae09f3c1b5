import fc from 'fast-check';
import { firstValueFrom, lastValueFrom, map, share, take, takeUntil, Subject, toArray } from 'rxjs';
import { fromAsyncIterable, toAsyncIterable } from 'rxlm';
import { watch } from '../support/run-events.js';
import { turn } from '../support/unhandled-errors.js';

const broken = new Error('broken');

async function* counting(onReturn: () => void = () => {}, upTo = Infinity) {
  try {
    for (let i = 0; i < upTo; i++) yield i;
  } finally {
    onReturn();
  }
}

/** An iterable that says what is asked of it, in order. */
function asked(next: () => Promise<IteratorResult<number>>) {
  const calls: string[] = [];
  const iterable: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        calls.push('next');
        return next();
      },
      return: () => {
        calls.push('return');
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
  return { calls, iterable };
}

describe('fromAsyncIterable', () => {
  it('emits the values, then completes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.anything()), async (values) => {
        async function* all() {
          yield* values;
        }
        const emitted = await lastValueFrom(fromAsyncIterable(all).pipe(toArray()));
        expect(emitted).toStrictEqual(values);
      }),
      { numRuns: 30 },
    );
  });

  it('takes an iterable as well as a function', async () => {
    expect(await lastValueFrom(fromAsyncIterable(counting(undefined, 3)).pipe(toArray()))).toEqual([
      0, 1, 2,
    ]);
  });

  it('[1] opens nothing before it is subscribed to, and anew for each subscription', async () => {
    const open = jest.fn(() => counting(undefined, 2));
    const values$ = fromAsyncIterable(open);
    expect(open).not.toHaveBeenCalled();
    expect(await lastValueFrom(values$)).toBe(1);
    expect(await lastValueFrom(values$)).toBe(1);
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('[2] cancels a silent iterable at once: its signal first, then return()', () => {
    const { calls, iterable } = asked(() => new Promise(() => undefined));
    const run = watch(
      fromAsyncIterable((signal) => {
        signal.addEventListener('abort', () => calls.push('abort'));
        return iterable;
      }),
    );
    run.leave();
    expect(calls).toEqual(['next', 'abort', 'return']);
  });

  it('[2] has a generator run its finally when it is left', async () => {
    const left = jest.fn();
    await firstValueFrom(fromAsyncIterable(() => counting(left)));
    await turn();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('[2] take(k) asks for k values and no more', async () => {
    let count = 0;
    const { calls, iterable } = asked(() => Promise.resolve({ done: false, value: count++ }));
    expect(await lastValueFrom(fromAsyncIterable(iterable).pipe(take(3), toArray()))).toEqual([
      0, 1, 2,
    ]);
    expect(calls).toEqual(['next', 'next', 'next', 'return']);
  });

  it('says nothing more to an iterable that has come to its end', async () => {
    const signals: AbortSignal[] = [];
    const { calls, iterable } = asked(() => Promise.resolve({ done: true, value: undefined }));
    await lastValueFrom(
      fromAsyncIterable((signal) => {
        signals.push(signal);
        return iterable;
      }),
      { defaultValue: undefined },
    );
    expect(calls).toEqual(['next']);
    expect(signals[0]!.aborted).toBe(false);
  });

  it.each<[string, () => AsyncIterable<number>]>([
    ['rejects', () => asked(() => Promise.reject(broken)).iterable],
    [
      'throws in next()',
      () =>
        asked(() => {
          throw broken;
        }).iterable,
    ],
    [
      'cannot be opened',
      () => {
        throw broken;
      },
    ],
  ])('[4] errors with what an iterable that %s fails with', async (_, open) => {
    const { ended } = await settled(fromAsyncIterable(open));
    expect(ended).toEqual({ error: broken });
  });

  it('[4] errors after the values before', async () => {
    async function* failing() {
      yield 1;
      throw broken;
    }
    expect(await settled(fromAsyncIterable(failing))).toMatchObject({
      values: [1],
      ended: { error: broken },
    });
  });

  it.each<[string, unknown]>([
    ['rejects', () => Promise.reject(broken)],
    [
      'throws',
      () => {
        throw broken;
      },
    ],
    ['gives no promise', () => undefined],
    ['is not there', undefined],
  ])('is left without an error where return() %s', async (_, returning) => {
    const iterable = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: returning,
      }),
    } as unknown as AsyncIterable<number>;
    const run = watch(fromAsyncIterable(iterable));
    expect(() => {
      run.leave();
    }).not.toThrow();
    await turn();
    expect(run.ended).toBeUndefined();
  });

  it('says nothing of an error that comes when it has been left', async () => {
    let fail: (error: unknown) => void = () => undefined;
    const { iterable } = asked(
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    );
    const run = watch(fromAsyncIterable(iterable));
    run.leave();
    fail(broken);
    await turn();
    expect(run.ended).toBeUndefined();
  });

  it('[19] asks for the next value when the consumer can take one', async () => {
    let made = 0;
    async function* endless() {
      for (;;) yield made++;
    }
    const values = toAsyncIterable(fromAsyncIterable(endless).pipe(map((i) => i)), {
      highWaterMark: 4,
    });
    await values.next();
    await turn();
    expect(made).toBeLessThanOrEqual(6);
    for (let i = 0; i < 10; i++) await values.next();
    await turn();
    expect(made).toBeGreaterThan(10);
    expect(made).toBeLessThanOrEqual(16);
    await values.return?.();
  });

  it('[19] reads on where the demand is not known: behind share, for one', async () => {
    let made = 0;
    async function* some() {
      while (made < 20) yield made++;
    }
    const values = toAsyncIterable(fromAsyncIterable(some).pipe(share()), { highWaterMark: 4 });
    await values.next();
    await turn();
    expect(made).toBe(20);
  });

  it('asks no more once it is left while it waits', async () => {
    const left = new Subject<void>();
    const { calls, iterable } = asked(() => Promise.resolve({ done: false, value: 1 }));
    const values = toAsyncIterable(fromAsyncIterable(iterable).pipe(takeUntil(left)), {
      highWaterMark: 2,
    });
    await values.next();
    await turn();
    left.next();
    const before = calls.length;
    await values.next();
    await values.next();
    await turn();
    expect(calls).toHaveLength(before);
    expect(calls.at(-1)).toBe('return');
  });

  it.each([undefined, null, 7, [1], {}])('throws a TypeError for %p', (wrong) => {
    expect(() => fromAsyncIterable(wrong as AsyncIterable<number>)).toThrow(
      /^fromAsyncIterable takes an async iterable or a function that opens one, got /,
    );
  });
});

async function settled<T>(source$: Parameters<typeof watch<T>>[0]) {
  const run = watch(source$);
  while (run.ended === undefined) await turn();
  return run;
}
