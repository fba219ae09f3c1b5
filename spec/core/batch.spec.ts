import { expectTypeOf } from 'expect-type';
import { concat, delay, EMPTY, NEVER, of, take, throwError, type Observable } from 'rxjs';
import { type BatchItem, lambda, type RunConfig, withConfig } from 'rxlm';
import { inOrder } from '../../lib/core/batch.js';
import { countedSignal } from '../support/counted-signal.js';
import { marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { record, watch } from '../support/run-events.js';
import { turn } from '../support/unhandled-errors.js';

const broken = new Error('broken');
const silent = new FakeStream(() => concat(of('a'), NEVER));

describe('batch and batch$', () => {
  /** Answers after as many frames as the input says. */
  const later = (config: RunConfig) =>
    lambda((ms: number) => of(ms * 10).pipe(delay(ms, config.scheduler)));

  it('gives outputs in the order of the inputs', async () => {
    const slowFirst = lambda(async (n: number) => {
      for (let i = n; i < 3; i++) await turn();
      return n * 10;
    });
    expect(await slowFirst.batch([0, 1, 2])).toEqual([0, 10, 20]);
    expect(await slowFirst.batch([])).toEqual([]);
  });

  it('[20] batch$ emits each output with its index as it is completed', () => {
    marbles(({ scheduler, expectObservable }) => {
      expectObservable(later({ scheduler }).batch$([5, 1, 3])).toBe('-a-b-(c|)', {
        a: { index: 1, output: 10 },
        b: { index: 2, output: 30 },
        c: { index: 0, output: 50 },
      });
    });
  });

  it('runs maxConcurrency of them at a time', () => {
    marbles(({ scheduler, expectObservable }) => {
      const outputs$ = later({ scheduler }).batch$([2, 4, 3], { maxConcurrency: 2 });
      expectObservable(outputs$).toBe('--a-b(c|)', {
        a: { index: 0, output: 20 },
        b: { index: 1, output: 40 },
        c: { index: 2, output: 30 },
      });
    });
  });

  it('fails with the first failure, cancels the others and begins no more', async () => {
    const { story, listener } = record();
    const begun: number[] = [];
    const some = lambda((n: number) => {
      begun.push(n);
      return n === 1 ? throwError(() => broken) : NEVER;
    });
    await expect(some.batch([0, 1, 2], { maxConcurrency: 2, listeners: [listener] })).rejects.toBe(
      broken,
    );
    expect(begun).toEqual([0, 1]);
    expect(story().slice(-2)).toEqual([
      'chain_error RunnableLambda',
      'chain_cancel RunnableLambda',
    ]);
  });

  it('returnExceptions gives each failure in its place, of wrong inputs too', async () => {
    const model = new FakeStream(([message]) => {
      if (message?.text === 'bad') throw 'a text';
      return ['good'];
    });
    const outputs = await model.batch(['a', 'bad', 7 as never], { returnExceptions: true });
    expect(outputs.map(String)).toEqual([
      expect.any(String),
      'Error: a text',
      expect.stringMatching(/^TypeError: a message must be/),
    ]);
    expect(outputs[0]).toMatchObject({ text: 'good' });
    expect(outputs[1]).toMatchObject({ cause: 'a text' });
  });

  it('keeps the places of the others where one gives nothing', async () => {
    const odd = lambda((n: number) => (n % 2 === 0 ? EMPTY : of(n)));
    await expect(odd.batch([1, 2, 3])).rejects.toMatchObject({ code: 'empty' });
    expect(await odd.batch([1, 2, 3], { returnExceptions: true })).toMatchObject([
      1,
      { code: 'empty' },
      3,
    ]);
  });

  it('[2] a signal ends the whole batch', async () => {
    const controller = countedSignal();
    const answers = silent.batch(['a', 'b'], { signal: controller.signal });
    controller.abort('enough');
    await expect(answers).rejects.toBe('enough');
    expect(controller.count()).toBe(0);
  });

  it('[9] rejects a runId, which names one run', async () => {
    expect(() => saying('a').batch$(['q'], { runId: 'r' })).toThrow(TypeError);
    await expect(saying('a').batch(['q'], { runId: 'r' })).rejects.toThrow(/config\.runId/);
  });

  it('takes a config for each input', async () => {
    const { events, listener } = record();
    const names = ['a', 'b', 'c'];
    const configs = names.map((runName) => ({
      runName,
      runId: `id-${runName}`,
      listeners: [listener],
    }));
    const shout = lambda((text: string) => text.toUpperCase());
    expect(await shout.batch(names, configs)).toEqual(['A', 'B', 'C']);
    const starts = events.filter(({ event }) => event === 'on_chain_start');
    expect(
      starts.map(({ name, run_id, data }) => [name, run_id, (data as { input: unknown }).input]),
    ).toEqual(names.map((name) => [name, `id-${name}`, name]));
  });

  it('takes what each config says of its input’s failure, and the smallest maxConcurrency', () => {
    marbles(({ scheduler, expectObservable }) => {
      const run = lambda((ms: number) =>
        ms === 0 ? throwError(() => broken) : of(ms).pipe(delay(ms, scheduler)),
      );
      const configs = [{ maxConcurrency: 2 }, { maxConcurrency: 1 }, { returnExceptions: true }];
      expectObservable(run.batch$([2, 3, 0], configs)).toBe('--a--(bc|)', {
        a: { index: 0, output: 2 },
        b: { index: 1, output: 3 },
        c: { index: 2, output: broken },
      });
      expectObservable(run.batch$([0, 3, 2], configs)).toBe('#', {}, broken);
    });
  });

  it('a config of withConfig is that of each', async () => {
    const seen: unknown[] = [];
    const note = lambda((q: string, { tags, metadata }) => seen.push([q, tags, metadata]));
    const bound = withConfig(note, { tags: ['all'] });
    await bound.batch(['a', 'b'], [{ tags: ['one'] }, { metadata: { n: 2 } }]);
    expect(seen).toEqual([['a', ['all', 'one'], {}], ['b', ['all'], { n: 2 }]]); // prettier-ignore
  });

  it('throws a TypeError for configs that are not one for each input', async () => {
    const wrong = 'a batch takes one config or one for each input: got 1 for 2';
    expect(() => saying('a').batch$(['p', 'q'], [{}])).toThrow(new TypeError(wrong));
    await expect(saying('a').batch(['p', 'q'], [{}])).rejects.toThrow(TypeError);
    expect(() => saying('a').batch$(['p'], [{ timeout: -1 }])).toThrow(/config\.timeout/);
    const twice = [{ runId: 'r' }, { runId: 'r' }];
    expect(() => saying('a').batch$(['p', 'q'], twice)).toThrow(/config\.runId names one run/);
  });

  it('throws a TypeError for inputs that are no array', async () => {
    expect(() => saying('a').batch$('q' as never)).toThrow(
      new TypeError('inputs must be an array, got "q"'),
    );
    await expect(saying('a').batch({} as never)).rejects.toThrow(TypeError);
  });

  it('stops early for who takes some', () => {
    const begun: number[] = [];
    const counting = lambda((n: number) => {
      begun.push(n);
      return n;
    });
    watch(counting.batch$([1, 2, 3]).pipe(take(2)));
    expect(begun).toEqual([1, 2]);
  });

  it('is typed by returnExceptions', () => {
    const length = lambda((s: string) => s.length);
    const check = () => {
      expectTypeOf(length.batch(['a'])).resolves.toEqualTypeOf<number[]>();
      expectTypeOf(length.batch(['a'], { maxConcurrency: 1 })).resolves.toEqualTypeOf<number[]>();
      expectTypeOf(length.batch(['a'], { returnExceptions: true })).resolves.toEqualTypeOf<
        (number | Error)[]
      >();
      expectTypeOf(length.batch(['a'], [{ tags: [] }])).resolves.toEqualTypeOf<number[]>();
      expectTypeOf(length.batch(['a'], [{ returnExceptions: true }])).resolves.toEqualTypeOf<
        (number | Error)[]
      >();
      expectTypeOf(length.batch$(['a'])).toEqualTypeOf<Observable<BatchItem<number>>>();
    };
    expect(check).not.toThrow();
  });
});

describe('inOrder', () => {
  it('emits the outputs at once, in the order of their inputs', () => {
    marbles(({ cold, expectObservable }) => {
      const items = { a: { index: 1, output: 'b' }, b: { index: 0, output: 'a' } };
      expectObservable(cold('-a-b-|', items).pipe(inOrder())).toBe('-----(x|)', { x: ['a', 'b'] });
      expectObservable(cold('-a-#', items).pipe(inOrder())).toBe('---#');
      expectObservable(cold('-|', items).pipe(inOrder())).toBe('-(x|)', { x: [] });
    });
  });
});
