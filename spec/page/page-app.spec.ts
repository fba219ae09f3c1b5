import { History } from '../../page/history';
import { NO_RUNS, type PageState, reduce } from '../../page/page-state';
import { growResult, NO_RESULT } from '../../page/run-result';
import { statusOf } from '../../page/status-line';
import type { TimedRunEvent } from '../../lib/marbles/diagram';
import { toDiagram } from '../../lib/marbles/to-diagram';
import { chunkOf, eventAt, modelEvents } from '../support/timed-events';

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the history of a run on the page', () => {
  it('is at any time the fold of the events so far', () => {
    const events = modelEvents(Array.from({ length: 900 }, (_, index) => `${String(index)} `));
    const history = new History(events[0]!);
    for (const event of events) history.add(event);
    for (const count of [0, 1, 199, 200, 201, 555, 902, 5000]) {
      const { diagram, result } = history.at(count);
      const before = events.slice(0, count);
      expect(json(diagram)).toEqual(json(toDiagram(before)));
      expect(result).toEqual(before.reduce(growResult, NO_RESULT));
    }
  });
});

describe('the state of the page', () => {
  const add = (state: PageState, event: TimedRunEvent) => reduce(state, { type: 'event', event });
  const start = (run_id: string) => eventAt(0, 'on_chain_start', { run_id });

  it('follows the newest run, and keeps children with their root', () => {
    const child = eventAt(1, 'on_tool_start', { run_id: 'child', parent_ids: ['a'] });
    const state = [start('a'), child, start('b')].reduce(add, NO_RUNS);
    expect([...state.runs.values()].map(({ id, events }) => [id, events.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(state.selected).toBe('b');
  });

  it('goes to a time, and follows the run again at its end', () => {
    const state = modelEvents(['a', 'b']).reduce(add, NO_RUNS);
    expect(reduce(state, { type: 'go', to: 2 }).position).toBe(2);
    expect(reduce(state, { type: 'go', to: -1 }).position).toBe(0);
    expect(reduce(state, { type: 'step', by: -1 }).position).toBe(3);
    expect(reduce(state, { type: 'go', to: 4 }).position).toBeUndefined();
  });

  it('forgets the oldest of more than twenty runs', () => {
    const state = Array.from({ length: 25 }, (_, index) => start(String(index))).reduce(
      add,
      NO_RUNS,
    );
    expect(state.runs.size).toBe(20);
    expect(state.runs.has('4')).toBe(false);
  });

  it('compares, chooses and filters', () => {
    const compared = reduce(NO_RUNS, { type: 'compare', id: 'a' });
    expect(compared.compared).toBe('a');
    expect(reduce(compared, { type: 'compare', id: '' }).compared).toBeUndefined();
    expect(reduce(NO_RUNS, { type: 'choose', to: 3 }).chosen).toBe(3);
    expect(reduce(NO_RUNS, { type: 'filter', text: 'x' }).filter).toBe('x');
  });
});

describe('the result of a run on the page', () => {
  const grow = (...events: TimedRunEvent[]) => events.reduce(growResult, NO_RESULT);

  it('is the text, the tools, the object and the error', () => {
    const tool = { run_id: 't', name: 'look', parent_ids: ['r'] };
    expect(
      grow(
        eventAt(0, 'on_chat_model_stream', { data: { chunk: chunkOf('gold') } }),
        eventAt(0, 'on_chat_model_stream', {
          data: { chunk: chunkOf([{ type: 'text', text: 'fish' }]) },
        }),
        eventAt(0, 'on_tool_start', { ...tool, data: { input: { a: 1 } } }),
        eventAt(0, 'on_tool_end', { ...tool, data: { output: { content: 'seen' } } }),
        eventAt(0, 'on_parser_stream', { parent_ids: ['r'], data: { chunk: { b: 2 } } }),
        eventAt(0, 'on_chain_error', { data: { error: { code: 'timeout', message: 'late' } } }),
      ),
    ).toEqual({
      text: 'goldfish',
      cards: [{ id: 't', name: 'look', input: '{"a":1}', output: '"seen"', status: 'done' }],
      object: { b: 2 },
      failure: 'timeout: late',
      status: 'failed',
    });
    expect(grow(eventAt(0, 'on_chain_cancel')).status).toBe('stopped');
  });

  it('of a run that was stopped says what became of its connection', () => {
    const wire = (at: number, data: object) =>
      eventAt(at, 'on_custom_event', { name: 'wire', run_id: 'w', parent_ids: ['r'], data });
    const events = [
      eventAt(0, 'on_chain_start'),
      wire(1, { phase: 'request' }),
      eventAt(50, 'on_chain_cancel'),
      wire(52, { phase: 'close', by: 'client', note: '7 tokens not generated' }),
    ];
    expect(statusOf(toDiagram(events), grow(...events))).toBe(
      'stopped after 50 ms; socket closed 2.0 ms later: 7 tokens not generated',
    );
  });
});
