import type { ToolCallChunk } from './tool-call.js';

/** A piece of a call as sources give it, which may number their calls or not. */
export type CallPiece = Omit<ToolCallChunk, 'index'> & { readonly index?: number | undefined };

interface Place {
  readonly number: number;
  id: string | undefined;
  name: string | undefined;
}

/**
 * @internal Says to which call of a message a piece belongs: by its index, else by its id, else it goes on with the call
 * before it. A new call begins under an index that is in use where a piece has another id and a name, and, where sources
 * give neither index nor id, with each name.
 */
export class CallNumbers {
  readonly #byIndex = new Map<number, Place>();
  readonly #byId = new Map<string, Place>();
  readonly #taken = new Set<number>();
  #last: Place | undefined;
  #free = 0;

  /** The number of the call that the next piece belongs to: its index, unless it has none or another call has that. */
  next({ index, id, name }: CallPiece): number {
    const hasIndex = typeof index === 'number';
    let place = hasIndex
      ? this.#byIndex.get(index)
      : isText(id)
        ? this.#byId.get(id)
        : isText(name) && isText(this.#last?.name)
          ? undefined
          : this.#last;
    if (place !== undefined && isText(name) && isText(id) && isText(place.id) && place.id !== id)
      place = undefined;
    place ??= this.#begin(index);
    if (isText(name)) place.name = name;
    if (hasIndex) this.#byIndex.set(index, place);
    if (isText(id)) {
      place.id = id;
      this.#byId.set(id, place);
    }
    this.#last = place;
    return place.number;
  }

  #begin(wanted: number | undefined): Place {
    const number = typeof wanted === 'number' && !this.#taken.has(wanted) ? wanted : this.#free;
    this.#taken.add(number);
    this.#free = Math.max(this.#free, number + 1);
    return { number, id: undefined, name: undefined };
  }
}

function isText(value: string | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
