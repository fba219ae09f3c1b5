import { expectTypeOf } from 'expect-type';
import { NEVER } from 'rxjs';
import {
  lambda,
  runTools,
  type ToolCall,
  tool,
  ToolError,
  withConfig,
  withFallbacks,
  withRetry,
} from 'rxlm';
import { FakeChatModel } from 'rxlm/testing';
import { z } from 'zod';
import { toToolParam } from '../../../lib/anthropic/request/to-tool-param.js';
import {
  isStructuredTool,
  UnansweredTool,
  WrappedTool,
} from '../../../lib/tools/internal/wrapped-tool.js';
import { faultsOf, record, recordRun } from '../../support/run-events.js';

/** A tool that fails the given number of times, and then adds. */
function flaky(failures: number) {
  let calls = 0;
  const add = tool({
    name: 'add',
    description: 'Adds.',
    schema: z.object({ a: z.number(), b: z.number() }),
    func: ({ a, b }) => {
      calls += 1;
      if (calls <= failures) throw new Error('busy');
      return a + b;
    },
  });
  return { add, calls: () => calls };
}
const call: ToolCall = { type: 'tool_call', id: 'call_1', name: 'add', args: { a: 1, b: 2 } };
const delay = 0;

describe.each<
  [string, (inner: ReturnType<typeof flaky>['add']) => ReturnType<typeof flaky>['add']]
>([
  ['withConfig', (inner) => withConfig(inner, { tags: ['t'], runName: 'other' })],
  ['withRetry', (inner) => withRetry(inner, { delay })],
  ['both', (inner) => withRetry(withConfig(inner, { tags: ['t'] }), { delay })],
  ['both the other way', (inner) => withConfig(withRetry(inner, { delay }), { tags: ['t'] })],
])('a tool in %s', (_, wrap) => {
  it('is one, to providers and to agents', async () => {
    const { add } = flaky(0);
    const wrapped = wrap(add);
    expectTypeOf(wrapped).toEqualTypeOf(add);
    expect(isStructuredTool(wrapped)).toBe(true);
    expect(toToolParam(wrapped)).toEqual(toToolParam(add));
    const model = new FakeChatModel([[{ name: 'add', args: { a: 1, b: 2 } }], ['3']]);
    const result = await runTools(model, [wrapped]).invoke('q');
    expect(model.calls[0]?.options.tools).toEqual([wrapped]);
    expect(result.messages[1]).toMatchObject({ type: 'tool', content: '3', status: 'success' });
  });

  it('gives results for arguments, answers for calls', async () => {
    const wrapped = wrap(flaky(0).add);
    expect(await wrapped.invoke({ a: 1, b: 2 })).toBe(3);
    expect(await wrapped.invoke(call)).toMatchObject({ content: '3', tool_call_id: 'call_1' });
  });

  it('answers a call that fails in the end', async () => {
    const wrapped = wrap(flaky(9).add);
    const { events, listener } = record();
    const message = await wrapped.invoke(call, { listeners: [listener] });
    expect(message).toMatchObject({ type: 'tool', tool_call_id: 'call_1', status: 'error' });
    expect(faultsOf(events)).toEqual([]);
  });

  it('fails for plain arguments', async () => {
    await expect(wrap(flaky(9).add).invoke({ a: 1, b: 2 })).rejects.toMatchObject({
      code: 'failed',
      tool: 'add',
    });
  });

  it('rejects with the reason of the signal, also where it is run for a call', async () => {
    const silent = tool({
      name: 'add',
      schema: z.object({ a: z.number(), b: z.number() }),
      func: () => NEVER,
    });
    const abort = new AbortController();
    const answer = wrap(silent).invoke(call, { signal: abort.signal });
    abort.abort('enough');
    await expect(answer).rejects.toBe('enough');
  });

  it('gives many results at once', async () => {
    const inputs = [1, 2, 3].map((a) => ({ a, b: 1 }));
    expect(await wrap(flaky(0).add).batch(inputs, { maxConcurrency: 1 })).toEqual([2, 3, 4]);
  });
});

