import type { OperatorFunction } from 'rxjs';
import { accumulate } from '../core/fold-chunks.js';
import type { AIMessage } from './ai-message.js';
import type { AIMessageChunk } from './ai-message-chunk.js';
import { MessageAccumulator } from './internal/message-accumulator.js';

/**
 * Folds message chunks into their message: what `invoke` returns. Pieces are merged by block index and only ever
 * appended; usage is replaced by the latest. A chunk of another message id begins that message, and the last one
 * stands. Of no chunks it makes an empty message.
 *
 *     source  -a-b-c|
 *     result  ------(m|)
 *
 * @example
 * const message = await lastValueFrom(of(new AIMessageChunk('gold'), new AIMessageChunk('fish')).pipe(foldMessages()));
 * message.text // => 'goldfish'
 */
export function foldMessages(): OperatorFunction<AIMessageChunk, AIMessage> {
  return accumulate<AIMessageChunk, AIMessage>(() => new MessageAccumulator());
}
