import { catchError, concat, defer, from, mergeMap, type OperatorFunction, tap } from 'rxjs';
import type { ChatInput } from '../../chat/chat-input.js';
import { reportEdgeError } from '../frames/edge-errors.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import { UIMessageWriter } from './ui-message-writer.js';
import { checkUIOptions, type UIMessageStreamOptions } from './ui-options.js';

/**
 * Emits the chunks of a UI message stream, which `useChat` and `DefaultChatTransport` of the AI SDK read. The source is
 * `stream$` or `events$` of a model, an agent, or a chain that ends in text. Of events it reads the chunks of the root run,
 * and results of tools as soon as they arrive.
 *
 *     source    -----a--b--(call)-----(result)---c--|
 *     result    s----a--b--(call)-----(result)---c--(f|)
 *
 * `start` is emitted at the subscription. Each turn is a step. Texts, reasoning, tool calls, results, sources and files are
 * emitted as they arrive, then `finish`. An error becomes an `error` with a safe text. An `AbortError` or a cancellation that
 * events or a durable run report becomes `abort`. Then the stream completes. If a message is restarted, what was emitted of
 * it stays.
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
