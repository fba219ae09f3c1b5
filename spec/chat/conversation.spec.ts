import fc from 'fast-check';
import {
  concat,
  map,
  NEVER,
  Observable,
  of,
  Subject,
  throwError,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import { AIMessage, AIMessageChunk, HumanMessage, runTools, tool } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';
import { toRequest } from '../../lib/anthropic/request/to-request.js';
import { conversation } from '../../lib/chat/conversation.js';
import type {
  ConversationOptions,
  ConversationPolicy,
} from '../../lib/chat/conversation-options.js';
import type { ConversationJson, ConversationState } from '../../lib/chat/conversation-state.js';
import { refusalOf } from '../../lib/testing/anthropic/request-rules/check-request.js';
import { FakeChatModel } from '../../lib/testing/fake/fake-chat-model.js';
import { marbles } from '../operators/quartet.js';
import { FakeStream } from '../support/models.js';
import { callOf, endOf } from '../support/scripted-model.js';

const texts = ({ messages }: { readonly messages: readonly { readonly text: string }[] }) =>
  messages.map(({ text }) => text);
const short = map(({ status, messages, parts }: ConversationState) => {
  const said = messages.map(({ text }) => text).join(' ');
  const growing = parts.map((part) => (part.type === 'text' ? part.text : part.type)).join(' ');
  return `${status} ${said}|${growing}`;
});
const refusal = (messages: readonly unknown[]) =>
  refusalOf(toRequest(coerceMessages(messages as never), { model: 'm', maxTokens: 9 }).body);

const pay = tool({ name: 'pay', schema: { type: 'object' }, func: () => 'paid' });

describe('conversation', () => {
  it(
    'shows the question at once, the answer while it grows once a frame, and the ending at once',
    marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const answer$ = cold('-a-b-c-----|');
      const chat = conversation({ source: () => answer$, frame: 5, scheduler });
      expectObservable(cold('--x').pipe(map(() => chat.send('Q')))).toBe('--t', { t: true });
      expectObservable(chat.state$.pipe(short)).toBe('i-sa----c----e', {
        i: 'idle |',
        s: 'submitted Q|',
        a: 'streaming Q|a',
        c: 'streaming Q|abc',
        e: 'done Q abc|',
      });
      expectSubscriptions(answer$.subscriptions).toBe('--^----------!');
    }),
  );

  const twice = (
    policy: ConversationPolicy,
    subscriptions: string[],
    taken: boolean,
    last: string[],
  ) =>
    marbles(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const answer$ = cold('-a-b|');
      const chat = conversation({ source: () => answer$, policy, frame: false });
      const sent$ = cold('p-q').pipe(map((text) => chat.send(text)));
      expectObservable(sent$).toBe('t-u', { t: true, u: taken });
      expectSubscriptions(answer$.subscriptions).toBe(subscriptions);
      flush();
      expect(texts(chat.state)).toEqual(last);
    });
  it(
    'replaces an answer under way',
    twice('replace', ['^-!', '--^---!'], true, ['p', 'a', 'q', 'ab']),
  );
  it('refuses a question while it answers', twice('refuse', ['^---!'], false, ['p', 'ab']));
  it(
    'queues a question while it answers',
    twice('queue', ['^---!', '----^---!'], true, ['p', 'ab', 'q', 'ab']),
  );

  it(
    'has unsubscribed when the page is shown the stop, and keeps what there is',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const answer$ = cold('-a-b|');
      const chat = conversation({ source: () => answer$, frame: false });
      chat.send('Q');
      const open: number[] = [];
      chat.status$.subscribe((status) => {
        if (status === 'stopped') open.push(answer$.subscriptions.at(-1)!.unsubscribedFrame);
      });
      expectObservable(cold('--s').pipe(map(() => [chat.stop(), texts(chat.state), open]))).toBe(
        '--s',
        {
          s: [true, ['Q', 'a'], [2]],
        },
      );
      expectSubscriptions(answer$.subscriptions).toBe('^-!');
    }),
  );

  it('gives an open call a result when it is stopped, and asks with that', () => {
    const call = new AIMessageChunk({ content: '', tool_calls: [callOf('1', 'pay')] });
    const asked: (readonly unknown[])[] = [];
    const chat = conversation({
      source: (messages) => {
        asked.push(messages);
        return concat(of('I pay.', call), NEVER);
      },
    });
    chat.send('Q');
    chat.stop();
    chat.send('R');
    expect(chat.state.messages.map(({ type }) => type)).toEqual(['human', 'ai', 'tool', 'human']);
    expect(asked[1]).toEqual(chat.state.messages);
    expect(refusal(asked[1]!)).toBeUndefined();
    chat.close();
  });

  it('keeps a failed answer, and puts it aside for a retry', () => {
    const error = new Error('lost');
    const answers = [
      concat(
        of('go'),
        throwError(() => error),
      ),
      of('gold'),
    ];
    const chat = conversation({ source: () => answers.shift()! });
    chat.send('Q');
    expect(chat.state).toMatchObject({ status: 'error', error });
    expect(texts(chat.state)).toEqual(['Q', 'go']);
    expect(chat.retry()).toBe(true);
    expect(texts(chat.state)).toEqual(['Q', 'gold']);
    expect(chat.state.replaced.map((each) => [texts(each), each.error])).toEqual([[['go'], error]]);
    expect(chat.state.error).toBeUndefined();
    expect(chat.retry()).toBe(false);
  });

  it('does not run again, in a retry, what a tool has done', () => {
    let paid = 0;
    const once = tool({
      name: 'pay',
      schema: { type: 'object' },
      func: () => `paid ${String(++paid)}`,
    });
    const turns = [
      of(endOf([callOf('1', 'pay')])),
      throwError(() => new Error('lost')),
      of('Done.'),
    ];
    const agent = runTools(new FakeStream(() => turns.shift()!), [once]);
    const chat = conversation({ source: agent });
    chat.send('Q');
    expect(chat.state.status).toBe('error');
    chat.retry();
    expect(texts(chat.state)).toEqual(['Q', '', 'paid 1', 'Done.']);
    expect(paid).toBe(1);
  });

  it.each([
    ['approve', ['Q', '', 'paid', 'Done.']],
    ['deny', ['Q', '', 'The call was denied. Too much.', 'Done.']],
  ] as const)('goes on by itself after an %s', (press, said) => {
    const turns = [of(endOf([callOf('1', 'pay')])), of('Done.')];
    const model = new FakeStream(() => turns.shift()!);
    const chat = conversation({
      source: runTools(model, [pay], { approve: () => 'pending' as const }),
    });
    chat.send('Q');
    expect(chat.state.pending).toMatchObject([{ call: { id: '1' }, needs: 'approval' }]);
    expect(chat[press]('other', 'Too much.')).toBe(false);
    expect(chat[press]('1', 'Too much.')).toBe(true);
    expect(texts(chat.state)).toEqual(said);
    expect(chat.state.pending).toEqual([]);
  });

  it('waits for the results of calls that the page runs', () => {
    const turns = [of(endOf([callOf('1'), callOf('2')])), of('Done.')];
    const asked: unknown[] = [];
    const chat = conversation({
      source: new FakeStream((messages) => {
        asked.push(refusal(messages));
        return turns.shift()!;
      }),
    });
    chat.send('Q');
    expect(chat.approve('1')).toBe(false);
    chat.addToolResult('1', 'one');
    expect(asked).toHaveLength(1);
    chat.addToolResult('2', { content: 'two', status: 'error' });
    expect(texts(chat.state)).toEqual(['Q', '', 'one', 'two', 'Done.']);
    expect(asked).toEqual([undefined, undefined]);
  });

  it('edits a question, and regenerates an answer', () => {
    const model = new FakeChatModel(['a', 'b', 'c']);
    const chat = conversation({ source: model, newId: () => 'q' });
    chat.send('Q');
    expect(chat.edit('none', 'R')).toBe(false);
    expect(chat.edit('q', 'R')).toBe(true);
    expect(texts(chat.state)).toEqual(['R', 'b']);
    chat.regenerate();
    expect(texts(chat.state)).toEqual(['R', 'c']);
    expect(chat.state.replaced.map(texts)).toEqual([['b']]);
  });

  it('sends the system message and what trim leaves', () => {
    const model = new FakeChatModel(['a']);
    const chat = conversation({
      source: model,
      system: 'Be terse.',
      messages: ['x', new AIMessage('y')],
      trim: (messages) => messages.slice(-1),
    });
    chat.send('Q');
    expect(texts(model.calls[0]!)).toEqual(['Be terse.', 'Q']);
    expect(texts(chat.state)).toEqual(['x', 'y', 'Q', 'a']);
  });

  it('takes a press made while a state is shown, after that state', () => {
    const chunk$ = new Subject<string>();
    const chat = conversation({ source: () => chunk$, frame: false });
    const seen: string[] = [];
    chat.status$.subscribe((status) => {
      seen.push(status);
      if (status === 'streaming') {
        chat.stop();
        expect(chat.send('R')).toBe(true);
        expect(chat.send('S')).toBe(false);
      }
    });
    chat.send('Q');
    chunk$.next('a');
    expect(texts(chat.state)).toEqual(['Q', 'a', 'R']);
    expect(seen).toEqual(['idle', 'submitted', 'streaming', 'submitted']);
    chat.close();
    expect(chunk$.observed).toBe(false);
  });

  it('stores each change, while a save is under way once for all', () => {
    const saved: string[][] = [];
    const done = new Subject<void>();
    const save = (json: ConversationJson) => {
      saved.push(texts(json));
      return new Observable<void>((subscriber) =>
        done.subscribe(() => {
          subscriber.complete();
        }),
      );
    };
    const chunk$ = new Subject<string>();
    const store = { load: () => undefined, save };
    const chat = conversation({ source: () => chunk$, store, policy: 'replace', frame: false });
    chat.send('Q');
    expect(saved).toEqual([['Q']]);
    chunk$.next('a');
    chat.send('R');
    chunk$.next('b');
    chat.close();
    expect(saved).toHaveLength(1);
    done.next();
    done.next();
    expect(saved).toEqual([['Q'], ['Q', 'a', 'R', 'b']]);
    expect(done.observed).toBe(false);
  });

  it('takes nothing before the store has loaded, and never saves over what could not be read', () => {
    const load$ = new Subject<ConversationJson>();
    const saved: unknown[] = [];
    const store = { load: () => load$, save: (json: unknown) => saved.push(json) };
    const chat = conversation({ source: () => of('a'), store });
    expect(chat.state.status).toBe('loading');
    expect(chat.send('Q')).toBe(false);
    const error = new Error('no');
    load$.error(error);
    expect(chat.state).toMatchObject({ status: 'error', error });
    expect(chat.send('Q')).toBe(true);
    expect(texts(chat.state)).toEqual(['Q', 'a']);
    expect(saved).toEqual([]);
  });

  it('hands errors of saving to onError, and saves again', () => {
    const errors: unknown[] = [];
    const error = new Error('full');
    const save = () => throwError(() => error);
    const store = { load: () => null, save };
    const chat = conversation({
      source: () => of('a'),
      store,
      onError: (each) => errors.push(each),
    });
    chat.send('Q');
    expect(new Set(errors)).toEqual(new Set([error]));
    chat.send('R');
    expect(errors.length).toBeGreaterThan(1);
  });

  it.each<[string, object]>([
    ['source', { source: 7 }],
    ['policy', { source: () => of('a'), policy: 'merge' }],
    ['system', { source: () => of('a'), system: 7 }],
    ['store', { source: () => of('a'), store: {} }],
    ['frame', { source: () => of('a'), frame: -1 }],
    ['trim', { source: () => of('a'), trim: 7 }],
    ['version 1', { source: () => of('a'), from: {} }],
  ])('refuses an invalid %s at the call', (name, options) => {
    expect(() => conversation(options as ConversationOptions)).toThrow(TypeError);
    expect(() => conversation(options as ConversationOptions)).toThrow(name);
  });

  it('takes messages of the user only', () => {
    const chat = conversation({ source: () => of('a') });
    expect(() => chat.send(new AIMessage('a'))).toThrow(
      'message must be the user’s'.replace('’', "'"),
    );
    expect(chat.state.messages).toEqual([]);
  });
});