describe('withRetry of a tool', () => {
  it('runs a call again, and answers it once', async () => {
    const { add, calls } = flaky(2);
    const run = recordRun(withRetry(add, { delay: 0, when: () => true }), call);
    while (run.ended === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    const { values, events } = run;
    expect(values).toMatchObject([{ content: '3', status: 'success' }]);
    expect(calls()).toBe(3);
    expect(events.map(({ event, parent_ids }) => `${String(parent_ids.length)} ${event}`)).toEqual([
      '0 on_chain_start',
      '1 on_tool_start',
      '1 on_tool_error',
      '1 on_tool_start',
      '1 on_tool_error',
      '1 on_tool_start',
      '1 on_tool_end',
      '0 on_chain_stream',
      '0 on_chain_end',
    ]);
  });

  it('does not run again for arguments that do not match the schema', async () => {
    const { add, calls } = flaky(0);
    const { events, listener } = record();
    const wrong = { ...call, args: { a: 'x' } };
    const answer = await withRetry(add, { delay }).invoke(wrong, { listeners: [listener] });
    expect(answer).toMatchObject({ status: 'error' });
    expect(calls()).toBe(0);
    expect(events.filter(({ event }) => event === 'on_tool_start')).toHaveLength(1);
  });
});

describe('withConfig of a tool', () => {
  it('is cancelled by its own signal, which is no failure of the call', async () => {
    const abort = new AbortController();
    const silent = tool({ name: 'add', schema: { type: 'object' }, func: () => NEVER });
    const answer = withConfig(silent, { signal: abort.signal }).invoke(call);
    abort.abort('enough');
    await expect(answer).rejects.toBe('enough');
  });

  it('names the run, not the tool', () => {
    const wrapped = withConfig(flaky(0).add, { runName: 'sum' });
    expect(wrapped.name).toBe('add');
    expect(recordRun(wrapped, call).events.map(({ name }) => name)).toEqual(['sum', 'sum']);
  });
});

describe('isStructuredTool', () => {
  it.each([undefined, {}, lambda(() => 1), { name: 'x', schema: {} }])(
    'is false for %p',
    (value) => {
      expect(isStructuredTool(value)).toBe(false);
    },
  );
});

describe('UnansweredTool', () => {
  it('fails for a call, in the run of the tool', async () => {
    const { add } = flaky(9);
    const unanswered = new UnansweredTool(add);
    const run = recordRun(unanswered, call);
    expect(run.ended).toMatchObject({ error: expect.any(ToolError) });
    expect(run.events.map(({ event, name }) => `${event} ${name}`)).toEqual([
      'on_tool_start add',
      'on_tool_error add',
    ]);
    await expect(new WrappedTool(add, unanswered).invoke(call)).resolves.toMatchObject({
      status: 'error',
    });
  });
});

describe('a tool with fallbacks that are tools', () => {
  it('is one, offered as the first', () => {
    const { add } = flaky(0);
    const both = withFallbacks(add, [flaky(0).add]);
    expect(isStructuredTool(both)).toBe(true);
    expect(toToolParam(both)).toEqual(toToolParam(add));
    expectTypeOf(both).toEqualTypeOf<typeof add>();
  });

  it('answers a call by the one that does not fail, else with an error', async () => {
    const first = flaky(Infinity);
    const second = flaky(0);
    const both = withFallbacks(first.add, [second.add]);
    expect(await both.invoke({ a: 1, b: 2 })).toBe(3);
    expect(await both.invoke(call)).toMatchObject({ content: '3', tool_call_id: 'call_1' });
    expect([first.calls(), second.calls()]).toEqual([2, 2]);
    const none = withFallbacks(first.add, [flaky(Infinity).add]);
    expect(await none.invoke(call)).toMatchObject({ status: 'error', content: 'add failed.' });
    await expect(none.invoke({ a: 1, b: 2 })).rejects.toThrow('add failed.');
  });

  it('is a tool of an agent, each attempt a run of its own', async () => {
    const model = new FakeChatModel([{ name: 'add', args: { a: 1, b: 2 } }, 'It is 3.']);
    const { events, listener } = record();
    const both = withFallbacks(flaky(1).add, [flaky(0).add]);
    const { output } = await runTools(model, [both]).invoke('1 + 2?', { listeners: [listener] });
    expect(output.text).toBe('It is 3.');
    expect(faultsOf(events)).toEqual([]);
    const tools = events.filter(({ event }) => event.startsWith('on_tool_'));
    expect(tools.map(({ event }) => event)).toEqual([
      'on_tool_start',
      'on_tool_error',
      'on_tool_start',
      'on_tool_end',
    ]);
  });

  it('is a plain runnable where one of the fallbacks is no tool', async () => {
    const both = withFallbacks(flaky(1).add, [() => 5]);
    expect(isStructuredTool(both)).toBe(false);
    expect(await both.invoke({ a: 1, b: 2 })).toBe(5);
  });
});
