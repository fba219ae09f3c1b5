import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  concat,
  finalize,
  from,
  lastValueFrom,
  map,
  NEVER,
  Observable,
  of,
  type OperatorFunction,
  Subject,
  take,
  tap,
  timer,
  toArray,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { IncrementalJson } from '../../lib/json/incremental-json.js';
import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import { foldMessages } from '../../lib/messages/fold-messages.js';
import { MessageAccumulator } from '../../lib/messages/internal/message-accumulator.js';
import type { ChatState } from '../../lib/chat/chat-state.js';
import type { ChatInput } from '../../lib/chat/chat-input.js';
import { toChatState } from '../../lib/chat/to-chat-state.js';
import { runTools } from '../../lib/runnables/agent/run-tools.js';
import { durableRuns } from '../../lib/runs/durable-runs.js';
import { StringOutputParser } from '../../lib/parsers/string-output-parser.js';
import { tool } from '../../lib/tools/tool.js';
import { cutMessage } from '../messages/cut-message.js';
import { callOf, endOf, ScriptedModel } from '../support/scripted-model.js';
import { marbles } from '../operators/quartet.js';
import { Parrot } from '../operators/some-runs.js';

/** A state in short: its status and its text. */
const short = map(({ status, text }: ChatState) => `${status} ${text}`.trim());
const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