describe('whatever is pressed when', () => {
  const press = fc.oneof(
    fc.record({ type: fc.constantFrom('send', 'edit'), at: fc.nat(5) }),
    fc.record({ type: fc.constantFrom('approve', 'deny', 'result'), at: fc.nat(1) }),
    fc.record({
      type: fc.constantFrom('stop', 'retry', 'regenerate', 'reload'),
      at: fc.constant(0),
    }),
    fc.record({ type: fc.constantFrom('clear'), at: fc.constant(0) }),
    fc.record({ type: fc.constantFrom('wait'), at: fc.nat(40) }),
    fc.record({ type: fc.constantFrom('wait'), at: fc.nat(40) }),
  );
  const turn = fc.constantFrom('text', 'calls', 'page', 'mixed', 'error', 'cut', 'empty', 'half');

  it.each(['replace', 'refuse', 'queue'] as const)(
    'never two runs, no history that is refused, nothing left, and the same after a reload: %s',
    (policy) => {
      fc.assert(
        fc.property(
          fc.array(press, { minLength: 50, maxLength: 50 }),
          fc.array(turn, { minLength: 1 }),
          (presses, kinds) => {
            const scheduler = new VirtualTimeScheduler();
            let running = 0;
            let most = 0;
            let turns = 0;
            const refused: unknown[] = [];
            const chunksOf = (
              kind: string,
              n: string,
            ): readonly (string | AIMessageChunk | Error)[] => {
              switch (kind) {
                case 'calls':
                  return ['I pay.', endOf([callOf(`a${n}`, 'pay'), callOf(`b${n}`, 'pay')])];
                case 'page':
                  return [endOf([callOf(`a${n}`, 'page')])];
                case 'mixed':
                  return [
                    'Both.',
                    endOf([
                      callOf(`a${n}`, 'pay'),
                      callOf(`b${n}`, 'page'),
                      callOf(`c${n}`, 'none'),
                    ]),
                  ];
                case 'error':
                  return ['go', new Error('lost')];
                case 'cut':
                  return ['go', endOf([callOf(`a${n}`, 'pay')], 'length')];
                case 'empty':
                  return [];
                case 'half':
                  return [
                    'go',
                    new AIMessageChunk({
                      content: '',
                      tool_call_chunks: [{ index: 0, id: `a${n}`, name: 'pay', args: '{"a' }],
                    }),
                    new Error('lost'),
                  ];
                default:
                  return ['gold', 'fish'];
              }
            };
            const model = new FakeStream((messages) => {
              const wrong = refusal(messages);
              if (wrong !== undefined) refused.push(wrong);
              const n = String(turns);
              const chunks = chunksOf(kinds[turns++ % kinds.length]!, n);
              return new Observable<string | AIMessageChunk>((subscriber) => {
                most = Math.max(most, ++running);
                subscriber.add(() => running--);
                subscriber.add(
                  concat(
                    ...chunks.map((chunk) =>
                      timer(10, scheduler).pipe(
                        map(() => {
                          if (chunk instanceof Error) throw chunk;
                          return chunk;
                        }),
                      ),
                    ),
                  ).subscribe(subscriber),
                );
              });
            });
            const agent = runTools(model, [pay, { type: 'custom', name: 'page' }], {
              approve: () => 'pending' as const,
            });
            const open = (from?: ConversationJson) =>
              conversation({
                source: agent,
                policy,
                scheduler,
                frame: 16,
                ...(from && { from }),
                config: { scheduler },
              });
            let chat = open();
            const plain = () => JSON.parse(JSON.stringify(chat)) as ConversationJson;
            for (const { type, at } of presses) {
              const before = chat.state;
              const busy = before.status === 'submitted' || before.status === 'streaming';
              const humans = before.messages.filter((each) => each.type === 'human');
              const waiting = before.pending[at]?.call.id ?? 'none';
              if (type === 'send') {
                const taken = chat.send(`Q${String(at)}`);
                expect(taken).toBe(policy !== 'refuse' || !busy);
              } else if (type === 'edit') chat.edit(humans[at]?.id ?? 'none', 'edited');
              else if (type === 'approve') chat.approve(waiting);
              else if (type === 'deny') chat.deny(waiting, 'no');
              else if (type === 'result') chat.addToolResult(waiting, 'from the page');
              else if (type === 'stop') chat.stop();
              else if (type === 'retry') chat.retry();
              else if (type === 'regenerate') chat.regenerate();
              else if (type === 'clear') chat.clear();
              else if (type === 'wait') {
                scheduler.maxFrames = scheduler.frame + at;
                scheduler.flush();
                scheduler.frame = scheduler.maxFrames;
              } else {
                const json = plain();
                chat.close();
                chat = open(json);
                expect(plain()).toEqual(json);
              }
              const { status, messages, pending } = chat.state;
              expect(running).toBeLessThanOrEqual(1);
              if (status !== 'submitted' && status !== 'streaming') expect(running).toBe(0);
              // Anything may be asked now, whatever waits.
              if (messages.length > 0)
                expect(refusal([...messages, new HumanMessage('And?')])).toBeUndefined();
              const results = new Set(
                messages.map((each) => each.type === 'tool' && each.tool_call_id),
              );
              for (const { call } of pending) expect(results.has(call.id)).toBe(false);
            }
            chat.close();
            expect(refused).toEqual([]);
            expect(most).toBeLessThanOrEqual(1);
            expect(running).toBe(0);
            expect(scheduler.actions.filter(({ closed }) => !closed)).toEqual([]);
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});
