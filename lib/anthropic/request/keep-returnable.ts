import { describePart } from '../../messages/history/read-part.js';
import { refusal } from '../../messages/history/refusal.js';
import type { Part, Turn } from '../../messages/history/part.js';

/**
 * @internal Turns without what is of use to nobody but the model that made it: thinking without a signature, of an answer
 * that was cut off or of another provider, and in a result, which may be another model's answer, all but what it says.
 * Throws a `TypeError` for a block that only a model makes in a human message.
 */
export function keepReturnable(turns: readonly Turn[]): Turn[] {
  return turns.map((turn) => ({
    ...turn,
    parts: turn.parts.flatMap((part): Part[] => {
      if (part.type === 'result') return [{ ...part, content: part.content.filter(isForResult) }];
      if (part.type === 'other' && turn.role === 'user' && OF_ANSWERS.test(part.blockType))
        throw refusal(
          part.at,
          `a human message holds a block of type ${describePart(part)}`,
          'Put it in an ai message, or leave it out',
        );
      if (part.type === 'other' && part.blockType === 'redacted_thinking')
        return typeof part.own['data'] === 'string' && part.own['data'] !== '' ? [part] : [];
      if (part.type !== 'reasoning') return [part];
      return turn.role === 'assistant' && part.signature !== undefined ? [part] : [];
    }),
  }));
}

/** Blocks that an answer has and a result does not. */
const OF_ANSWERS = /^(thinking|redacted_thinking|compaction|fallback|.*_tool_use|.+_tool_result)$/;

function isForResult(part: Part): boolean {
  if (part.type === 'other') return !OF_ANSWERS.test(part.blockType);
  return part.type === 'text' || part.type === 'media';
}
