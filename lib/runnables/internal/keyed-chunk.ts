import { map, type OperatorFunction, takeLast } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import { ACCUMULATOR, type Accumulator } from '../../core/fold-chunks.js';
import { Folding } from '../../core/run/fold-as-it-passes.js';
import { setOwn } from '../../messages/internal/set-own.js';
import { accumulates, letsLastStand, passOrFold } from './pass-or-fold.js';

type Fold = OperatorFunction<never, unknown>;
type Keyed = Readonly<Record<string, unknown>>;

const SHAPE: unique symbol = Symbol.for('rxlm.shape');

/** @internal A piece of an object that arrives key by key. It knows the fold of each of its keys. */
export interface KeyedChunk extends Keyed {
  readonly [SHAPE]: KeyedShape;
}

/** The keys of an object that arrives key by key, in their order, with the fold of each. */
interface KeyedKeys {
  readonly keys: readonly string[];
  readonly foldOf: (key: string) => Fold;
}

/**
 * @internal The shape of an object that arrives key by key: its keys in order, and the fold of each.
 *
 * Its chunks look like plain objects; their prototype has the shape.
 */
export class KeyedShape<out C = KeyedChunk> {
  readonly keys: readonly string[];
  readonly foldOf: (key: string) => Fold;
  readonly #prototype: object;

  constructor(
    keys: readonly string[],
    foldOf: (key: string) => Fold,
    accumulate: (shape: KeyedKeys) => Accumulator<KeyedChunk, unknown> = (shape) =>
      new KeyedAccumulator(shape),
  ) {
    this.keys = keys;
    this.foldOf = foldOf;
    this.#prototype = { [SHAPE]: this, [ACCUMULATOR]: () => accumulate(this) };
  }

  /** The chunk that adds to one key. */
  chunk(key: string, piece: unknown): C {
    // Four times as fast as an object literal with a prototype.
    const chunk = Object.create(this.#prototype) as object;
    setOwn(chunk, key, piece);
    return chunk as C;
  }

  /** The chunk that adds to the keys of `pieces`. */
  chunkOf(pieces: Keyed): C {
    const chunk = Object.create(this.#prototype) as object;
    for (const key of Object.keys(pieces)) setOwn(chunk, key, pieces[key]);
    return chunk as C;
  }
}

/** @internal An object that grows key by key. Its keys are in the order of its shapes, not in the order of arrival. */
export class KeyedAccumulator implements Accumulator<KeyedChunk, unknown> {
  readonly #parts = new Map<string, Folding<unknown, unknown> | undefined>();
  #shape: KeyedKeys | undefined;

  constructor(shape: KeyedKeys) {
    this.#take(shape);
  }

  add(chunk: KeyedChunk): void {
    const shape = chunk[SHAPE];
    if (shape !== this.#shape) this.#take(shape);
    for (const key of Object.keys(chunk)) {
      let part = this.#parts.get(key);
      if (part === undefined) {
        part = new Folding(shape.foldOf(key) as OperatorFunction<unknown, unknown>);
        this.#parts.set(key, part);
      }
      part.add(chunk[key]);
    }
  }

  get whole(): unknown {
    const whole = {};
    for (const [key, part] of this.#parts) {
      if (part !== undefined) setOwn(whole, key, part.end());
    }
    return whole;
  }

  #take(shape: KeyedKeys): void {
    this.#shape = shape;
    for (const key of shape.keys) if (!this.#parts.has(key)) this.#parts.set(key, undefined);
  }
}

/** @internal The shape of an object that did not arrive key by key: the latest value of each key counts. */
export const SNAPSHOT = /* @__PURE__ */ new KeyedShape([], () => takeLast(1));

/**
 * @internal Emits growing objects of any kind key by key. Objects whose last value counts, such as growing JSON, pass as
 * they are; objects with another fold are emitted whole, at the end.
 */
export function toKeyed(fold: Fold, taker: string): OperatorFunction<unknown, KeyedChunk> {
  const replaces = letsLastStand(fold);
  return (chunks$) =>
    chunks$.pipe(
      passOrFold(
        () => fold,
        (chunk) => isKeyed(chunk) || (replaces && !accumulates(chunk)),
      ),
      map((chunk) => (isKeyed(chunk) ? chunk : SNAPSHOT.chunkOf(checkObject(chunk, taker)))),
    );
}

/** @internal The same chunk with only the keys for which `keep` is true. */
export function filterKeys(chunk: KeyedChunk, keep: (key: string) => boolean): KeyedChunk {
  const kept = Object.entries(chunk).filter(([key]) => keep(key));
  return chunk[SHAPE].chunkOf(Object.fromEntries(kept));
}

/** @internal How a key of this chunk is folded. */
export function foldOfKey(chunk: KeyedChunk, key: string): Fold {
  return chunk[SHAPE].foldOf(key);
}

/** @internal Returns the object. Throws a `TypeError` that names the runnable for anything else. */
export function checkObject(value: unknown, taker: string): Keyed {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${taker} takes an object, got ${describeValue(value)}`);
  }
  return value as Keyed;
}

function isKeyed(chunk: unknown): chunk is KeyedChunk {
  return typeof chunk === 'object' && chunk !== null && SHAPE in chunk;
}
