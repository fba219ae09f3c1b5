import type { InvalidToolCall, ToolCall } from './tool-call.js';

/** @internal The calls of a message given as data: LangChain's, or OpenAI's with their arguments as text. */
export function readToolCalls(data: {
  readonly tool_calls?: unknown;
  readonly invalid_tool_calls?: unknown;
}): {
  tool_calls: ToolCall[];
  invalid_tool_calls: InvalidToolCall[];
} {
  const calls = (Array.isArray(data.tool_calls) ? data.tool_calls : []).map(readToolCall);
  const invalid = Array.isArray(data.invalid_tool_calls)
    ? (data.invalid_tool_calls as InvalidToolCall[])
    : [];
  return {
    tool_calls: calls.filter((call) => call.type === 'tool_call'),
    invalid_tool_calls: [...invalid, ...calls.filter((call) => call.type === 'invalid_tool_call')],
  };
}

function readToolCall(call: unknown): ToolCall | InvalidToolCall {
  const {
    id,
    name,
    args,
    function: f,
  } = call as {
    id?: string;
    name?: string;
    args?: ToolCall['args'];
    function?: { name: string; arguments: string };
  };
  const withId = id === undefined ? {} : { id };
  if (f === undefined) return { type: 'tool_call', ...withId, name: name ?? '', args: args ?? {} };
  return settleToolCall({ ...withId, name: f.name, args: f.arguments });
}

/**
 * A call whose arguments have come as text: valid if they are strictly one JSON object. No text at all is a call
 * without arguments.
 */
export function settleToolCall(call: {
  id?: string;
  name: string;
  args: string;
}): ToolCall | InvalidToolCall {
  try {
    const args: unknown = JSON.parse(call.args === '' ? '{}' : call.args);
    if (typeof args === 'object' && args !== null && !Array.isArray(args)) {
      return { type: 'tool_call', ...call, args: args as ToolCall['args'] };
    }
    return { type: 'invalid_tool_call', ...call, error: 'The arguments are no JSON object.' };
  } catch {
    return { type: 'invalid_tool_call', ...call, error: 'The arguments are no valid JSON.' };
  }
}
