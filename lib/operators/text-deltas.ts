import type { OperatorFunction } from 'rxjs';
import { eachPart } from './internal/message-parts.js';
import type { ModelOutput } from './model-output.js';

/**
 * Emits the pieces of the models' text, as they arrive, from a stream of message chunks or of run events.
 *
 * Reasoning, tool calls and chunks without text emit nothing. Of events, those of chat models count: where several models
 * run at once their texts alternate, and `selectRuns` before it selects one. Completes with its source; an error of the
 * source follows the text before it; unsubscribing unsubscribes from the source. Demand passes.
 *
 *     source         -'gold'-usage-'fish'-|
 *     textDeltas()   -'gold'-------'fish'-|
 *
 * @example
 * of(new AIMessageChunk('gold'), new AIMessageChunk(''), new AIMessageChunk('fish')).pipe(textDeltas()) // => ['gold', 'fish']
 *
 * @see {@link reasoningDeltas}, {@link blocks}
 */
export function textDeltas(): OperatorFunction<ModelOutput, string> {
  return eachPart(({ text }) => (text === '' ? [] : [text]));
}
