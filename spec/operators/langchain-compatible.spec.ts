import { expectTypeOf } from 'expect-type';
import { from, lastValueFrom, type MonoTypeOperatorFunction, toArray } from 'rxjs';
import type { RunEvent } from '../../lib/core/events/run-event.js';
import { langchainCompatible } from '../../lib/operators/langchain-compatible.js';
import { event } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';
import { someChain } from './some-runs.js';

describe('langchainCompatible', () => {
  itIsAnOperator(() => langchainCompatible(), event('on_chain_start'));

  const types = ['chain', 'chat_model', 'llm', 'prompt', 'parser', 'tool', 'retriever'];

  it.each([
    ...types.flatMap((type) => [`on_${type}_start`, `on_${type}_end`]),
    ...['chain', 'chat_model', 'llm', 'parser'].map((type) => `on_${type}_stream`),
    'on_tool_error',
    'on_custom_event',
  ])('passes %s on as it is', async (name) => {
    const recorded = event(name, { parent_ids: ['p'], tags: ['t'] });
    const passed = await lastValueFrom(from([recorded]).pipe(langchainCompatible(), toArray()));
    expect(passed).toHaveLength(1);
    expect(passed[0]).toBe(recorded);
  });

  it.each([
    ...types.filter((type) => type !== 'tool').map((type) => `on_${type}_error`),
    ...types.map((type) => `on_${type}_cancel`),
    'on_chat_model_retry',
    'on_something_start',
    'on_chain_something',
    'something_on_chain_start',
  ])('[3][12] drops %s', async (name) => {
    expect(await lastValueFrom(from([event(name)]).pipe(langchainCompatible(), toArray()))).toEqual(
      [],
    );
  });

  it(
    'passes the error of a run that failed',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const events = { s: event('on_chain_start'), e: event('on_chain_error') };
      const source$ = cold('  -s-(e#)', events);
      const expected = '      -s-#';
      expectObservable(source$.pipe(langchainCompatible())).toBe(expected, events);
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    }),
  );

  it('changes nothing in the events of a run that succeeds', async () => {
    const newId = () => 'id';
    const all = someChain().events$('Hi there', { newId });
    const some = all.pipe(langchainCompatible(), toArray());
    expect(await lastValueFrom(some)).toEqual(await lastValueFrom(all.pipe(toArray())));
  });

  it('has types', () => {
    expectTypeOf(langchainCompatible()).toEqualTypeOf<MonoTypeOperatorFunction<RunEvent>>();
  });
});
