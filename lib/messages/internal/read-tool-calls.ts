import { describeValue } from '../../core/internal/describe-value.js';
import type { InvalidToolCall, ToolCall } from '../tool-call.js';
import { isRecord } from '../../core/internal/is-record.js';

/**
 * @internal The calls of a message given as data: LangChain's, or OpenAI's with their arguments as text, which
 * older messages have in `additional_kwargs` only.
 */
export function readToolCalls(data: {
  readonly tool_calls?: unknown;
  readonly invalid_tool_calls?: unknown;
  readonly additional_kwargs?: unknown;
}): {
  tool_calls: ToolCall[];
  invalid_tool_calls: InvalidToolCall[];
} {
  const raw = (data.additional_kwargs as { tool_calls?: unknown } | undefined)?.tool_calls;
  const calls = arrayOf(data.tool_calls ?? raw).map(readToolCall);
  return {
    tool_calls: calls.filter((call) => call.type === 'tool_call'),
    invalid_tool_calls: [
      ...(arrayOf(data.invalid_tool_calls) as InvalidToolCall[]),
      ...calls.filter((call) => call.type === 'invalid_tool_call'),
    ],
  };
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function readToolCall(call: unknown): ToolCall | InvalidToolCall {
  const { id, ...own } = isRecord(call) ? call : {};
  const { name, args } = nameAndArgs(own);
  if (typeof name !== 'string')
    throw new TypeError(`a tool call needs the name of its tool, got ${describeValue(name)}`);
  return settleToolCall({
    ...(typeof id === 'string' ? { id } : {}),
    name,
    args: args ?? {},
  });
}

/** OpenAI has the two in a field of their own; a custom tool takes text, which is no JSON. */
function nameAndArgs(call: Readonly<Record<string, unknown>>): {
  readonly name?: unknown;
  readonly args?: unknown;
} {
  const { function: called, custom } = call;
  if (isRecord(called)) return { name: called['name'], args: called['arguments'] };
  if (isRecord(custom)) return { name: custom['name'], args: { input: custom['input'] } };
  return call;
}

/**
 * Returns a call as valid if it names a tool and its arguments, as text or parsed, are strictly one JSON object. Empty
 * text counts as `{}`.
 */
export function settleToolCall(call: {
  id?: string;
  name: string;
  args: unknown;
}): ToolCall | InvalidToolCall {
  const { args: given } = call;
  const invalid = (error: string): InvalidToolCall => ({
    type: 'invalid_tool_call',
    ...call,
    args: typeof given === 'string' ? given : JSON.stringify(given),
    error,
  });
  if (call.name === '') return invalid('The call names no tool.');
  try {
    const args: unknown = typeof given === 'string' ? JSON.parse(given || '{}') : given;
    return isRecord(args)
      ? { type: 'tool_call', ...call, args }
      : invalid('The arguments are no JSON object.');
  } catch {
    return invalid('The arguments are no valid JSON.');
  }
}
