import type { AIMessageFields } from '../../messages/ai-message.js';
import { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { coerceMessage, type MessageInput } from '../../messages/coerce-messages.js';

/**
 * @internal A whole message as the single chunk of a stream. Its blocks get indexes for the fold.
 */
export function toChunk(message: MessageInput | undefined): AIMessageChunk {
  const coerced = coerceMessage(
    typeof message === 'string' ? ['ai', message] : (message as MessageInput),
  );
  if (coerced.type !== 'ai') {
    throw new TypeError(`generate must give an AI message, got a ${coerced.type} message`);
  }
  const { content, ...fields }: AIMessageFields = coerced;
  return new AIMessageChunk({
    ...fields,
    content:
      typeof content === 'string' ? content : content.map((block, index) => ({ index, ...block })),
  });
}
