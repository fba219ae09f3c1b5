import { expectTypeOf } from 'expect-type';
import {
  concat,
  EMPTY,
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
  RxlmError,
} from 'rxlm';
import { countedSignal } from '../support/counted-signal.js';
import { marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { record, watch } from '../support/run-events.js';
import { Capitals } from '../support/runnables.js';

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

  it('rejects with an error that names the runnable where it gives nothing', async () => {
    const quiet = lambda(() => EMPTY, { name: 'Quiet' });
    const error: unknown = await quiet.invoke('q').catch((thrown: unknown) => thrown);
    expect(RxlmError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'empty', message: expect.stringMatching(/^Quiet: /) });
    await expect(quiet.pipe(lambda(() => 1)).invoke('q')).rejects.toMatchObject({
      code: 'empty',
      message: expect.stringMatching(/^RunnableSequence: /),
    });
    expect(await lambda(() => undefined).invoke('q')).toBeUndefined();
    expect(watch(quiet.stream$('q'))).toMatchObject({ values: [], ended: 'complete' });
  });

  it('rejects with a TypeError for a wrong call', async () => {
    await expect(saying('a').invoke('q', { timeout: -1 })).rejects.toThrow(
      new TypeError('config.timeout must be a number of milliseconds above 0, got -1'),
    );
    await expect(saying('a').invoke(7 as never)).rejects.toThrow(TypeError);
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
