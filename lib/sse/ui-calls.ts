import type { ToolCall } from '../messages/tool-call.js';
import type { ToolMessageFields } from '../messages/tool-message.js';
import { textIn, type UIMessagePart } from './ui-part.js';

/** The state of a call that has been answered, and whether it was answered well. */
const ANSWERED: Readonly<Record<string, ToolMessageFields['status']>> = {
  'output-available': 'success',
  'output-error': 'error',
  'output-denied': 'error',
};

/** @internal Whether a part is a call that has its result. What the provider has run itself is no call for us. */
export function isCall(part: UIMessagePart): boolean {
  return (
    (part.type === 'dynamic-tool' || part.type.startsWith('tool-')) &&
    Object.hasOwn(ANSWERED, String(part['state'])) &&
    part['preliminary'] !== true &&
    part['providerExecuted'] !== true
  );
}

/** @internal */
export function toCall(part: UIMessagePart): ToolCall {
  const { input, rawInput } = part;
  return {
    type: 'tool_call',
    id: textIn(part, 'toolCallId'),
    name: part.type === 'dynamic-tool' ? textIn(part, 'toolName') : part.type.slice('tool-'.length),
    args: argsOf(input ?? rawInput),
  };
}

/** @internal */
export function toResult(part: UIMessagePart): ToolMessageFields {
  const { state, output, approval } = part;
  const { reason } = (approval ?? {}) as { readonly reason?: unknown };
  const content =
    state === 'output-denied'
      ? typeof reason === 'string'
        ? reason
        : 'The call was not approved.'
      : state === 'output-error'
        ? textIn(part, 'errorText')
        : typeof output === 'string'
          ? output
          : output === undefined
            ? ''
            : JSON.stringify(output);
  return {
    content,
    tool_call_id: textIn(part, 'toolCallId'),
    status: ANSWERED[state as string],
  };
}

/** Arguments that were no object were never run; the provider insists on one. */
function argsOf(input: unknown): ToolCall['args'] {
  if (typeof input === 'object' && input !== null && !Array.isArray(input))
    return input as ToolCall['args'];
  return input === undefined ? {} : { INVALID_JSON: input };
}
