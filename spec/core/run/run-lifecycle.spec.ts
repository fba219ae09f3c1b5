import fc from 'fast-check';
import {
  concat,
  EMPTY,
  finalize,
  from,
  map,
  merge,
  NEVER,
  Observable,
  of,
  startWith,
  Subject,
  take,
  takeUntil,
  throwError,
} from 'rxjs';
import {
  lambda,
  ModelError,
  type RunEvent,
  Runnable,
  RxlmError,
  type RunConfig,
  type RunInput,
} from 'rxlm';
import { runWhole$ } from 'rxlm/provider';
import { anyRunnable } from '../../support/any-runnable.js';
import { countedSignal } from '../../support/counted-signal.js';
import { marbles } from '../../support/marbles.js';
import { FakeStream, saying } from '../../support/models.js';
import { faultsOf, record, recordRun, watch } from '../../support/run-events.js';
import { Capitals, OnChunks } from '../../support/runnables.js';
import { turn, unhandledErrors } from '../../support/unhandled-errors.js';

const broken = new Error('broken');
const endless = new FakeStream(() => concat(of('gold', 'fish'), NEVER));
const failing = new FakeStream(() =>
  concat(
    of('gold'),
    throwError(() => broken),
  ),
);

describe('runWhole$', () => {
  it('[3] [8] reports the start, each chunk before it is passed on, and one ending', () => {
    const { events, listener } = record();
    const seen: unknown[] = [];
    lambda(() => from(['a', 'b']), { name: 'letters' })
      .stream$('q', { listeners: [listener] })
      .subscribe((chunk) => seen.push([chunk, events.length]));
    expect(seen).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    expect(events.map(({ event, data }) => [event, data])).toEqual([
      ['on_chain_start', { input: 'q' }],
      ['on_chain_stream', { chunk: 'a' }],
      ['on_chain_stream', { chunk: 'b' }],
      ['on_chain_end', { output: 'ab' }],
    ]);
  });

  it('[3] [4] reports an error after all values, with the error as JSON and the output so far', () => {
    const run = recordRun(
      lambda(() =>
        concat(
          of('a', 'b'),
          throwError(() => broken),
        ),
      ),
      'q',
    );
    expect(run.values).toEqual(['a', 'b']);
    expect(run.ended).toEqual({ error: broken });
    expect(run.events.at(-1)).toMatchObject({
      event: 'on_chain_error',
      data: { error: { name: 'Error', message: 'broken' }, output: 'ab' },
    });
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('[3] reports a cancel with the output so far when its subscriber leaves', () => {
    const run = recordRun(endless, 'q');
    run.leave();
    expect(run.story()).toEqual([
      'chat_model_start FakeStream',
      'chat_model_stream FakeStream',
      'chat_model_stream FakeStream',
      'chat_model_cancel FakeStream',
    ]);
    expect(run.events.at(-1)!.data).toMatchObject({ output: { content: 'goldfish' } });
  });

  it.each([
    ['nothing came', lambda(() => NEVER)],
    [
      'the fold fails',
      lambda(() => NEVER.pipe(startWith('a')), { fold: () => throwError(() => broken) }),
    ],
  ])('[3] reports a cancel without output where %s', (_, runnable) => {
    const run = recordRun(runnable as Runnable<unknown, unknown>, 'q');
    run.leave();
    expect(run.events.at(-1)).toMatchObject({ event: 'on_chain_cancel', data: {} });
    expect(run.events.at(-1)!.data).toEqual({});
  });

  it('[3] reports an error of a body that throws before it gives anything', () => {
    class Throwing extends Runnable<string, string> {
      override run$(input: RunInput<string>, config: RunConfig) {
        return runWhole$<string, string>(this, input, config, () => {
          throw broken;
        });
      }
    }
    const run = recordRun(new Throwing(), 'q');
    expect(run.story()).toEqual(['chain_start Throwing', 'chain_error Throwing']);
    expect(run.ended).toEqual({ error: broken });
  });

  it('[3] reports an error of a fold that fails, and after it nothing', () => {
    const run = recordRun(
      lambda(() => 'a', {
        fold: map(() => {
          throw broken;
        }),
      }),
      'q',
    );
    expect(run.story().at(-1)).toBe('chain_error RunnableLambda');
    expect(run.values).toEqual(['a']);
    expect(run.ended).toEqual({ error: broken });
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('[3] reports an error of an input that the runnable cannot even show', () => {
    const run = recordRun(lambda(() => 7 as unknown as string).pipe(saying('a')), 'q');
    expect(run.story().slice(-3)).toEqual([
      'chat_model_start FakeStream',
      'chat_model_error FakeStream',
      'chain_error RunnableSequence',
    ]);
    expect(run.ended).toEqual({ error: expect.any(TypeError) });
  });

  it('[7] shows the input of a nested run in its start and ending, of a root in its start alone', () => {
    const run = recordRun(
      lambda((q: string, config) => lambda(() => 1).stream$(q, config)),
      'q',
    );
    const [outerStart, innerStart] = run.events;
    const [innerEnd, outerEnd] = run.events.slice(-2);
    expect([outerStart!.data, outerEnd!.data]).toEqual([{ input: 'q' }, { output: 1 }]);
    expect([innerStart!.data, innerEnd!.data]).toEqual([{ input: 'q' }, { output: 1, input: 'q' }]);
  });
});

describe('what goes wrong around a run', () => {
  it('[3] fails it without a word where it cannot say what it is, and its parent aloud', () => {
    class Nameless extends FakeStream {
      override modelMetadata(): never {
        throw broken;
      }
    }
    const run = recordRun(
      lambda((q: string, config) => new Nameless(() => ['a']).stream$(q, config)),
      'q',
    );
    expect(run.ended).toEqual({ error: broken });
    expect(run.story()).toEqual(['chain_start RunnableLambda', 'chain_error RunnableLambda']);
  });

  it('[3] [6] leaves it its one ending where a teardown throws, which is reported', async () => {
    const tearing = new FakeStream(
      () =>
        new Observable<string>(() => () => {
          throw broken;
        }),
    );
    const run = recordRun(
      lambda((q: string, config) => tearing.stream$(q, config)),
      'q',
    );
    expect(
      await unhandledErrors(() => {
        run.leave();
      }),
    ).toEqual([broken]);
    expect(run.story().slice(-2)).toEqual([
      'chat_model_cancel FakeStream',
      'chain_cancel RunnableLambda',
    ]);
    expect(faultsOf(run.events)).toEqual([]);
  });
});

describe('what runs inside', () => {
  const three = lambda((q: string, config) =>
    merge(
      endless.stream$(q, { ...config, runName: 'one' }),
      endless.stream$(q, { ...config, runName: 'two' }),
    ).pipe(take(3)),
  );

  it('[3] is cancelled before a run ends that needs it no more', () => {
    const run = recordRun(three, 'q');
    expect(run.ended).toBe('complete');
    expect(run.story().slice(-3)).toEqual([
      'chat_model_cancel one',
      'chat_model_cancel two',
      'chain_end RunnableLambda',
    ]);
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('[3] is cancelled before a run fails because of its sibling', () => {
    const run = recordRun(
      lambda((q: string, config) => merge(endless.stream$(q, config), failing.stream$(q, config))),
      'q',
    );
    expect(run.story().slice(-3)).toEqual([
      'chat_model_error FakeStream',
      'chat_model_cancel FakeStream',
      'chain_error RunnableLambda',
    ]);
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('[2] [3] is cancelled through a promise that is awaited', async () => {
    const run = recordRun(
      lambda(async (q: string, config) => endless.invoke(q, config)),
      'q',
    );
    await turn();
    run.leave();
    expect(run.story().slice(-2)).toEqual([
      'chat_model_cancel FakeStream',
      'chain_cancel RunnableLambda',
    ]);
  });

  it('[3] is cancelled before the ending of a run that never waited for it', async () => {
    const left: Promise<unknown>[] = [];
    const run = recordRun(
      lambda((q: string, config) => {
        left.push(endless.invoke(q, config));
        return 'done';
      }),
      'q',
    );
    expect(run.story().slice(-2)).toEqual([
      'chat_model_cancel FakeStream',
      'chain_end RunnableLambda',
    ]);
    await expect(left[0]).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('[3] is cancelled also where nobody listens', async () => {
    const teardown = jest.fn();
    const model = new FakeStream(() => concat(of('a'), NEVER).pipe(finalize(teardown)));
    const run = lambda(async (q: string, config) => {
      void model.stream$(q, config).subscribe({ error: () => undefined });
      return Promise.resolve('done');
    });
    await run.invoke('q');
    expect(teardown).toHaveBeenCalledTimes(1);
  });

  it('[3] cannot be begun in a run that is over', async () => {
    let late: RunConfig = {};
    const run = recordRun(
      lambda((_: string, config) => {
        late = config;
        return 'done';
      }),
      'q',
    );
    const before = run.events.length;
    await expect(saying('a').invoke('q', late)).rejects.toMatchObject({ name: 'AbortError' });
    expect(run.events).toHaveLength(before);
  });

  it('[3] ends first, also when a cancel within its ending cancels the rest', () => {
    const controller = new AbortController();
    const run = recordRun(
      lambda((q: string, config) => three.stream$(q, config)),
      'q',
      {
        signal: controller.signal,
        listeners: [
          ({ event }) => {
            if (event === 'on_chat_model_cancel') controller.abort();
          },
        ],
      },
    );
    expect(faultsOf(run.events)).toEqual([]);
    expect(run.story().slice(-4)).toEqual([
      'chat_model_cancel one',
      'chat_model_cancel two',
      'chain_cancel RunnableLambda',
      'chain_cancel RunnableLambda',
    ]);
  });
});

describe('runChunks$', () => {
  const afterwards = (before$: Subject<string>, step: Runnable<string, unknown>) =>
    recordRun(lambda(() => before$).pipe(step), 'q');

  it('[8] starts with the first chunk of its input, and shows the whole at its end', () => {
    const before$ = new Subject<string>();
    const run = afterwards(before$, new Capitals());
    expect(run.story()).not.toContain('parser_start Capitals');
    before$.next('gold');
    expect(run.story()).toContain('parser_start Capitals');
    before$.next('fish');
    before$.complete();
    const own = run.events.filter(({ name }) => name === 'Capitals');
    expect(own.map(({ data }) => data)).toEqual([
      {},
      { chunk: 'GOLD' },
      { chunk: 'FISH' },
      { output: 'GOLDFISH', input: 'goldfish' },
    ]);
  });

  it('[8] starts when its input completes without a chunk', () => {
    const before$ = new Subject<string>();
    const run = afterwards(before$, new Capitals());
    before$.complete();
    expect(run.story().filter((line) => line.endsWith('Capitals'))).toEqual([
      'parser_start Capitals',
      'parser_end Capitals',
    ]);
  });

  it.each(['error', 'cancel'])(
    '[8] is reported nothing when its input came to an %s first',
    (how) => {
      const before$ = new Subject<string>();
      const run = afterwards(before$, new Capitals());
      if (how === 'error') before$.error(broken);
      else run.leave();
      expect(run.story().slice(2)).toEqual([
        `chain_${how} RunnableLambda`,
        `chain_${how} RunnableSequence`,
      ]);
    },
  );

  it('[3] [8] starts before anything else of it, or of what it runs, is reported', () => {
    const early = new OnChunks((chunks$, config) =>
      concat(saying('early').stream$('q', config), chunks$),
    );
    const run = afterwards(new Subject(), early);
    run.leave();
    expect(run.story().slice(1, 5)).toEqual([
      'chain_start OnChunks',
      'chat_model_start FakeStream',
      'chat_model_stream FakeStream',
      'chain_stream OnChunks',
    ]);
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('[3] starts and ends where it never looked at its input', () => {
    const run = afterwards(new Subject(), new OnChunks(() => EMPTY));
    expect(run.ended).toBe('complete');
    expect(run.story()).toContain('chain_start OnChunks');
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('[3] reports its ending without an input that cannot be folded', () => {
    const before = lambda(() => of('a'), {
      fold: map(() => {
        throw broken;
      }),
    });
    const run = recordRun(
      before.pipe(new OnChunks((chunks$) => chunks$) as Runnable<unknown, unknown>),
      'q',
    );
    expect(run.ended).toEqual({ error: broken });
    expect(faultsOf(run.events)).toEqual([]);
  });
});

describe('a signal', () => {
  const nested = lambda((q: string, config) => endless.stream$(q, config)).pipe(new Capitals());

  it('[3] that is aborted cancels all open runs, children first, and then errors with its reason', () => {
    const controller = countedSignal();
    const { listener, story, events } = record();
    const order: string[] = [];
    nested
      .stream$('q', {
        signal: controller.signal,
        listeners: [listener, ({ event }) => order.push(event)],
      })
      .subscribe({ error: (error: unknown) => order.push(String(error)) });
    controller.abort('enough');
    expect(story().slice(-4)).toEqual([
      'chat_model_cancel FakeStream',
      'chain_cancel RunnableLambda',
      'parser_cancel Capitals',
      'chain_cancel RunnableSequence',
    ]);
    expect(order.at(-1)).toBe('enough');
    expect(faultsOf(events)).toEqual([]);
    expect(controller.count()).toBe(0);
  });

  it('[3] that is aborted already starts nothing', () => {
    const run = recordRun(nested, 'q', { signal: AbortSignal.abort('too late') });
    expect(run.ended).toEqual({ error: 'too late' });
    expect(run.events).toEqual([]);
  });

  it.each([0, 1, 2, 3])('[3] may be aborted within event %i', (at) => {
    const controller = countedSignal();
    let recorded = 0;
    const run = recordRun(nested, 'q', {
      signal: controller.signal,
      listeners: [
        () => {
          if (recorded++ === at) controller.abort('now');
        },
      ],
    });
    expect(run.ended).toEqual({ error: 'now' });
    expect(faultsOf(run.events)).toEqual([]);
    expect(run.story().at(-1)).toBe('chain_cancel RunnableSequence');
    expect(controller.count()).toBe(0);
  });

  it('[3] that is aborted within the ending changes the view only: the run had ended', () => {
    const controller = new AbortController();
    const run = recordRun(saying('a'), 'q', {
      signal: controller.signal,
      listeners: [
        ({ event }) => {
          if (event === 'on_chat_model_end') controller.abort('now');
        },
      ],
    });
    expect(run.story().at(-1)).toBe('chat_model_end FakeStream');
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('[2] of the run itself has the reason of the one that ended it, however deep', () => {
    const controller = new AbortController();
    const reasons: unknown[] = [];
    const deep = lambda((_: string, { signal }) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      return NEVER;
    });
    watch(
      deep
        .pipe(new Capitals() as Runnable<unknown, string>)
        .stream$('q', { signal: controller.signal }),
    );
    watch(
      lambda((q: string, config) => deep.stream$(q, config)).stream$('q', {
        signal: controller.signal,
      }),
    );
    controller.abort('enough');
    expect(reasons).toEqual(['enough', 'enough']);
  });
});

describe('a timeout', () => {
  it('[3] [20] cancels the children and fails the root with code timeout, in the time of the scheduler', () => {
    marbles(({ scheduler, cold, expectObservable, expectSubscriptions, flush }) => {
      const source$ = cold('-a-b');
      const model = new FakeStream(() => source$);
      const { listener, story, events } = record();
      const outer = lambda((q: string, config) => model.stream$(q, config));
      const config = { timeout: 3, scheduler, listeners: [listener] };
      expectObservable(outer.stream$('q', config).pipe(map(({ text }) => text))).toBe(
        '-a-#',
        undefined,
        expect.objectContaining({ code: 'timeout', phase: 'total' }),
      );
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      flush();
      expect(story().slice(-2)).toEqual([
        'chat_model_cancel FakeStream',
        'chain_error RunnableLambda',
      ]);
      expect(events.at(-1)!.data).toMatchObject({ error: { code: 'timeout', phase: 'total' } });
    });
  });

  it('[3] [4] of a model is a ModelError with the message so far', async () => {
    const error: unknown = await endless.invoke('q', { timeout: 1 }).catch((e: unknown) => e);
    expect(
      ModelError.is(error) && [error.code, error.phase, error.retryable, error.emitted],
    ).toEqual(['timeout', 'total', true, true]);
    expect(error).toMatchObject({ partial: { content: 'goldfish' } });
  });

  it('[4] of a model that gave nothing has no message', async () => {
    const silent = new FakeStream(() => NEVER);
    const error: unknown = await silent.invoke('q', { timeout: 1 }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'timeout', emitted: false });
    expect(error).not.toHaveProperty('partial');
  });

  it('[3] of a run inside is an error for the run around it, not its end', async () => {
    const outer = lambda((q: string, config) => endless.stream$(q, { ...config, timeout: 1 }));
    const error: unknown = await outer.invoke('q').catch((e: unknown) => e);
    expect(RxlmError.is(error) && error.code).toBe('timeout');
  });

  it('leaves no timer behind, whatever the ending', () => {
    jest.useFakeTimers();
    try {
      const config = { timeout: 1000 };
      watch(saying('a').stream$('q', config));
      watch(failing.stream$('q', config));
      watch(endless.stream$('q', config)).leave();
      watch(endless.stream$('q', config).pipe(take(1)));
      const controller = new AbortController();
      watch(endless.stream$('q', { ...config, signal: controller.signal }));
      expect(jest.getTimerCount()).toBe(1);
      controller.abort();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it.each([Infinity, 1e12])(
    'sets none for %d milliseconds, which no timer can wait',
    async (timeout) => {
      jest.useFakeTimers();
      try {
        watch(endless.stream$('q', { timeout }));
        expect(jest.getTimerCount()).toBe(0);
      } finally {
        jest.useRealTimers();
      }
    },
  );
});

describe('a listener', () => {
  it('that throws is reported once, and changes nothing', async () => {
    const { events, listener } = record();
    const onError = jest.fn();
    const errors = await unhandledErrors(() => {
      const throwing = () => {
        throw broken;
      };
      const run = watch(saying('a').stream$('q', { listeners: [throwing, listener], onError }));
      expect(run.ended).toBe('complete');
      expect(run.values).toHaveLength(1);
    });
    expect(events).toHaveLength(3);
    expect(errors).toEqual([]);
    expect(onError.mock.calls.map(([error]) => error as unknown)).toEqual([broken]);
  });

  it('that throws is reported once for all runs inside, to the handler that they inherit', () => {
    const onError = jest.fn();
    const throwing = () => {
      throw broken;
    };
    const inner = saying('a').pipe(lambda((message) => message.text));
    const outer = lambda((q: string, config) => inner.stream$(q, config));
    watch(outer.stream$('q', { listeners: [throwing], onError }));
    expect(onError).toHaveBeenCalledTimes(1);
    const late = jest.fn();
    const nested = lambda((q: string, config) =>
      inner.stream$(q, { ...config, listeners: [throwing] }),
    );
    watch(nested.stream$('q', { onError: late }));
    expect(late).toHaveBeenCalledTimes(1);
  });

  it('[6] an observer that throws is reported once, and the run goes on', async () => {
    const { story, listener } = record();
    const errors = await unhandledErrors(() => {
      saying('a', 'b')
        .stream$('q', { listeners: [listener] })
        .subscribe(({ text }) => {
          if (text === 'a') throw broken;
        });
    });
    expect(errors).toEqual([broken]);
    expect(story().at(-1)).toBe('chat_model_end FakeStream');
  });

  it('[3] gives no other listener the ending before the current event, when it leaves', () => {
    const left = new Subject<void>();
    const { story, listener } = record();
    watch(
      saying('a')
        .stream$('q', {
          listeners: [
            () => {
              left.next();
            },
            listener,
          ],
        })
        .pipe(takeUntil(left)),
    );
    expect(story()).toEqual(['chat_model_start FakeStream', 'chat_model_cancel FakeStream']);
  });

  it('[3] that leaves within the start keeps the work from being begun', () => {
    const left = new Subject<void>();
    const body = jest.fn(() => 'a');
    watch(
      lambda(body)
        .stream$('q', {
          listeners: [
            () => {
              left.next();
            },
          ],
        })
        .pipe(takeUntil(left)),
    );
    expect(body).not.toHaveBeenCalled();
  });
});

describe('whatever happens', () => {
  const disruption = fc.record({
    at: fc.nat({ max: 20 }),
    how: fc.constantFrom('nothing', 'unsubscribe', 'abort', 'throw', 'abort and unsubscribe'),
  });

  it.each(['stream$', 'events$', 'invoke'] as const)(
    '[3] each start has one ending, inside its parents, reported to all alike: %s',
    async (view) => {
      await fc.assert(
        fc.asyncProperty(anyRunnable, disruption, async (runnable, { at, how }) => {
          const signal = countedSignal();
          const [first, last] = [record(), record()];
          const left = new Subject<void>();
          const state = { leaving: false, endedBySignal: false };
          const disrupt = ({ event }: RunEvent) => {
            if (first.events.length !== at + 1) return;
            state.endedBySignal = how === 'abort' && !state.leaving && !event.endsWith('cancel');
            if (how.startsWith('abort')) signal.abort();
            if (how.endsWith('unsubscribe')) left.next();
            if (how === 'throw') throw broken;
          };
          const listeners = [first.listener, disrupt, last.listener];
          const config = { listeners, signal: signal.signal, onError: () => undefined };
          let own: RunEvent[] = [];
          await unhandledErrors(async () => {
            if (view === 'invoke') {
              runnable.invoke('q', config).catch(() => undefined);
            } else if (view === 'stream$') {
              watch(runnable.stream$('q', config).pipe(takeUntil(left)));
            } else {
              own = watch(runnable.events$('q', config).pipe(takeUntil(left))).values;
            }
            await turn();
            await turn();
            state.leaving = true;
            left.next();
            if (view === 'invoke') signal.abort();
            await turn();
          });
          expect(faultsOf(first.events)).toEqual([]);
          expect(last.events).toEqual(first.events);
          expect(signal.count()).toBe(0);
          expect(own).toEqual(first.events.slice(0, own.length));
          if (view === 'events$' && state.endedBySignal) expect(own).toEqual(first.events);
        }),
        { numRuns: 150 },
      );
    },
    60_000,
  );
});
