import { AIMessage } from '../../lib/messages/ai-message.js';
import { callsOf } from '../../lib/runnables/agent/unanswered-calls.js';
import { ChatCalls } from '../../lib/openai/chat/calls.js';
import { UITools } from '../../lib/sse/ui/ui-tools.js';
import { countSteps } from '../support/count-steps.js';

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** What a model's answer may have thousands of. */
const WORK: Record<string, (count: number) => () => void> = {
  'calls at one index, told apart by their ids': (count) => () => {
    const calls = new ChatCalls('m', { maxBytes: 1e9, maxDepth: 64 } as never);
    for (let i = 0; i < count; i++)
      calls.add({ index: 0, id: `c${i}`, function: { name: 'look', arguments: '{}' } });
    expect(calls.settle()).toHaveLength(count);
  },
  'calls without an index, told apart by their ids': (count) => () => {
    const calls = new ChatCalls('m', { maxBytes: 1e9, maxDepth: 64 } as never);
    for (let i = 0; i < count; i++)
      calls.add({ id: `c${i}`, function: { name: 'look', arguments: '{}' } });
    expect(calls.settle()).toHaveLength(count);
  },
  'calls in a page, with and without ids': (count) => {
    const chunk = (id: (i: number) => string | undefined) => ({
      tool_call_chunks: many(count, (i) => ({ index: i, id: id(i), name: 'look', args: '{}' })),
      tool_calls: many(count, (i) => ({ type: 'tool_call', id: id(i), name: 'look', args: {} })),
      invalid_tool_calls: [],
    });
    const chunks = [chunk(() => undefined), chunk((i) => `c${i}`)];
    return () => {
      for (const each of chunks) {
        const shown = [...new UITools({} as never).add(each as never)];
        expect(shown).toHaveLength(3 * count);
      }
    };
  },
  'calls of which some are invalid, in the order of their blocks': (count) => {
    const content = many(count, (i) => ({
      type: 'tool_use',
      id: `c${i}`,
      name: 'look',
      input: {},
    }));
    const message = new AIMessage({
      content,
      tool_calls: many(count / 2, (i) => ({
        type: 'tool_call' as const,
        id: `c${2 * i}`,
        name: 'look',
        args: {},
      })),
      invalid_tool_calls: many(count / 2, (i) => ({
        type: 'invalid_tool_call' as const,
        id: `c${2 * i + 1}`,
        name: 'look',
        args: '{',
        error: 'no JSON',
      })),
    });
    return () => {
      expect(callsOf(message).map(({ id }) => id)).toEqual(many(count, (i) => `c${i}`));
    };
  },
};

describe('the steps for what a model sends', () => {
  it.each(Object.entries(WORK))('grow no faster than it: %s', (_, workOf) => {
    workOf(10)();
    const few = countSteps(workOf(500));
    const eightfold = countSteps(workOf(4000));
    expect(few).toBeGreaterThan(500);
    // A sort takes a little more.
    expect(eightfold / few).toBeLessThan(14);
  });
});
