import { lastValueFrom } from 'rxjs';
import { AIMessageChunk, ToolMessage, usage } from 'rxlm';
import { itIsAnOperator, marbles } from './quartet.js';
import { someChain } from './some-runs.js';

const said = (input_tokens: number, output_tokens: number, id?: string) =>
  new AIMessageChunk({ content: '', id, usage_metadata: { input_tokens, output_tokens } });

describe('usage', () => {
  itIsAnOperator(() => usage(), said(21, 2));

  it(
    'emits the latest report of a message, only when it has changed',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-atab-|', {
        a: said(21, 2),
        t: new AIMessageChunk('gold'),
        b: said(21, 73),
      });
      expectObservable(source$.pipe(usage())).toBe('-a--b-|', {
        a: { input_tokens: 21, output_tokens: 2 },
        b: { input_tokens: 21, output_tokens: 73 },
      });
      expectSubscriptions(source$.subscriptions).toBe('^-----!');
    }),
  );

  it(
    'adds up the turns of an agent',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('-abrc-|', {
        a: said(10, 1, 'm1'),
        b: said(10, 5, 'm1'),
        r: new ToolMessage({ content: 'found', tool_call_id: 'c' }),
        c: said(20, 7, 'm2'),
      });
      expectObservable(source$.pipe(usage())).toBe('-ab-c-|', {
        a: { input_tokens: 10, output_tokens: 1 },
        b: { input_tokens: 10, output_tokens: 5 },
        c: { input_tokens: 30, output_tokens: 12 },
      });
    }),
  );

  it(
    'is known before an error',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-a-#', { a: said(1, 1) }).pipe(usage())).toBe('-a-#', {
        a: { input_tokens: 1, output_tokens: 1 },
      });
    }),
  );

  it('counts each model of a tree of runs once', async () => {
    const total = await lastValueFrom(someChain().events$('Hi').pipe(usage()));
    expect(total).toEqual({ input_tokens: 6, output_tokens: 3, total_tokens: 9 });
  });
});