describe('toChatState', () => {
  it(
    'reports the first value at once, once a frame what came meanwhile, and the ending at once',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  --a-b-c-------d-e|');
      const expected = '      s-a----c------d--(e|)';
      expectObservable(source$.pipe(toChatState({ frame: 5 }), short)).toBe(expected, {
        s: 'submitted',
        a: 'streaming a',
        c: 'streaming abc',
        d: 'streaming abcd',
        e: 'done abcde',
      });
      expectSubscriptions(source$.subscriptions).toBe('^----------------!');
    }),
  );

  it(
    '[4] never errors: an error is a state with what came before it',
    marbles(({ cold, expectObservable, flush }) => {
      const error = new Error('lost');
      const states: ChatState[] = [];
      const source$ = cold('  -ab#', undefined, error);
      const state$ = source$.pipe(toChatState({ frame: 9 }));
      expectObservable(state$.pipe(short)).toBe('sa-(e|)', {
        s: 'submitted',
        a: 'streaming a',
        e: 'error ab',
      });
      state$.subscribe((state) => states.push(state));
      flush();
      expect(states.at(-1)?.error).toBe(error);
    }),
  );

  it(
    '[4] reports an error that comes at once, and completes',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('#').pipe(toChatState(), short)).toBe('(se|)', {
        s: 'submitted',
        e: 'error',
      });
    }),
  );

  it(
    '[2] unsubscribes from its source when it is released, and reports nothing',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -ab-----c|');
      const unsubscribed = '  -----!';
      expectObservable(source$.pipe(toChatState({ frame: 9 }), short), unsubscribed).toBe('sa---', {
        s: 'submitted',
        a: 'streaming a',
      });
      expectSubscriptions(source$.subscriptions).toBe('^----!');
    }),
  );

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let given = 0;
    const firehose$ = new Observable<string>((subscriber) => {
      for (; !subscriber.closed && given < 1000; given++) subscriber.next('a');
    });
    firehose$.pipe(toChatState(), take(2)).subscribe();
    expect(given).toBe(1);
    firehose$.pipe(toChatState(), take(1)).subscribe();
    expect(given).toBe(1);
  });

  it(
    'keeps nothing between subscriptions',
    marbles(({ cold, expectObservable }) => {
      const state$ = cold('   -a|').pipe(toChatState(), short);
      const recorded = { s: 'submitted', a: 'streaming a', e: 'done a' };
      expectObservable(state$).toBe('sa(e|)', recorded);
      expectObservable(state$, '---^').toBe('---sa(e|)', recorded);
    }),
  );

  it(
    'is stopped by a stop, when the source has been released',
    marbles(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const order: string[] = [];
      const source$ = cold('  -ab-----c|');
      const stop = cold('     -----x');
      const state$ = new Observable<string>((subscriber) => {
        subscriber.add(() => order.push('closed'));
        return source$.subscribe(subscriber);
      }).pipe(
        toChatState({ frame: 9, stop }),
        short,
        tap((state) => order.push(state)),
      );
      expectObservable(state$).toBe('sa---(e|)', {
        s: 'submitted',
        a: 'streaming a',
        e: 'stopped ab',
      });
      expectSubscriptions(source$.subscriptions).toBe('^----!');
      expectSubscriptions(stop.subscriptions).toBe('   ^----!');
      flush();
      expect(order).toEqual(['submitted', 'streaming a', 'closed', 'stopped ab']);
    }),
  );

  it(
    'is stopped by a stop that comes at once or fails, and not by one that ends',
    marbles(({ cold, expectObservable }) => {
      const recorded = {
        s: 'submitted',
        a: 'streaming a',
        d: 'done a',
        e: 'stopped',
        f: 'stopped a',
      };
      const through = (stop: Observable<unknown>) =>
        cold('-a--|').pipe(toChatState({ frame: 1, stop }), short);
      expectObservable(through(of(0))).toBe('(se|)', recorded);
      expectObservable(through(cold('--#'))).toBe('sa(f|)', recorded);
      expectObservable(through(cold('--|'))).toBe('sa--(d|)', recorded);
    }),
  );

  it(
    'is stopped, not failed, by the abort of a signal',
    marbles(({ cold, expectObservable }) => {
      const { reason } = AbortSignal.abort();
      expectObservable(cold('-a-#', undefined, reason).pipe(toChatState(), short)).toBe('sa-(e|)', {
        s: 'submitted',
        a: 'streaming a',
        e: 'stopped a',
      });
    }),
  );

  it('is stopped, not failed, where a durable run is cancelled', async () => {
    const runs = durableRuns();
    await runs.start('run', () => concat(of('a'), NEVER));
    const states = runs.join$<string>('run').pipe(
      map(({ value }) => value),
      tap(() => void runs.cancel('run')),
      toChatState(),
    );
    expect(await lastValueFrom(states)).toMatchObject({
      status: 'stopped',
      text: 'a',
      error: undefined,
    });
  });

  it(
    'takes 16 ms for a frame where there are no frames, and reports every change where that is wanted',
    marbles(({ cold, expectObservable }) => {
      const recorded = { s: 'submitted', a: 'streaming a', b: 'streaming ab', e: 'done ab' };
      expectObservable(cold('-ab 30ms |').pipe(toChatState(), short)).toBe(
        'sa 15ms b 15ms (e|)',
        recorded,
      );
      expectObservable(cold('-ab|').pipe(toChatState({ frame: false }), short)).toBe(
        'sab(e|)',
        recorded,
      );
    }),
  );

  it(
    'takes the frames of a browser',
    marbles(({ animate, cold, expectObservable }) => {
      const recorded = { s: 'submitted', a: 'streaming a', c: 'streaming abc', e: 'done abcd' };
      animate('               ---x---x---x');
      const source$ = cold('  -abc---d|');
      const frames = { requestAnimationFrame: () => 0 };
      Object.assign(globalThis, frames);
      try {
        expectObservable(source$.pipe(toChatState(), short)).toBe('sa-b---c(e|)', {
          ...recorded,
          b: 'streaming ab',
          d: 'streaming abcd',
        });
      } finally {
        Reflect.deleteProperty(globalThis, 'requestAnimationFrame');
      }
    }),
  );

  it('[20] takes time from the scheduler that it is given', () => {
    const scheduler = new TestScheduler(() => undefined);
    const source$ = new Subject<string>();
    const seen: string[] = [];
    source$.pipe(toChatState({ scheduler }), short).subscribe((state) => seen.push(state));
    for (const text of 'abc') source$.next(text);
    expect(seen).toEqual(['submitted', 'streaming a']);
    scheduler.flush();
    expect(seen).toEqual(['submitted', 'streaming a', 'streaming abc']);
  });

  it('[13] ends with what the fold makes of the chunks, whatever they are, and never errors', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cutMessage, { maxLength: 3 }),
        fc.boolean(),
        async (messages, fails) => {
          const chunks = messages.flatMap((message) => message.chunks);
          const source$ = new Observable<AIMessageChunk>((subscriber) => {
            for (const chunk of chunks) subscriber.next(chunk);
            if (fails) subscriber.error(new Error('lost'));
            else subscriber.complete();
          });
          const states = await all(source$.pipe(toChatState({ frame: false })));
          const folded = await lastValueFrom(from(chunks).pipe(foldMessages()));
          const { status, text, message, usage, toolCalls } = states.at(-1)!;
          expect(status).toBe(fails ? 'error' : 'done');
          expect(text).toBe(folded.text);
          if (chunks.length > 0) expect(message).toStrictEqual(folded);
          expect(usage).toEqual(folded.usage_metadata);
          expect(
            toolCalls.filter((call) => call.status === 'called').map(({ args }) => args),
          ).toEqual(folded.tool_calls.map(({ args }) => args));
          expect(
            toolCalls.filter((call) => call.status === 'invalid').map(({ argsText }) => argsText),
          ).toEqual(folded.invalid_tool_calls.map(({ args }) => args));
          expectShared(states);
        },
      ),
    );
  });

  it('renders 4,000 values of one burst three times, and an answer as often as there are frames', async () => {
    const states = await all(from(Array<string>(4000).fill('a')).pipe(toChatState()));
    expect(states.map(({ status, text }) => [status, text.length])).toEqual([
      ['submitted', 0],
      ['streaming', 1],
      ['done', 4000],
    ]);
  });

  it('costs no more for a chunk of a long answer than for one of a short: its message is made for a look only', async () => {
    const wholes = jest.spyOn(MessageAccumulator.prototype, 'whole', 'get');
    const chunks = Array.from(
      { length: 1000 },
      () => new AIMessageChunk({ id: 'm', content: 'a' }),
    );
    await all(from(chunks).pipe(toChatState()));
    expect(wholes).toHaveBeenCalledTimes(2);
    wholes.mockRestore();
  });

  it('shows the arguments of a call while they grow, each a prefix of the next', async () => {
    const text = '{"city":"Kiel","days":[1,2]}';
    const chunks = [...text].map(
      (args) =>
        new AIMessageChunk({ content: '', tool_call_chunks: [{ index: 0, id: 'a', args }] }),
    );
    const readArgs = () => new IncrementalJson();
    const states = await all(from(chunks).pipe(toChatState({ frame: false, readArgs })));
    const shown = states.map(({ toolCalls: [call] }) => JSON.stringify(call?.args));
    expect(shown).toContain('{"city":"Ki"}');
    expect(shown.at(-1)).toBe('{"city":"Kiel","days":[1,2]}');
    expectShared(states);
  });

  describe('of runs', () => {
    const model = new Parrot();

    it.each([
      ['the chunks of a model', () => model.stream$('gold fish')],
      ['the events of a model', () => model.events$('gold fish')],
      ['the chunks of a chain', () => model.pipe(new StringOutputParser()).stream$('gold fish')],
      ['the events of a chain', () => model.pipe(new StringOutputParser()).events$('gold fish')],
    ])('shows %s', async (what, source$) => {
      const last = await lastValueFrom(
        from(source$() as Observable<ChatInput>).pipe(toChatState()),
      );
      expect(last).toMatchObject({ status: 'done', text: 'gold fish', error: undefined });
      const usage = { input_tokens: 3, output_tokens: 2, total_tokens: 5 };
      expect(last.usage).toEqual(what === 'the chunks of a chain' ? undefined : usage);
      expect(last.message?.text).toBe(what === 'the chunks of a chain' ? undefined : 'gold fish');
    });

    it('shows an agent: its calls, their results, what is said at last', async () => {
      const turns = () =>
        new ScriptedModel(
          of('Let me see.', endOf([callOf('a', 'echo', { n: 1 })])),
          of('It is 1.'),
        );
      const echo = tool({ name: 'echo', schema: {}, func: (input: unknown) => input });
      const agent = () => runTools(turns(), [echo]);
      for (const source$ of [agent().stream$('Hi'), agent().events$('Hi')]) {
        const last = await lastValueFrom(
          from(source$ as Observable<ChatInput>).pipe(toChatState()),
        );
        expect(last).toMatchObject({
          status: 'done',
          text: 'It is 1.',
          toolCalls: [{ id: 'a', name: 'echo', status: 'done', args: { n: 1 } }],
        });
        expect(last.toolCalls[0]!.result?.text).toBe('{"n":1}');
      }
    });

    it('[2] is stopped by the signal of the run, whatever its reason', async () => {
      const controller = new AbortController();
      const silent = new ScriptedModel(concat(of('gold'), NEVER));
      const states = all(
        silent.events$('Hi', { signal: controller.signal }).pipe(toChatState(), short),
      );
      controller.abort(new Error('enough'));
      expect((await states).at(-1)).toBe('stopped gold');
    });

    it('[4] has the error of a failing model as it was thrown', async () => {
      const last = await lastValueFrom(model.events$('fail').pipe(toChatState()));
      expect(last).toMatchObject({ status: 'error', error: new Error('lost') });
      expect(last.error).toBeInstanceOf(Error);
    });
  });

  it.each([
    [{ frame: -1 }, 'frame must be'],
    [{ frame: true }, 'frame must be'],
    [{ stop: 5 }, 'stop must be'],
    [{ readArgs: 'x' }, 'readArgs must be'],
    [{ scheduler: 5 }, 'scheduler must be'],
    [5, 'options must be'],
  ])('takes no %p for options', (options, message) => {
    expect(() => toChatState(options as object)).toThrow(TypeError);
    expect(() => toChatState(options as object)).toThrow(message);
  });

  describe('never errors, whatever it is given', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as never;
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const chunkOf = (usage_metadata: object) =>
      new AIMessageChunk({ id: 'a', content: 'gold', usage_metadata: usage_metadata });

    it.each([
      ['nested too deep', { input_tokens: deep }],
      ['big integers', { input_tokens: 1n }],
      ['a circle', circular],
    ])('usage of %s: one state at the end, with what there was', async (_, usage) => {
      let isHeld = true;
      const source$ = concat(of(chunkOf({ input_tokens: 1 }), chunkOf(usage)), NEVER).pipe(
        finalize(() => (isHeld = false)),
      );
      const stop = timer(20);
      const states = await all(source$.pipe(toChatState({ frame: false, stop })));
      expect(states.at(-1)).toMatchObject({ text: expect.stringMatching(/^(gold)+$/) as string });
      expect(states.filter(({ status }) => /error|stopped/.test(status))).toHaveLength(1);
      expect(isHeld).toBe(false);
    });

    it('a reader of arguments that throws: they are unknown', async () => {
      const readArgs = () => ({
        push: () => undefined,
        get value(): unknown {
          throw new Error('no value');
        },
      });
      const call = { type: 'tool_call_chunk', index: 0, id: 'c', name: 'add', args: '{' } as const;
      const growing = new AIMessageChunk({ id: 'a', content: '', tool_call_chunks: [call] });
      const states = await all(of(growing).pipe(toChatState({ frame: false, readArgs })));
      expect(states.at(-1)).toMatchObject({
        status: 'done',
        toolCalls: [{ id: 'c', args: undefined, argsText: '{' }],
      });
    });
  });

  it('has types', () => {
    expectTypeOf(toChatState()).toEqualTypeOf<OperatorFunction<ChatInput, ChatState>>();
    expectTypeOf(of('a').pipe(toChatState())).toEqualTypeOf<Observable<ChatState>>();
    expectTypeOf(new Parrot().events$('a').pipe(toChatState())).toEqualTypeOf<
      Observable<ChatState>
    >();
  });
});

