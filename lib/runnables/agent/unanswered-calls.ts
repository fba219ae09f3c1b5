import type { AIMessage } from '../../messages/ai-message.js';
import type { FinishReason } from '../../messages/finish-reason.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import { toolFailure } from '../../tools/internal/tool-result.js';

type Call = ToolCall | InvalidToolCall;

const NEVER_RUN: ReadonlySet<unknown> = new Set<FinishReason>([
  'length',
  'content_filter',
  'error',
]);

/** @internal All calls of a message, in their order in the message. */
export function callsOf({ content, tool_calls, invalid_tool_calls }: AIMessage): readonly Call[] {
  if (invalid_tool_calls.length === 0) return tool_calls;
  const blocks = typeof content === 'string' ? [] : content;
  const places = new Map<unknown, number>();
  for (const [place, { id }] of blocks.entries()) if (!places.has(id)) places.set(id, place);
  const placeOf = ({ id }: Call) => places.get(id) ?? -1;
  return [...tool_calls, ...invalid_tool_calls].sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * @internal The calls of a complete message that need an answer before the next turn, in their order. The calls decide,
 * not the finish reason: a provider may send `stop` with calls. No call of a message that was cut off, refused or ended
 * by an error is run.
 */
export function openCalls(message: AIMessage): readonly Call[] {
  return NEVER_RUN.has(message.finish_reason) ? [] : callsOf(message);
}

/** @internal Whether the provider has paused the turn, and continues it on the next request. */
export function isPaused(message: AIMessage): boolean {
  return message.finish_reason === 'pause';
}

/** @internal The answer to a call that is not run, so that the conversation can continue. */
export function notRun(call: Call, why: string): ToolMessage {
  return toolFailure(call, `The call was not run: ${why}.`);
}

/** @internal Why no call of a message with this finish reason is run. */
export function whyNotRun({ finish_reason }: AIMessage): string {
  if (finish_reason === 'length') return 'the message was cut off at a limit';
  return finish_reason === 'content_filter'
    ? 'the message was refused'
    : 'the message was broken off';
}

/** @internal The messages, with an answer added for each unanswered call. */
export function closeCalls(
  messages: readonly (AIMessage | ToolMessage)[],
  why: string,
): (AIMessage | ToolMessage)[] {
  const answered = new Set(messages.map((each) => each.type === 'tool' && each.tool_call_id));
  const closed: (AIMessage | ToolMessage)[] = [];
  let open: ToolMessage[] = [];
  for (const message of messages) {
    if (message.type === 'ai') {
      closed.push(...open, message);
      open = callsOf(message)
        .filter(({ id = '' }) => !answered.has(id))
        .map((call) => notRun(call, why));
    } else closed.push(message);
  }
  return [...closed, ...open];
}
