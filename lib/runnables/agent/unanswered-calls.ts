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

/** @internal All calls of a message, in the order in which it makes them. */
export function callsOf({ content, tool_calls, invalid_tool_calls }: AIMessage): readonly Call[] {
  if (invalid_tool_calls.length === 0) return tool_calls;
  const blocks = typeof content === 'string' ? [] : content;
  const places = new Map<unknown, number>();
  for (const [place, { id }] of blocks.entries()) if (!places.has(id)) places.set(id, place);
  const placeOf = ({ id }: Call) => places.get(id) ?? -1;
  return [...tool_calls, ...invalid_tool_calls].sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * @internal The calls that a whole message leaves to be answered before the model can go on, as it made them one after
 * the other. Calls decide, not why the message ended: a provider may say `stop` all the same. Only of a message that
 * was cut off, refused or broken off none is to be run.
 */
export function openCalls(message: AIMessage): readonly Call[] {
  return NEVER_RUN.has(message.finish_reason) ? [] : callsOf(message);
}

/** @internal Whether the provider has only interrupted the turn, to go on where it is called again. */
export function isPaused(message: AIMessage): boolean {
  return message.finish_reason === 'pause';
}

/** @internal The answer to a call that is not run, so that the conversation can be gone on with. */
export function notRun(call: Call, why: string): ToolMessage {
  return toolFailure(call, `The call was not run: ${why}.`);
}

/** @internal Why no call of a message that ended so is run. */
export function whyNotRun({ finish_reason }: AIMessage): string {
  if (finish_reason === 'length') return 'the message was cut off at a limit';
  return finish_reason === 'content_filter'
    ? 'the message was refused'
    : 'the message was broken off';
}

/** @internal The messages with an answer to each call that has none. */
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
