import { catchError, defer, map, type MonoTypeOperatorFunction, throwError } from 'rxjs';
import type { OpenRun } from '../core/tell.js';
import { ModelError } from '../errors/model-error.js';
import { AIMessageChunk } from '../messages/ai-message-chunk.js';
import { MessageAccumulator } from '../messages/message-accumulator.js';

/**
 * @internal Makes the chunks of a provider source those of one message of a run: under one id from the first on,
 * folded as they pass, so that an error carries the message so far.
 */
export function asOneMessage(run: OpenRun): MonoTypeOperatorFunction<AIMessageChunk> {
  return (chunks$) =>
    defer(() => {
      const id = `run-${run.runId}`;
      const message = new MessageAccumulator();
      let emitted = false;
      run.whole = () => message.whole;
      return chunks$.pipe(
        map((chunk) => {
          const named = chunk.id === undefined ? withId(chunk, id) : chunk;
          message.add(named);
          emitted = true;
          return named;
        }),
        catchError((error: unknown) =>
          throwError(() => (emitted && ModelError.is(error) ? error.after(message.whole) : error)),
        ),
      );
    });
}

/** A copy: the author's object may be used for another run. Field by field: a spread costs twenty times as much. */
function withId(chunk: AIMessageChunk, id: string): AIMessageChunk {
  return new AIMessageChunk({
    id,
    content: chunk.content,
    name: chunk.name,
    additional_kwargs: chunk.additional_kwargs,
    response_metadata: chunk.response_metadata,
    tool_calls: chunk.tool_calls,
    invalid_tool_calls: chunk.invalid_tool_calls,
    tool_call_chunks: chunk.tool_call_chunks,
    usage_metadata: chunk.usage_metadata,
    finish_reason: chunk.finish_reason,
  });
}
