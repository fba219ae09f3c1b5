import { expectTypeOf } from 'expect-type';
import { lastValueFrom, type Observable, type OperatorFunction, toArray } from 'rxjs';
import {
  type AIMessageChunk,
  AIMessageChunk as Chunk,
  type AnyMessage,
  HumanMessage,
  type RunEvent,
  textDeltas,
  ToolMessage,
} from 'rxlm';
import { event, streamEvent } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';
import { someChain } from './some-runs.js';

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

describe('textDeltas', () => {
  itIsAnOperator(() => textDeltas(), new Chunk('a'));

  it(
    'emits the text of each chunk that has some',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const chunks = {
        s: new Chunk({ content: '', usage_metadata: { input_tokens: 2 } }),
        a: new Chunk('gold'),
        r: new Chunk({ content: [{ index: 0, type: 'thinking', thinking: 'Hm' }] }),
        b: new Chunk({ content: [{ index: 1, type: 'text', text: 'fish' }] }),
        t: new ToolMessage({ content: 'no text of a model', tool_call_id: 'c' }),
        h: new HumanMessage('nor this'),
      };
      const source$ = cold<AnyMessage>('-sarb(th)-|', chunks);
      const expected = '                --a-b-----|';
      expectObservable(source$.pipe(textDeltas())).toBe(expected, { a: 'gold', b: 'fish' });
      expectSubscriptions(source$.subscriptions).toBe('^---------!');
    }),
  );

  it('reads events of models, once each, though chains and outer models pass the chunks on', async () => {
    const text$ = someChain().events$('Hi').pipe(textDeltas());
    expect(await all(text$)).toEqual(['hi', 'hi ', 'twice']);
  });

  it(
    'takes of a model in a model the outer one',
    marbles(({ cold, expectObservable }) => {
      const inner = { run_id: 'i', parent_ids: ['r'] };
      const events = {
        s: event('on_chat_model_start'),
        i: event('on_chat_model_start', inner),
        a: { ...streamEvent(new Chunk('a'), 'i'), parent_ids: ['r'] } as RunEvent,
        b: streamEvent(new Chunk('a')),
        e: event('on_chat_model_end', inner),
        z: event('on_chat_model_end'),
      };
      expectObservable(cold('-siabez|', events).pipe(textDeltas())).toBe('----a--|');
    }),
  );

  it('has types', () => {
    expectTypeOf(textDeltas()).toEqualTypeOf<OperatorFunction<AnyMessage | RunEvent, string>>();
    const chunk$ = undefined as unknown as Observable<AIMessageChunk>;
    expectTypeOf(() => chunk$.pipe(textDeltas())).returns.toEqualTypeOf<Observable<string>>();
  });
});
