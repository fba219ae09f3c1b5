import { expectTypeOf } from 'expect-type';
import { from, lastValueFrom, map, type Observable, type OperatorFunction, toArray } from 'rxjs';
import type { RunEvent } from '../../lib/core/events/run-event.js';
import type { AIMessage } from '../../lib/messages/ai-message.js';
import { selectRuns } from '../../lib/operators/select-runs.js';
import { rootOutput } from '../../lib/operators/root-output.js';
import { event } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';
import { someChain } from './some-runs.js';

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

describe('rootOutput', () => {
  itIsAnOperator(() => rootOutput(), event('on_chain_end', { data: { output: 'o' } }));

  it(
    'emits the output of the root when it has ended',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events = {
        s: event('on_chain_start'),
        m: event('on_chat_model_start', { run_id: 'm', parent_ids: ['r'] }),
        n: event('on_chat_model_end', {
          run_id: 'm',
          parent_ids: ['r'],
          data: { output: 'n' },
        }),
        e: event('on_chain_end', { data: { output: 'o' } }),
      };
      const source$ = cold('  -s-m-n-e|', events);
      const expected = '      -------o|';
      const subs = '          ^-------!';
      expectObservable(source$.pipe(rootOutput())).toBe(expected);
      expectSubscriptions(source$.subscriptions).toBe(subs);
    }),
  );

  it('emits what invoke gives', async () => {
    const chain = someChain();
    const config = { runId: 'r', newId: () => 'id' };
    expect(await all(chain.events$('Hi', config).pipe(rootOutput()))).toEqual([
      await chain.invoke('Hi', config),
    ]);
  });

  it.each([
    ['has no output', event('on_chain_end')],
    ['fails', event('on_chain_error', { data: { error: {}, output: 'partial' } })],
    ['is cancelled', event('on_chain_cancel', { data: { output: 'partial' } })],
  ])('emits nothing for a run that %s', async (_what, ending) => {
    expect(await all(from([event('on_chain_start'), ending]).pipe(rootOutput()))).toEqual([]);
  });

  it('emits the output of each run that was picked', async () => {
    const texts$ = someChain()
      .events$('Hi')
      .pipe(
        selectRuns({ types: ['chat_model'] }),
        rootOutput<AIMessage>(),
        map(({ text }) => text),
      );
    expect(await all(texts$)).toEqual(['hi', 'hi twice']);
  });

  it('has types', () => {
    expectTypeOf(rootOutput<string>()).toEqualTypeOf<OperatorFunction<RunEvent, string>>();
    expectTypeOf(rootOutput()).toEqualTypeOf<OperatorFunction<RunEvent, unknown>>();
  });
});
