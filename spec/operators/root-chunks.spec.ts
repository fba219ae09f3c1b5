import { expectTypeOf } from 'expect-type';
import {
  connect,
  filter,
  from,
  lastValueFrom,
  map,
  merge,
  type Observable,
  type OperatorFunction,
  toArray,
} from 'rxjs';
import type { RunEvent } from '../../lib/core/events/run-event.js';
import type { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import { selectRuns } from '../../lib/operators/select-runs.js';
import { rootChunks } from '../../lib/operators/root-chunks.js';
import { rootOutput } from '../../lib/operators/root-output.js';
import { event, streamEvent } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';
import { Parrot, someChain } from './some-runs.js';

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

describe('rootChunks', () => {
  itIsAnOperator(() => rootChunks(), streamEvent('a'));

  it(
    'emits the chunks of the root as they are reported',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events = {
        s: event('on_chain_start'),
        m: event('on_chat_model_start', { run_id: 'm', parent_ids: ['r'] }),
        a: event('on_chat_model_stream', {
          run_id: 'm',
          parent_ids: ['r'],
          data: { chunk: 'a' },
        }),
        c: streamEvent('c', 'r', 'chain'),
        e: event('on_chain_end', { data: { output: 'c' } }),
        x: event('on_custom_event', { data: { chunk: 'x' } }),
      };
      const source$ = cold('  -s-mac-ax-e-|', events);
      const expected = '      -----c------|';
      const subs = '          ^-----------!';
      expectObservable(source$.pipe(rootChunks())).toBe(expected);
      expectSubscriptions(source$.subscriptions).toBe(subs);
    }),
  );

  it('emits what stream$ emits', async () => {
    const chain = someChain();
    const runId = 'r';
    const newId = () => 'id';
    const chunks = await all(chain.events$('Hi there', { runId, newId }).pipe(rootChunks()));
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks).toEqual(await all(chain.stream$('Hi there', { runId, newId })));
  });

  it.each(['prompt', 'tool', 'retriever'])(
    'gives the output of a %s, which reports no chunks',
    async (type) => {
      const events = [
        event(`on_${type}_start`),
        event(`on_${type}_end`, { data: { output: undefined } }),
      ];
      expect(await all(from(events).pipe(rootChunks()))).toEqual([undefined]);
      expect(await all(from([event(`on_${type}_end`)]).pipe(rootChunks()))).toEqual([]);
    },
  );

  it('emits the chunks of the runs that were picked', async () => {
    const chunks$ = someChain()
      .events$('Hi')
      .pipe(
        selectRuns({ tags: ['second'] }),
        rootChunks<AIMessageChunk>(),
        map(({ text }) => text),
        filter((text) => text !== ''),
      );
    expect(await all(chunks$)).toEqual(['hi ', 'twice']);
  });

  it('[1] is one of several views of one run, each of which sees its start', async () => {
    const model = new Parrot();
    const views$ = someChain(model)
      .events$('Hi')
      .pipe(
        connect((event$) =>
          merge(
            event$.pipe(map(({ event: name }) => ['event', name] as const)),
            event$.pipe(
              rootChunks(),
              map((chunk) => ['chunk', chunk] as const),
            ),
            event$.pipe(
              rootOutput(),
              map((output) => ['output', output] as const),
            ),
            event$.pipe(
              selectRuns({ names: ['twice'] }),
              map(({ event: name }) => ['twice', name] as const),
            ),
          ),
        ),
      );
    const seen = await all(views$);
    const of = (view: string) => seen.filter(([each]) => each === view).map(([, what]) => what);
    expect(model.requests).toBe(2);
    expect(of('event')[0]).toBe('on_chain_start');
    expect(of('chunk')).toHaveLength(4);
    expect(of('output')).toEqual([expect.objectContaining({ text: 'hi twice' })]);
    expect(of('twice')).toEqual(
      expect.arrayContaining(['on_chain_start', 'on_chat_model_stream', 'on_chain_end']),
    );
  });

  it('has types', () => {
    expectTypeOf(rootChunks<string>()).toEqualTypeOf<OperatorFunction<RunEvent, string>>();
    expectTypeOf(rootChunks()).toEqualTypeOf<OperatorFunction<RunEvent, unknown>>();
  });
});
