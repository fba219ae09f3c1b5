import { AIMessageChunk, HumanMessage } from 'rxlm';
import { eachPart } from '../../../lib/operators/internal/message-parts.js';
import { itIsAnOperator, marbles } from '../quartet.js';

describe('eachPart', () => {
  itIsAnOperator(() => eachPart(({ text }) => [text]), new AIMessageChunk('a'));

  it(
    'emits all that is made of a part, at its time, and nothing of other values',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a----h-e-|', {
        a: new AIMessageChunk('ab'),
        h: new HumanMessage('cd'),
        e: new AIMessageChunk(''),
      });
      expectObservable(source$.pipe(eachPart(({ text }) => [...text]))).toBe('-(ab)-----|');
      expectSubscriptions(source$.subscriptions).toBe('^---------!');
    }),
  );
});
