import type { ContentBlock } from '../../messages/content.js';

/** @internal The text of a piece of reasoning, under whichever name; undefined for a piece of anything else. */
export function reasoningOf(piece: ContentBlock): string | undefined {
  if (piece.type !== 'thinking' && piece.type !== 'reasoning') return undefined;
  const text = piece[piece.type];
  return typeof text === 'string' ? text : '';
}
