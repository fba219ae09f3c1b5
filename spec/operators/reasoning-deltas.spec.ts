import { AIMessageChunk, reasoningDeltas } from 'rxlm';
import { streamEvent } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';

const chunk = (...content: { type: string; [key: string]: unknown }[]) =>
  new AIMessageChunk({ content });

describe('reasoningDeltas', () => {
  itIsAnOperator(
    () => reasoningDeltas(),
    chunk({ index: 0, type: 'thinking', thinking: 'a fish?' }),
  );

  it(
    'emits the text of reasoning under either name, and nothing for signatures, redacted reasoning and text',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const chunks = {
        s: chunk({ index: 0, type: 'thinking', thinking: '' }),
        a: chunk({ index: 0, type: 'thinking', thinking: 'a' }),
        g: chunk({ index: 0, type: 'thinking', signature: 'EqQ' }),
        r: chunk({ index: 1, type: 'redacted_thinking', data: 'x' }),
        b: chunk({ index: 2, type: 'reasoning', reasoning: 'b' }),
        t: chunk({ index: 3, type: 'text', text: 'no' }),
        u: new AIMessageChunk('no'),
      };
      const source$ = cold('-sagrbtu-|', chunks);
      const expected = '    --a--b---|';
      expectObservable(source$.pipe(reasoningDeltas())).toBe(expected);
      expectSubscriptions(source$.subscriptions).toBe('^--------!');
    }),
  );

  it(
    'reads the events of models',
    marbles(({ cold, expectObservable }) => {
      const a = streamEvent(chunk({ index: 0, type: 'thinking', thinking: 'a' }));
      const chain = streamEvent(chunk({ index: 0, type: 'thinking', thinking: 'a' }), 'q', 'chain');
      expectObservable(cold('-ac-|', { a, c: chain }).pipe(reasoningDeltas())).toBe('-a--|');
    }),
  );
});
