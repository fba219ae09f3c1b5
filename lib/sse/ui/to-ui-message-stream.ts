import { catchError, concat, defer, from, mergeMap, type OperatorFunction, tap } from 'rxjs';
import type { ChatInput } from '../../chat/chat-input.js';
import { reportEdgeError } from '../frames/edge-errors.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import { UIMessageWriter } from './ui-message-writer.js';
import { checkUIOptions, type UIMessageStreamOptions } from './ui-options.js';

/**
 * Emits the chunks of a UI message stream: what `useChat` and `DefaultChatTransport` of the AI SDK read. The source is
 * what `stream$` or `events$` of a model, a chain that ends in texts or an agent gives; of events the root run's chunks
 * count, and results of tools as soon as there are any.
 *
 *     source    -----a--b--(call)-----(result)---c--|
 *     result    s----a--b--(call)-----(result)---c--(f|)
 *
 * `start` comes at the subscription; each turn is a step; texts, reasoning, tool calls, their results, sources and files
 * are told as they come, then `finish`. An error is an `error` with a safe text; an `AbortError` and a cancellation, as events
 * or a durable run report it, are `abort`; then it completes. What was told of a message that is begun anew stays.
 *
 * @example
 * const chunk$ = of('gold', 'fish').pipe(toUIMessageStream(), map(({ type }) => type));
 * chunk$ // => ['start', 'start-step', 'text-start', 'text-delta', 'text-delta', 'text-end', 'finish-step', 'finish']
 *
 * @see https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol#data-stream-protocol
 */
export function toUIMessageStream(
  options: UIMessageStreamOptions = {},
): OperatorFunction<ChatInput, UIMessageChunk> {
  return uiMessageStream(options, 'toUIMessageStream');
}

/** @internal The same for an edge that answers with it: errors are reported under its name. */
export function uiMessageStream(
  options: UIMessageStreamOptions,
  edge: string,
): OperatorFunction<ChatInput, UIMessageChunk> {
  const settings = checkUIOptions(options);
  return (source$) =>
    defer(() => {
      const writer = new UIMessageWriter(settings);
      let when: 'run' | 'edge' = 'edge';
      const failed = () => {
        when = 'run';
      };
      return concat(
        defer(() => writer.start()),
        source$.pipe(
          tap({ error: failed }),
          mergeMap((value) => writer.add(value)),
        ),
        defer(() => writer.end()),
      ).pipe(
        catchError((error: unknown) => {
          reportEdgeError(error, { edge, when }, settings.onError);
          return from(writer.fail(error));
        }),
      );
    });
}
