import { setOwn } from './set-own.js';
import type { ContentBlock } from './content.js';

/** Pieces of these fields are appended to what is there; of all others the latest stands. */
const APPENDED: ReadonlySet<string> = new Set([
  'text',
  'thinking',
  'signature',
  'encrypted_content',
]);

/**
 * @internal One content block in the making, merged from the pieces of its index.
 *
 * Tool input is text while it streams and appended; the object that a tool block's last piece brings replaces it.
 */
export class BlockAccumulator {
  private readonly fields: Record<string, unknown> = {};

  add(piece: ContentBlock): void {
    for (const key of Object.keys(piece)) {
      if (key === 'index' || (key === 'type' && Object.hasOwn(this.fields, 'type'))) continue;
      this.merge(key, piece[key]);
    }
  }

  get whole(): ContentBlock {
    return { ...this.fields } as unknown as ContentBlock;
  }

  private merge(key: string, value: unknown): void {
    const before = Object.hasOwn(this.fields, key) ? this.fields[key] : undefined;
    if (
      typeof before === 'string' &&
      typeof value === 'string' &&
      (APPENDED.has(key) || this.isGrowing(key))
    ) {
      this.fields[key] = before + value;
    } else if (Array.isArray(before) && Array.isArray(value) && COLLECTED.has(key)) {
      before.push(...(value as unknown[]));
    } else {
      setOwn(
        this.fields,
        key,
        COLLECTED.has(key) && Array.isArray(value) ? [...(value as unknown[])] : value,
      );
    }
  }

  private isGrowing(key: string): boolean {
    return key === 'input' || (key === 'content' && this.fields['type'] === 'compaction');
  }
}

/** Arrays of these fields come piece by piece. */
const COLLECTED: ReadonlySet<string> = new Set(['citations', 'non_standard']);
