import { expectTypeOf } from 'expect-type';
import {
  concat,
  delay,
  finalize,
  NEVER,
  Observable,
  of,
  share,
  Subject,
  take,
  takeUntil,
  throwError,
  timer,
} from 'rxjs';
import {
  AIMessageChunk,
  foldChunks,
  isRunnable,
  lambda,
  type ModelCallOptions,
  type RunConfig,
  type RunEvent,
  type RunInput,
  Runnable,
} from 'rxlm';
import { countedSignal } from '../support/counted-signal.js';
import { marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, record, watch } from '../support/run-events.js';
import { Capitals } from '../support/runnables.js';
import { turn } from '../support/unhandled-errors.js';

const broken = new Error('broken');
const endless = new FakeStream(
  () =>
    new Observable<string>((subscriber) => {
      while (!subscriber.closed) subscriber.next('a');
    }),
);
const silent = new FakeStream(() => concat(of('a'), NEVER));
const names = (events: readonly RunEvent[]) => events.map(({ event }) => event);

class Bare extends Runnable<number, number> {
  runs = 0;

  override run$(input: RunInput<number>): Observable<number> {
    this.runs++;
    return input.chunks$ as Observable<number>;
  }
}

describe('a runnable', () => {
  it('[7] has the name of its class, its static lcName, or what it says', () => {
    expect([new Bare().name, new Capitals().name, saying('a').name]).toEqual([
      'Bare',
      'Capitals',
      'FakeStream',
    ]);
    const Minified = class extends Bare {
      static override readonly lcName = 'Bare';
    };
    expect(new Minified().name).toBe('Bare');
  });

  it('is known by what it can do, not by its class', () => {
    expect([new Bare(), lambda(() => 1), saying('a').pipe(new Capitals())].every(isRunnable)).toBe(
      true,
    );
    expect([undefined, null, {}, () => 1, of(1), { run$: 1 }].some(isRunnable)).toBe(false);
  });

  it('takes the whole and folds by default', async () => {
    const bare = new Bare();
    expect(bare.takes).toBe('whole');
    expect(await bare.invoke(7)).toBe(7);
  });
});

describe('[1] cold', () => {
  it('no view does anything before it is subscribed to', () => {
    const bare = new Bare();
    const controller = countedSignal();
    const config = { signal: controller.signal, timeout: 1000 };
    jest.useFakeTimers();
    try {
      void bare.stream$(1, config);
      void bare.events$(1, config);
      void bare.batch$([1], config);
      bare.stream(1, config);
      bare.streamEvents(1, config);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
    expect([bare.runs, controller.count()]).toEqual([0, 0]);
  });

  it('each subscription is a run of its own; share makes one for many', () => {
    const bare = new Bare();
    const stream$ = bare.stream$(1);
    watch(stream$);
    watch(stream$);
    expect(bare.runs).toBe(2);
    const shared$ = silent.stream$('q').pipe(share());
    const [one, other] = [watch(shared$), watch(shared$)];
    expect([one.values.length, other.values.length]).toEqual([1, 0]);
  });

  it('leaves no listener on the signal after any ending, of any view', async () => {
    const controller = countedSignal();
    const { signal } = controller;
    await saying('a').invoke('q', { signal });
    await saying('a').batch(['q', 'r'], { signal });
    watch(saying('a').stream$('q', { signal }));
    watch(new FakeStream(() => throwError(() => broken)).stream$('q', { signal }));
    watch(silent.events$('q', { signal })).leave();
    watch(silent.stream$('q', { signal }).pipe(take(1)));
    for await (const { text } of silent.stream('q', { signal })) if (text === 'a') break;
    for await (const { event } of silent.streamEvents('q', { signal }))
      if (event.endsWith('stream')) break;
    watch(
      lambda((q: string, config) => silent.stream$(q, config)).stream$('q', { signal }),
    ).leave();
    expect(controller.count()).toBe(0);
  });
});

describe('stream$', () => {
  it('[2] take(k) stops a synchronous source without end', () => {
    expect(watch(endless.stream$('q').pipe(take(3))).values).toHaveLength(3);
    expect(
      watch(
        lambda((q: string, c) => endless.stream$(q, c))
          .stream$('q')
          .pipe(take(3)),
      ),
    ).toMatchObject({
      ended: 'complete',
    });
  });

  it('[2] unsubscribing within next stops it too', () => {
    const left = new Subject<void>();
    let seen = 0;
    endless
      .stream$('q')
      .pipe(takeUntil(left))
      .subscribe(() => {
        if (++seen === 5) left.next();
      });
    expect(seen).toBe(5);
  });

  it('[2] reaches the source at once when it is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-b-c');
      const model = new FakeStream(() => source$);
      const outer = lambda((q: string, config) => model.stream$(q, config)).pipe(new Capitals());
      expectObservable(outer.stream$('q'), '----!').toBe('-a-b', { a: 'A', b: 'B' });
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    });
  });

  it('takes falsy inputs and outputs as any other', async () => {
    const same = lambda((input: unknown) => input);
    for (const value of [0, '', false, null, undefined])
      expect(await same.invoke(value)).toBe(value);
  });
});

