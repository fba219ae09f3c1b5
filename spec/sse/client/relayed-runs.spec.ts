import type { RunEvent } from '../../../lib/core/events/run-event.js';
import { isRunEvent, RelayedRuns } from '../../../lib/sse/client/relayed-runs.js';

const event = (name: string, run_id: string, parent_ids: string[] = []) =>
  ({
    event: name,
    name: 'x',
    run_id,
    parent_ids,
    tags: [],
    metadata: {},
    data: {},
  }) as unknown as RunEvent;

function relay() {
  const recorded: string[] = [];
  const runs = new RelayedRuns(
    { listeners: [({ event, run_id }) => recorded.push(`${event} ${run_id}`)] },
    () => undefined,
  );
  return { runs, recorded };
}

describe('RelayedRuns', () => {
  it('[3] ends what is open when it is closed, inner runs first, once', () => {
    const { runs, recorded } = relay();
    for (const each of [
      event('on_chain_start', 'a'),
      event('on_tool_start', 'b', ['a']),
      event('on_tool_end', 'b', ['a']),
      event('on_llm_start', 'c', ['a']),
    ])
      runs.relay(each);
    runs.close();
    runs.close(new Error('late'));
    expect(recorded.slice(3)).toEqual(['on_llm_start c', 'on_llm_cancel c', 'on_chain_cancel a']);
  });

  it('[3] gives the error to the root alone', () => {
    const { runs, recorded } = relay();
    runs.relay(event('on_chain_start', 'a'));
    runs.relay(event('on_llm_start', 'c', ['a']));
    runs.close(new Error('lost'));
    expect(recorded.slice(2)).toEqual(['on_llm_cancel c', 'on_chain_error a']);
  });

  it('[3] ends what is open inside a run before that', () => {
    const { runs, recorded } = relay();
    runs.relay(event('on_chain_start', 'a'));
    runs.relay(event('on_llm_start', 'c', ['a']));
    expect(runs.relay(event('on_chain_end', 'a'))).toBe(true);
    expect(recorded.slice(2)).toEqual(['on_llm_cancel c', 'on_chain_end a']);
  });

  it('[3] reports one start and one ending of each run, whatever is sent', () => {
    const { runs, recorded } = relay();
    runs.relay(event('on_chain_start', 'a'));
    expect(runs.relay(event('on_chain_start', 'a'))).toBe(false);
    runs.relay(event('on_chain_end', 'a'));
    for (const late of ['start', 'stream', 'end', 'error'])
      expect(runs.relay(event(`on_chain_${late}`, 'a'))).toBe(false);
    runs.close();
    expect(recorded).toEqual(['on_chain_start a', 'on_chain_end a']);
  });

  it('passes on what runs report whose start was left out', () => {
    const { runs, recorded } = relay();
    expect(runs.relay(event('on_chain_stream', 'a'))).toBe(true);
    expect(runs.relay(event('on_chain_end', 'a'))).toBe(true);
    runs.close();
    expect(recorded).toEqual(['on_chain_stream a', 'on_chain_end a']);
  });

  it('ends a run once, also for a listener that ends them all', () => {
    const recorded: string[] = [];
    const runs: RelayedRuns = new RelayedRuns(
      {
        listeners: [
          ({ event, run_id }) => {
            recorded.push(`${event} ${run_id}`);
            if (event === 'on_llm_cancel') runs.close();
          },
        ],
      },
      () => undefined,
    );
    runs.relay(event('on_chain_start', 'a'));
    runs.relay(event('on_llm_start', 'c', ['a']));
    runs.close(new Error('lost'));
    expect(recorded.slice(2)).toEqual(['on_llm_cancel c', 'on_chain_cancel a']);
  });

  it('adds nothing to runs that have ended', () => {
    const { runs, recorded } = relay();
    runs.relay(event('on_chain_start', 'a'));
    runs.relay(event('on_chain_end', 'a'));
    runs.close();
    expect(recorded).toHaveLength(2);
  });
});

describe('isRunEvent', () => {
  it('knows the events of runs', () => {
    expect(isRunEvent(event('on_chain_start', 'a'))).toBe(true);
    const { data: _, ...without } = event('on_custom_event', 'a');
    expect(isRunEvent(without)).toBe(true);
    for (const other of [null, 'text', {}, { event: 'x', run_id: 'a' }, { ...without, event: 'x' }])
      expect(isRunEvent(other)).toBe(false);
  });
});
