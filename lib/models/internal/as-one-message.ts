import {
  catchError,
  concat,
  defer,
  EMPTY,
  map,
  type MonoTypeOperatorFunction,
  of,
  throwError,
} from 'rxjs';
import type { OpenRun } from '../../core/run/run-lifecycle.js';
import { ModelError } from '../../errors/model-error.js';
import { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { CallNumbers } from '../../messages/call-numbers.js';
import type { FinishReason } from '../../messages/finish-reason.js';
import { MessageAccumulator } from '../../messages/internal/message-accumulator.js';
import type { ToolCallChunk } from '../../messages/tool-call.js';

/**
 * @internal Makes the chunks of a provider source one message of a run. All have one id from the first chunk on. They are
 * folded as they pass, so that an error carries the message so far. If the source completes with calls in pieces only, one
 * more chunk has the parsed calls.
 */
export function asOneMessage(run: OpenRun): MonoTypeOperatorFunction<AIMessageChunk> {
  return (chunks$) =>
    defer(() => {
      const id = `run-${run.runId}`;
      const message = new MessageAccumulator();
      let numbered: Numbered | undefined;
      let emitted = false;
      run.whole = () => message.whole;
      return concat(
        chunks$.pipe(
          map((chunk) => {
            let named = chunk.id === undefined ? withFields(chunk, { id }) : chunk;
            if (named.tool_call_chunks.length > 0) {
              if (numbered === undefined || numbered.id !== named.id)
                numbered = { id: named.id, numbers: new CallNumbers() };
              named = withNumbers(named, numbered.numbers);
            }
            message.add(named);
            emitted = true;
            return named;
          }),
        ),
        defer(() => {
          const last = lastOf(message);
          if (last === undefined) return EMPTY;
          message.add(last);
          return of(last);
        }),
      ).pipe(
        catchError((error: unknown) =>
          throwError(() => (emitted && ModelError.is(error) ? error.after(message.whole) : error)),
        ),
      );
    });
}

/** The numbers of the calls of a message. */
interface Numbered {
  readonly id: string | undefined;
  readonly numbers: CallNumbers;
}

/** The chunk with call numbers; the same object if its pieces have them already. */
function withNumbers(chunk: AIMessageChunk, numbers: CallNumbers): AIMessageChunk {
  const given = chunk.tool_call_chunks;
  const pieces = given.map((piece): ToolCallChunk => {
    const index = numbers.next(piece);
    return index === piece.index ? piece : { ...piece, index };
  });
  return pieces.every((piece, at) => piece === given[at])
    ? chunk
    : withFields(chunk, { tool_call_chunks: pieces });
}

/** The chunk with the calls of a source that sends only pieces. A message that was cut off has none. */
function lastOf(message: MessageAccumulator): AIMessageChunk | undefined {
  if (!message.growsCalls) return undefined;
  const { id, content, finish_reason } = message.whole;
  const calls = finish_reason !== undefined && CUT_OFF.has(finish_reason) ? [] : message.settle();
  if (calls.length === 0) return undefined;
  return new AIMessageChunk({
    id,
    content: typeof content === 'string' ? '' : [],
    tool_calls: calls.filter((call) => call.type === 'tool_call'),
    invalid_tool_calls: calls.filter((call) => call.type === 'invalid_tool_call'),
    finish_reason: finish_reason ?? 'tool_call',
  });
}

const CUT_OFF: ReadonlySet<FinishReason> = new Set<FinishReason>([
  'length',
  'content_filter',
  'error',
]);

/** A copy, because the author may use the object for another run. Field by field, because a spread costs twenty times as much. */
function withFields(
  chunk: AIMessageChunk,
  {
    id = chunk.id,
    tool_call_chunks = chunk.tool_call_chunks,
  }: { readonly id?: string; readonly tool_call_chunks?: readonly ToolCallChunk[] },
): AIMessageChunk {
  return new AIMessageChunk({
    id,
    content: chunk.content,
    name: chunk.name,
    additional_kwargs: chunk.additional_kwargs,
    response_metadata: chunk.response_metadata,
    tool_calls: chunk.tool_calls,
    invalid_tool_calls: chunk.invalid_tool_calls,
    tool_call_chunks,
    usage_metadata: chunk.usage_metadata,
    finish_reason: chunk.finish_reason,
  });
}