describe('events$', () => {
  it('[7] gives the story of one run, and only that', () => {
    const { values, ended } = watch(saying('a').events$('q'));
    expect(names(values)).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_end',
    ]);
    expect(Object.keys(values[0]!).sort()).toEqual([
      'data',
      'event',
      'metadata',
      'name',
      'parent_ids',
      'run_id',
      'tags',
    ]);
    expect(ended).toBe('complete');
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('[2] take(%i) cancels a synchronous run without end', (k) => {
    const { story, events, listener } = record();
    const nested = lambda((q: string, config) => endless.stream$(q, config));
    const { values } = watch(nested.events$('q', { listeners: [listener] }).pipe(take(k)));
    expect(values).toHaveLength(k);
    expect(faultsOf(events)).toEqual([]);
    expect(story().at(-1)).toBe('chain_cancel RunnableLambda');
    expect(events.length).toBe(k === 1 ? 2 : k + 2);
  });

  it('[3] the listeners see the cancel of a root that was left, its own subscriber does not', () => {
    const { events, listener } = record();
    const run = watch(silent.events$('q', { listeners: [listener] }));
    run.leave();
    expect(names(events).at(-1)).toBe('on_chat_model_cancel');
    expect(names(run.values).at(-1)).toBe('on_chat_model_stream');
  });

  it('[3] its subscriber does see the cancel where a signal ended the run, and then its reason', () => {
    const controller = new AbortController();
    const run = watch(silent.events$('q', { signal: controller.signal }));
    controller.abort('enough');
    expect(names(run.values).at(-1)).toBe('on_chat_model_cancel');
    expect(run.ended).toEqual({ error: 'enough' });
  });

  it.each([0, 1])('[3] also where the signal is aborted within event %i', (at) => {
    const controller = new AbortController();
    const seen: string[] = [];
    silent.events$('q', { signal: controller.signal }).subscribe({
      next: ({ event }) => {
        if (seen.push(event) === at + 1) controller.abort('enough');
      },
      error: (error: unknown) => seen.push(String(error)),
    });
    expect(seen.slice(-2)).toEqual(['on_chat_model_cancel', 'enough']);
  });

  it('[4] errors with what the run fails with, after on_*_error', () => {
    const run = watch(new FakeStream(() => throwError(() => broken)).events$('q'));
    expect(names(run.values).at(-1)).toBe('on_chat_model_error');
    expect(run.ended).toEqual({ error: broken });
  });

  it('[9] of a run within a run is the story of that run, in its place', () => {
    const inner: RunEvent[] = [];
    const outer = lambda((q: string, config) => {
      saying('a')
        .events$(q, config)
        .subscribe((event) => inner.push(event));
      return q;
    });
    watch(outer.stream$('q', { runId: 'root' }));
    expect(inner.map(({ parent_ids }) => parent_ids)).toEqual([['root'], ['root'], ['root']]);
  });

  it('[7] throws a TypeError for a version there is none of', () => {
    expect(() => saying('a').events$('q', { version: 'v3' as 'v2' })).toThrow(
      new TypeError("config.version must be 'v1' or 'v2', got \"v3\""),
    );
  });
});

