import { expectTypeOf } from 'expect-type';
import type { AIMessage } from '../../lib/messages/ai-message.js';
import { coerceMessage } from '../../lib/messages/coerce-messages.js';
import type { InvalidToolCall, ToolCall, ToolCallChunk } from '../../lib/messages/tool-call.js';

describe('the types of a tool call', () => {
  it('are kept apart by `type`: arguments are an object where it is valid, else text', () => {
    expectTypeOf<
      Extract<ToolCall | InvalidToolCall, { type: 'tool_call' }>['args']
    >().toEqualTypeOf<Readonly<Record<string, unknown>>>();
    expectTypeOf<InvalidToolCall['args']>().toEqualTypeOf<string>();
    expectTypeOf<ToolCallChunk['args']>().toEqualTypeOf<string>();
    expectTypeOf<ToolCallChunk['index']>().toEqualTypeOf<number>();
  });

  it('say what a message has', () => {
    const { tool_calls, invalid_tool_calls } = coerceMessage({
      type: 'ai',
      tool_calls: [
        { name: 'f', args: { x: 1 } },
        { name: 'g', args: '{' },
      ],
    }) as AIMessage;
    expectTypeOf(tool_calls).toEqualTypeOf<readonly ToolCall[]>();
    expect(tool_calls.map(({ type, args }) => [type, args['x']])).toEqual([['tool_call', 1]]);
    expect(invalid_tool_calls.map(({ type, args }) => [type, args.length])).toEqual([
      ['invalid_tool_call', 1],
    ]);
  });
});
