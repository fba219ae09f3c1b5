import type { RunEvent } from '../../../lib/core/events/run-event.js';
import { AIMessage } from '../../../lib/messages/ai-message.js';
import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { GrowingRuns } from '../../../lib/operators/internal/growing-runs.js';
import type { RunNode } from '../../../lib/operators/run-node.js';
import { event } from '../event.js';

/** A clock of which each look takes a millisecond. */
function ticking(): { now(): number } {
  let now = 0;
  return { now: () => now++ };
}

function recorded(name: string, run_id: string, parents: string, data: object = {}): RunEvent {
  return event(`on_${name}`, {
    name: run_id,
    run_id,
    parent_ids: Array.from(parents),
    data: data,
  });
}

function grow(...events: RunEvent[]): (RunNode | undefined)[] {
  const runs = new GrowingRuns(ticking());
  return events.map((each) => runs.add(each));
}

const usage = (input_tokens: number, output_tokens: number) => ({ input_tokens, output_tokens });
const chunk = (content: string, tokens?: object) =>
  new AIMessageChunk({ content, ...(tokens && { usage_metadata: tokens }) });
const answer = (tokens?: object) =>
  new AIMessage({ content: 'x', ...(tokens && { usage_metadata: tokens }) });

describe('GrowingRuns', () => {
  it('reports of a run all that there is to know', () => {
    const [started, ended] = grow(
      event('on_chain_start', { tags: ['t'], metadata: { m: 1 }, data: { input: 'i' } }),
      event('on_chain_end', { data: { output: 'o' } }),
    );
    const facts = {
      run_id: 'r',
      name: 'Some',
      type: 'chain',
      tags: ['t'],
      metadata: { m: 1 },
      input: 'i',
      startedAt: 0,
      children: [],
    };
    expect(started).toEqual({ ...facts, status: 'running' });
    expect(ended).toEqual({ ...facts, status: 'done', output: 'o', durationMs: 1 });
    expect(JSON.parse(JSON.stringify(ended))).toEqual({
      ...facts,
      status: 'done',
      output: 'o',
      durationMs: 1,
    });
    expect({ ...started }).toHaveProperty('children', []);
  });

  it.each<[string, object, Partial<RunNode>]>([
    ['end', { output: 'o', input: 'late' }, { status: 'done', output: 'o', input: 'late' }],
    ['end', {}, { status: 'done' }],
    [
      'error',
      { error: { name: 'Error' }, output: 'part' },
      { status: 'error', error: { name: 'Error' }, output: 'part' },
    ],
    ['cancel', { output: 'part' }, { status: 'cancelled', output: 'part' }],
  ])('[3] ends a run with %s %j', (phase, data, ending) => {
    const [, ended] = grow(
      recorded('parser_start', 'a', ''),
      recorded(`parser_${phase}`, 'a', '', data),
    );
    expect(ended).toEqual({ ...ended, ...ending, durationMs: 1 });
    expect(
      Object.keys(ended!)
        .filter((key) => ['input', 'output', 'error'].includes(key))
        .sort(),
    ).toEqual(Object.keys(data).sort());
  });

  it('puts runs into those around them, in the order of their starts', () => {
    const last = grow(
      recorded('chain_start', 'a', ''),
      recorded('chain_start', 'b', 'a'),
      recorded('tool_start', 'c', 'ab'),
      recorded('chain_start', 'd', 'a'),
      recorded('tool_end', 'c', 'ab'),
      recorded('chain_end', 'b', 'a'),
    ).at(-1)!;
    expect(last.children.map(({ name, status }) => [name, status])).toEqual([
      ['b', 'done'],
      ['d', 'running'],
    ]);
    expect(last.children[0]!.children.map(({ name, type }) => [name, type])).toEqual([
      ['c', 'tool'],
    ]);
  });

  it('puts a run into the nearest one that it knows, where events have been left out', () => {
    const last = grow(recorded('chain_start', 'a', ''), recorded('tool_start', 'c', 'ab')).at(-1)!;
    expect(last.children.map(({ name }) => name)).toEqual(['c']);
    expect(grow(recorded('tool_start', 'c', 'ab')).at(-1)!.name).toBe('c');
  });

  it('changes nothing of what it has given, and shares what has not changed', () => {
    const nodes = grow(
      recorded('chain_start', 'a', ''),
      recorded('chain_start', 'b', 'a'),
      recorded('chain_start', 'c', 'a'),
      recorded('chain_end', 'c', 'a'),
    ) as RunNode[];
    expect(
      nodes.map(({ children }) => children.map(({ name, status }) => `${name} ${status}`)),
    ).toEqual([[], ['b running'], ['b running', 'c running'], ['b running', 'c done']]);
    expect(nodes[3]!.children[0]).toBe(nodes[1]!.children[0]);
    expect(nodes[3]!.children[0]!.children).toBe(nodes[1]!.children[0]!.children);
    expect(nodes[3]!.tags).toBe(nodes[0]!.tags);
  });

  it('says nothing of events that change nothing', () => {
    expect(
      grow(
        recorded('chat_model_start', 'm', ''),
        recorded('chat_model_stream', 'm', '', { chunk: chunk('') }),
        recorded('chat_model_stream', 'm', '', { chunk: chunk('a') }),
        recorded('chat_model_stream', 'm', '', { chunk: chunk('b') }),
        recorded('custom_event', 'm', ''),
        recorded('chat_model_retry', 'm', '', { attempt: 1 }),
        recorded('chat_model_start', 'm', ''),
        recorded('chain_stream', 'unknown', '', { chunk: 'a' }),
        recorded('chain_end', 'unknown', ''),
        recorded('chat_model_end', 'm', ''),
        recorded('chat_model_end', 'm', ''),
      ).map((node) => node?.status),
    ).toEqual(['running', undefined, 'running', ...Array<undefined>(6), 'done', undefined]);
  });

  it('takes the time to the first content, of each run for itself', () => {
    const last = grow(
      recorded('chain_start', 'a', ''),
      recorded('chat_model_start', 'm', 'a'),
      recorded('chat_model_stream', 'm', 'a', { chunk: chunk('') }),
      recorded('chat_model_stream', 'm', 'a', { chunk: chunk('x') }),
      recorded('chain_stream', 'a', '', { chunk: '' }),
      recorded('chain_stream', 'a', '', { chunk: 'x' }),
      recorded('chain_stream', 'a', '', { chunk: 'y' }),
    );
    expect(last[5]).toMatchObject({ startedAt: 0, firstTokenMs: 3 });
    expect(last[5]!.children[0]).toMatchObject({ startedAt: 1, firstTokenMs: 1 });
    expect(last[6]).toBeUndefined();
  });

  it('[15] says what models have used so far, and sums it up around them', () => {
    const nodes = grow(
      recorded('chain_start', 'a', ''),
      recorded('chain_start', 'b', 'a'),
      recorded('chat_model_start', 'm', 'ab'),
      recorded('chat_model_stream', 'm', 'ab', { chunk: chunk('', usage(21, 2)) }),
      recorded('chain_stream', 'b', 'a', { chunk: chunk('', usage(21, 2)) }),
      recorded('chat_model_start', 'n', 'a'),
      recorded('chat_model_end', 'n', 'a', { output: answer(usage(4, 5)) }),
      recorded('chat_model_end', 'm', 'ab', { output: answer(usage(21, 73)) }),
      recorded('chain_end', 'b', 'a', { output: answer(usage(21, 73)) }),
    );
    expect(nodes[0]).not.toHaveProperty('tokens');
    expect(nodes[3]!.tokens).toEqual(usage(21, 2));
    expect(nodes[4]).toBeUndefined();
    const last = nodes.at(-1)!;
    expect(last.tokens).toEqual(usage(25, 78));
    expect(last.children.map(({ tokens }) => tokens)).toEqual([usage(21, 73), usage(4, 5)]);
    expect(last.children[0]!.children[0]!.tokens).toEqual(usage(21, 73));
  });

  it('counts nothing twice where a model runs a model', () => {
    const last = grow(
      recorded('chain_start', 'a', ''),
      recorded('chat_model_start', 'm', 'a'),
      recorded('chat_model_start', 'n', 'am'),
      recorded('chat_model_end', 'n', 'am', { output: answer(usage(1, 2)) }),
      recorded('chat_model_end', 'm', 'a', { output: answer(usage(1, 2)) }),
    ).at(-1)!;
    expect(last.tokens).toEqual(usage(1, 2));
  });

  it('keeps the partial usage of a model that failed', () => {
    const last = grow(
      recorded('chat_model_start', 'm', ''),
      recorded('chat_model_error', 'm', '', { error: {}, output: answer(usage(3, 1)) }),
    ).at(-1)!;
    expect(last.tokens).toEqual(usage(3, 1));
  });
});
