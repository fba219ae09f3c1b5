import { isRecord } from '../../core/internal/is-record.js';
import { isContent, textOf } from '../../messages/content.js';
import { reasoningOf } from '../../operators/internal/reasoning-of.js';
import type { Mark } from '../diagram.js';
import { cutText, preview } from './preview.js';

/** What a marble says of a chunk. */
export type Content = Pick<Mark, 'kind' | 'size' | 'text'>;

const NOTHING: readonly Content[] = [];

/**
 * @internal What a chunk brings: of a model's message its text, its reasoning and its tool arguments, of any other value the
 * value. It reads messages and their JSON alike, and trusts neither.
 */
export function readChunk(chunk: unknown): readonly Content[] {
  if (typeof chunk === 'string') return chunk === '' ? NOTHING : [textContent('text', chunk)];
  if (!isRecord(chunk) || !Array.isArray(chunk['tool_call_chunks'])) {
    const shown = isRecord(chunk) && chunk['type'] === 'tool' ? chunk['content'] : chunk;
    return [{ kind: 'value', size: 1, text: preview(shown) }];
  }
  const { content, tool_call_chunks: pieces } = chunk;
  const found: Content[] = [];
  if (isContent(content)) {
    add(found, 'text', textOf(content));
    if (typeof content !== 'string')
      add(found, 'reasoning', content.map((block) => reasoningOf(block) ?? '').join(''));
  }
  add(found, 'arguments', pieces.map(argumentsOf).join(''));
  return found;
}

function add(found: Content[], kind: Mark['kind'], text: string): void {
  if (text !== '') found.push(textContent(kind, text));
}

function textContent(kind: Mark['kind'], text: string): Content {
  return { kind, size: text.length, text: cutText(text) };
}

/** A piece of a call begins with the name of its tool. */
function argumentsOf(piece: unknown): string {
  if (!isRecord(piece)) return '';
  const { name, args } = piece;
  return `${typeof name === 'string' ? `${name} ` : ''}${typeof args === 'string' ? args : ''}`;
}
