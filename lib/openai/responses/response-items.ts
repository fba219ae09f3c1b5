import { isRecord } from '../../core/internal/is-record.js';
import type { Json } from '../../http/decoder/json.js';
import type { ToolArguments } from '../../http/decoder/tool-arguments.js';

/** @internal The kind of block that a text becomes. */
export type TextKind = 'text' | 'refusal' | 'thinking';

/** @internal A part of an item whose text grows: one of a message's contents, or of a reasoning's summaries. */
export interface Part {
  readonly kind: TextKind;
  readonly index: number;
  /** Characters emitted: a `done` event repeats the whole. */
  length: number;
}

/** @internal One call while its pieces arrive. */
export interface OpenCall {
  readonly index: number;
  readonly position: number;
  readonly id: string;
  readonly name: string;
  /** Custom tools take text instead of a JSON object. */
  readonly isCustom: boolean;
  readonly args: ToolArguments;
  /** Characters of the arguments so far: a `done` event repeats the whole. */
  length: number;
}

/** @internal One item of a response while its events arrive. */
export interface Item {
  readonly parts: Map<string, Part>;
  /** The call that the item is. */
  call?: OpenCall;
  isDone: boolean;
}

/**
 * @internal The items of a response. An event belongs to an item by `output_index`, not by the item's id, which some
 * servers change with every event; without either it belongs to the last item.
 */
export class ResponseItems {
  readonly #items = new Map<unknown, Item>();
  #last: Item | undefined;

  /** Returns the item of an event, a new one for a new index. */
  of(event: Json): Item {
    const key = keyOf(event['output_index']) ?? event['item_id'] ?? idIn(event['item']);
    const known = key === undefined ? this.#last : this.#items.get(key);
    if (known !== undefined) return known;
    const item: Item = { parts: new Map(), isDone: false };
    this.#items.set(key ?? item, item);
    return (this.#last = item);
  }

  /** What stands for `output_index` of an item in the final response, whose events may have had no index. */
  indexOf(item: unknown, outputIndex: number): unknown {
    return this.#items.has(outputIndex) ? outputIndex : (idIn(item) ?? outputIndex);
  }
}

/** Some servers write the index as a string. */
function keyOf(index: unknown): unknown {
  return typeof index === 'string' && /^\d{1,9}$/.test(index) ? Number(index) : index;
}

function idIn(item: unknown): unknown {
  return isRecord(item) ? item['id'] : undefined;
}
