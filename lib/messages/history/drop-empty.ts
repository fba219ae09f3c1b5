import type { Part, Turn } from './part.js';

/**
 * @internal Turns without the texts that APIs refuse: empty texts and text files are dropped, and texts of whitespace where
 * a message has no other text. Turns keep their places though nothing may be left in them.
 */
export function dropEmpty(turns: readonly Turn[]): Turn[] {
  return turns.map((turn) => ({ ...turn, parts: dropEmptyParts(turn.parts) }));
}

/** @internal The same of the parts of one turn, or of what a block holds. */
export function dropEmptyParts(parts: readonly Part[]): Part[] {
  const isBlank = parts.every((part) => part.type !== 'text' || part.text.trim() === '');
  return parts.flatMap((part): Part[] => {
    switch (part.type) {
      case 'text':
        return isBlank || part.text === '' ? [] : [part];
      case 'media':
        return 'text' in part.source && part.source.text.trim() === '' ? [] : [part];
      case 'result':
        return [{ ...part, content: dropEmptyParts(part.content) }];
      default:
        return [part];
    }
  });
}