describe('invoke', () => {
  it('[13] resolves to the fold of the chunks', async () => {
    expect((await saying('gold', 'fish').invoke('q')).text).toBe('goldfish');
  });

  it('[3] rejects with the reason of an aborted signal, and the listeners see the cancel', async () => {
    const controller = new AbortController();
    const { events, listener } = record();
    const answer = silent.invoke('q', { signal: controller.signal, listeners: [listener] });
    controller.abort('enough');
    await expect(answer).rejects.toBe('enough');
    expect(names(events).at(-1)).toBe('on_chat_model_cancel');
  });

  it('rejects with a TypeError for a wrong call', async () => {
    await expect(saying('a').invoke('q', { timeout: -1 })).rejects.toThrow(
      new TypeError('config.timeout must be a number of milliseconds above 0, got -1'),
    );
    await expect(saying('a').invoke(7 as never)).rejects.toThrow(TypeError);
  });
});

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
      expectTypeOf(length.batch$(['a'])).toEqualTypeOf<
        Observable<{ index: number; output: number }>
      >();
    };
    expect(check).not.toThrow();
  });
});

describe('stream and streamEvents', () => {
  it('[18] break cancels the run at once, also one that is silent', async () => {
    const left = jest.fn();
    const model = new FakeStream(() => concat(of('a'), NEVER).pipe(finalize(left)));
    for await (const chunk of model.stream('q')) {
      expect(chunk.text).toBe('a');
      break;
    }
    expect(left).toHaveBeenCalledTimes(1);
    for await (const { event } of model.streamEvents('q')) if (event.endsWith('stream')) break;
    expect(left).toHaveBeenCalledTimes(2);
  });

  it('[18] [19] a synchronous run without end ends in a limit error, and can be left before', async () => {
    let seen = 0;
    for await (const { text } of endless.stream('q')) if (text === 'a' && ++seen === 3) break;
    expect(seen).toBe(3);
    const all = (async () => {
      for await (const { event } of endless.streamEvents('q')) seen += event.length;
    })();
    await expect(all).rejects.toMatchObject({ code: 'limit' });
  });

  it('throws a TypeError at the call for a wrong input or config', () => {
    expect(() => saying('a').stream(7 as never)).toThrow(TypeError);
    expect(() => saying('a').streamEvents('q', { version: 'v9' as 'v1' })).toThrow(TypeError);
    expect(() => saying('a').stream('q', { tags: 'x' as never })).toThrow(TypeError);
  });
});

describe('a config', () => {
  it('takes the call options of what is called, and no others', () => {
    class Tuned extends Runnable<string, string, string, { readonly depth?: number }> {
      override run$(_: RunInput<string>, { depth }: RunConfig & { readonly depth?: number }) {
        return of(String(depth));
      }
    }
    expect(watch(new Tuned().stream$('q', { depth: 3, tags: ['t'] })).values).toEqual(['3']);
    // @ts-expect-error -- depth is a number
    void new Tuned().stream$('q', { depth: '3' });
    // @ts-expect-error -- a lambda has no such option
    void lambda(() => 1).stream$('q', { depth: 3 });
    expectTypeOf<FakeStream['stream$']>()
      .parameter(1)
      .toEqualTypeOf<(RunConfig & ModelCallOptions) | undefined>();
  });

  it('[20] brings the time of a timeout', () => {
    marbles(({ scheduler, expectObservable, cold }) => {
      const model = new FakeStream(() => cold('---a|'));
      expectObservable(model.stream$('q', { timeout: 2, scheduler })).toBe(
        '--#',
        undefined,
        expect.objectContaining({ code: 'timeout' }),
      );
      expectObservable(timer(3, scheduler).pipe(take(1))).toBe('---(a|)', { a: 0 });
    });
  });
});

describe('a class of one’s own', () => {
  it('[13] may say how its chunks make a whole', async () => {
    class Last extends Runnable<string, number, string> {
      override readonly fold = (chunks$: Observable<string>) =>
        new Observable<number>((subscriber) =>
          chunks$.pipe(foldChunks()).subscribe({
            next: ({ length }) => {
              subscriber.next(length);
            },
            complete: () => {
              subscriber.complete();
            },
          }),
        );
      override run$() {
        return of('gold', 'fish');
      }
    }
    expectTypeOf(new Last().invoke('q')).resolves.toEqualTypeOf<number>();
    expect(await new Last().invoke('q')).toBe(8);
  });

  it('[14] passes message chunks as they are', () => {
    const chunk = new AIMessageChunk('a');
    class Passing extends Runnable<string, unknown, AIMessageChunk> {
      override run$() {
        return of(chunk);
      }
    }
    expect(watch(new Passing().stream$('q')).values[0]).toBe(chunk);
  });
});
