import type { OperatorFunction } from 'rxjs';
import { eachPart } from './internal/message-parts.js';
import type { ModelOutput } from './model-output.js';
import { reasoningOf } from './internal/reasoning-of.js';

/**
 * Emits the pieces of the models' reasoning, as they arrive, from a stream of message chunks or of run events: the text of
 * `thinking` blocks, and of `reasoning` blocks as LangChain names them.
 *
 * Signatures and encrypted reasoning emit nothing: they are for the provider. Completes with its source; an error of the
 * source follows the reasoning before it; unsubscribing unsubscribes from the source. Demand passes.
 *
 *     source              -thinking 'a'-signature-thinking 'b'-text-|
 *     reasoningDeltas()   -'a'--------------------'b'---------------|
 *
 * @example
 * of(
 *   new AIMessageChunk({ content: [{ index: 0, type: 'thinking', thinking: 'A fish?' }] }),
 *   new AIMessageChunk({ content: [{ index: 1, type: 'text', text: 'Goldfish' }] }),
 * ).pipe(reasoningDeltas()) // => ['A fish?']
 *
 * @see {@link textDeltas}, {@link blocks}
 */
export function reasoningDeltas(): OperatorFunction<ModelOutput, string> {
  return eachPart(({ content }) =>
    typeof content === 'string'
      ? []
      : content.map(reasoningOf).filter((text) => text !== undefined && text !== ''),
  ) as OperatorFunction<ModelOutput, string>;
}
