/**
 * @internal An array or object that is still open. Only copies of it are given out until it closes.
 *
 * `cost` is what copying it takes, in units of about two nanoseconds (measured on Node 20).
 */
export interface Draft {
  readonly isArray: boolean;
  readonly value: object;
  readonly cost: number;
  /** What snapshots show of it. */
  shown: object | undefined;
  /** Puts a value in the open place, instead of what is there. */
  set(value: unknown): void;
  /** Goes on to the place behind. */
  next(): void;
  copy(): object;
}

const CONTAINER_COST = 8;

/** @internal */
export class ArrayDraft implements Draft {
  readonly isArray = true;
  readonly value: unknown[] = [];
  cost = CONTAINER_COST;
  shown: object | undefined;
  #length = 0;

  set(value: unknown): void {
    this.value[this.#length] = value;
  }

  next(): void {
    this.#length++;
    // Larger ones are allocated one by one.
    this.cost += this.#length < 16_384 ? 1 : 4;
  }

  copy(): object {
    return this.value.slice();
  }
}

/** How many computed keys V8 assigns to an object before it makes it a hash table. */
const FEW = 12;
/** How many members an object may have before V8 makes it a hash table anyway. */
const MANY = 128;

const PLAIN = { writable: true, enumerable: true, configurable: true } as const;

/** @internal */
export class ObjectDraft implements Draft {
  readonly isArray = false;
  readonly value: Record<string, unknown> = {};
  key = '';
  cost = CONTAINER_COST;
  shown: object | undefined;
  #size = 0;

  set(value: unknown): void {
    // Assigning `__proto__` would change the prototype, and a hash table takes ten times as long to copy.
    if (this.key !== '__proto__' && this.#size < FEW) this.value[this.key] = value;
    else Object.defineProperty(this.value, this.key, { value, ...PLAIN });
  }

  next(): void {
    this.#size++;
    if (this.#size < FEW) this.cost += 4;
    else this.cost += this.#size < MANY ? 16 : 200;
  }

  copy(): object {
    return { ...this.value };
  }
}
