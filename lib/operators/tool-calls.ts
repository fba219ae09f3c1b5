import { map, type OperatorFunction } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { ToolCall } from '../messages/tool-call.js';
import type { GrowingToolCall } from './growing-tool-call.js';
import { MessageCalls } from './internal/message-calls.js';
import { eachPart } from './internal/message-parts.js';
import type { ModelOutput } from './model-output.js';
import { readMessages } from './internal/read-messages.js';

/** How {@link toolCalls} shows calls. */
export interface ToolCallsOptions {
  /** Emits each call at every piece of it, and once more when it is complete or invalid. @defaultValue false */
  readonly growing?: boolean | undefined;
}

/**
 * Emits the models' tool calls, each once its arguments are complete and strictly valid, from a stream of message chunks
 * or of run events.
 *
 * With `{ growing: true }` each call is emitted at every piece of its arguments, with what can be shown of them, and once
 * more when it is `called` or `invalid`. Linear in the arguments: `args` may be some characters behind in a wide document,
 * as with `IncrementalJson`. Without it, invalid calls are not emitted: their message has them as `invalid_tool_calls`.
 *
 * A call that is complete may belong to a message that then fails: run it after the source has completed, or let `runTools`
 * do so. Completes with its source; an error of the source follows the calls before it, and calls that were growing then
 * stay so; unsubscribing unsubscribes from the source. Demand passes. A `growing` that is no boolean throws `TypeError`.
 *
 *     source        -piece-piece-call-usage-|
 *     toolCalls()   -------------call-------|
 *
 * @example
 * const call = { type: 'tool_call', id: 'c1', name: 'weather', args: { city: 'Rome' } } as const;
 * of(
 *   new AIMessageChunk({ content: [], tool_call_chunks: [{ index: 0, id: 'c1', name: 'weather', args: '{"city":"Ro' }] }),
 *   new AIMessageChunk({ content: [], tool_call_chunks: [{ index: 0, args: 'me"}' }] }),
 *   new AIMessageChunk({ content: [], tool_calls: [call] }),
 * ).pipe(toolCalls(), map(({ args }) => args)) // => [{ city: 'Rome' }]
 *
 * @example
 * // model.stream$(input).pipe(toolCalls({ growing: true })).subscribe(({ name, args }) => preview(name, args));
 *
 * @see {@link blocks}
 */
export function toolCalls(options?: {
  readonly growing?: false | undefined;
}): OperatorFunction<ModelOutput, ToolCall>;
export function toolCalls(options: {
  readonly growing: true;
}): OperatorFunction<ModelOutput, GrowingToolCall>;
export function toolCalls({ growing = false }: ToolCallsOptions = {}): OperatorFunction<
  ModelOutput,
  ToolCall | GrowingToolCall
> {
  if (typeof growing !== 'boolean')
    throw new TypeError(`growing must be true or false, got ${describeValue(growing)}`);
  if (!growing) return eachPart(({ tool_calls }) => tool_calls);
  return (source$) =>
    source$.pipe(
      readMessages(() => new MessageCalls()),
      map(({ call }) => call),
    );
}