/** What is equal in two states that follow each other is the same, and no state changes afterwards. */
function expectShared(states: readonly ChatState[]): void {
  for (const [n, state] of states.entries()) {
    const before = states[n - 1];
    if (before === undefined) continue;
    expect(state).not.toBe(before);
    if (JSON.stringify(state.usage) === JSON.stringify(before.usage))
      expect(state.usage).toBe(before.usage);
    for (const [at, call] of state.toolCalls.entries()) {
      if (JSON.stringify(call) === JSON.stringify(before.toolCalls[at]))
        expect(call).toBe(before.toolCalls[at]);
    }
    if (JSON.stringify(state.toolCalls) === JSON.stringify(before.toolCalls))
      expect(state.toolCalls).toBe(before.toolCalls);
  }
}

describe('parts and messages of toChatState', () => {
  it('are those of the whole run: an agent’s earlier turns stay', async () => {
    const echo = tool({ name: 'echo', schema: { type: 'object' }, func: () => 'done' });
    const model = new ScriptedModel(of('I look.', endOf([callOf('1')])), of('Here ', 'it is.'));
    const agent = runTools(model, [echo]);
    const states = await all(agent.stream$('go').pipe(toChatState({ frame: false })));
    const { messages, parts, text } = states.at(-1)!;
    const { messages: whole } = await runTools(
      new ScriptedModel(of('I look.', endOf([callOf('1')])), of('Here ', 'it is.')),
      [echo],
    ).invoke('go');
    const shortOf = (list: typeof whole) => list.map(({ type, text: said }) => [type, said]);
    expect(shortOf(messages)).toEqual(shortOf(whole));
    expect(text).toBe('Here it is.');
    expect(parts).toMatchObject([
      { type: 'text', text: 'I look.' },
      { type: 'tool', call: { id: '1', status: 'done', result: { content: 'done' } } },
      { type: 'text', text: 'Here it is.' },
    ]);
    const [first] = parts;
    for (const state of states.filter(({ parts: { length } }) => length > 1))
      expect(state.parts[0]).toBe(first);
  });

  it('have no message that was given up for another', async () => {
    const source$ = of(new AIMessageChunk('gone', 'a'), new AIMessageChunk('here', 'b'));
    const [, , last] = await all(source$.pipe(toChatState({ frame: false })));
    expect(last?.messages.map(({ text }) => text)).toEqual(['here']);
    expect(last?.parts).toEqual([{ type: 'text', text: 'here' }]);
  });
});
