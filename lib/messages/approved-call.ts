import type { ToolCall } from './tool-call.js';

/** A symbol, so that no JSON brings it: what a client sends is never approved by itself. */
const APPROVED = Symbol.for('rxlm.approvedCall');

/**
 * The call, marked as approved: an agent whose input ends in such a call runs it as it is, without asking again, before the
 * model's next turn. JSON does not keep the mark.
 *
 * @example
 * // const { messages, pending } = await agent.invoke(question);
 * // const decided = messages.map((message) =>
 * //   message.type === 'ai' ? new AIMessage({ ...message, tool_calls: message.tool_calls.map(approvedCall) }) : message);
 * // await agent.invoke([question, ...decided].flat());
 * isApprovedCall(approvedCall({ type: 'tool_call', name: 'pay', args: {} })) // => true
 */
export function approvedCall(call: ToolCall): ToolCall {
  return { ...call, [APPROVED]: true } as ToolCall;
}

/** Whether a call was marked by {@link approvedCall}. */
export function isApprovedCall(call: ToolCall): boolean {
  return (call as { readonly [APPROVED]?: unknown })[APPROVED] === true;
}
