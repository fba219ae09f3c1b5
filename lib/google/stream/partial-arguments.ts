import { isRecord } from '../../core/internal/is-record.js';
import type { Json } from '../../http/decoder/json.js';
import { setOwn } from '../../messages/internal/set-own.js';

type Key = string | number;

/** An object or array that is being written, and where it stands in the one around it. */
interface Open {
  readonly key: Key;
  readonly isArray: boolean;
  /** The keys that it has so far; of an array their number is its length. */
  readonly keys: Set<Key>;
}

/** The value that an argument has, under the name of its type. */
const VALUES = ['stringValue', 'numberValue', 'boolValue', 'nullValue'] as const;

/**
 * @internal The arguments of one call that come as values at JSON paths, written as JSON text that grows:
 * `{ jsonPath: '$.city', stringValue: 'Gr', willContinue: true }`.
 *
 * Values come in the order of the document. Where one does not, the text cannot grow any more: `whole` then has all values
 * in their places.
 */
export class PartialArguments {
  readonly #stack: Open[] = [];
  readonly #fail: (problem: string) => Error;
  /** The path of a string whose end has not come. */
  #growing: string | undefined;
  #tree: Json | undefined;

  /** @param fail Makes the error of a path that cannot be read. */
  constructor(fail: (problem: string) => Error) {
    this.#fail = fail;
  }

  /** Whether the last string is not finished. */
  get isOpen(): boolean {
    return this.#growing !== undefined;
  }

  /** Adds a value; `text` is what has been written so far. Returns what is to be appended to it. */
  add(argument: unknown, text: () => string): string {
    if (!isRecord(argument)) return '';
    const { jsonPath, willContinue } = argument;
    const name = VALUES.find((each) => argument[each] !== undefined);
    if (typeof jsonPath !== 'string' || name === undefined) return '';
    const value = name === 'nullValue' ? null : argument[name];
    const goesOn = this.#growing === jsonPath && typeof value === 'string';
    let written = goesOn ? '' : this.#endString();
    const opened = goesOn || this.#tree !== undefined ? '' : this.#tryOpen(this.#read(jsonPath));
    if (opened === undefined) {
      const before = `${text()}${written}`;
      this.#tree = JSON.parse(before === '' ? '{}' : before + this.#closers(0)) as Json;
    }
    if (this.#tree !== undefined) {
      this.#place(jsonPath, value, goesOn);
      written = '';
    } else if (goesOn) written = inner(value);
    else
      written += `${opened ?? ''}${typeof value === 'string' ? `"${inner(value)}` : JSON.stringify(value)}`;
    if (typeof value !== 'string') return written;
    this.#growing = jsonPath;
    return willContinue === true ? written : `${written}${this.#endString()}`;
  }

  /** What is still to be written when all values have come. */
  end(): string {
    if (this.#tree !== undefined) return '';
    const ended = this.#endString();
    return this.#stack.length === 0 ? '' : `${ended}${this.#close(0)}`;
  }

  /** The JSON text where what was written is not all; else undefined. */
  get whole(): string | undefined {
    return this.#tree === undefined ? undefined : JSON.stringify(this.#tree);
  }

  #endString(): string {
    const isOpen = this.#growing !== undefined && this.#tree === undefined;
    this.#growing = undefined;
    return isOpen ? '"' : '';
  }

  /** Writes all that stands before a value; undefined where its place has been passed. */
  #tryOpen(path: readonly Key[]): string | undefined {
    const parents: readonly Key[] = ['', ...path.slice(0, -1)];
    let common = 0;
    while (common < this.#stack.length && this.#stack[common]?.key === parents[common]) common += 1;
    const kept = this.#stack[common - 1];
    const next = path[Math.max(0, common - 1)] as Key;
    const opens = path.slice(common);
    const begins = opens.every((key) => typeof key === 'string' || key === 0);
    if (!begins || (kept !== undefined && !fits(kept, next))) return undefined;
    let written = this.#close(common);
    for (const [depth, key] of [...parents.entries()].slice(common)) {
      const isArray = typeof path[depth] === 'number';
      if (depth > 0) written += this.#keyOf(key);
      written += isArray ? '[' : '{';
      this.#stack.push({ key, isArray, keys: new Set() });
    }
    return `${written}${this.#keyOf(path.at(-1) as Key)}`;
  }

  /** The comma and the name before a value of the innermost container. */
  #keyOf(key: Key): string {
    const open = this.#stack.at(-1);
    const comma = (open?.keys.size ?? 0) > 0 ? ',' : '';
    open?.keys.add(key);
    return open?.isArray === true ? comma : `${comma}${JSON.stringify(String(key))}:`;
  }

  #closers(from: number): string {
    return this.#stack
      .slice(from)
      .reverse()
      .map(({ isArray }) => (isArray ? ']' : '}'))
      .join('');
  }

  #close(from: number): string {
    const closers = this.#closers(from);
    this.#stack.length = from;
    return closers;
  }

  #place(jsonPath: string, value: unknown, goesOn: boolean): void {
    const path = this.#read(jsonPath);
    let at: object = this.#tree ?? {};
    for (const [depth, key] of path.entries()) {
      const before = Object.hasOwn(at, key) ? (at as Json)[key] : undefined;
      if (Array.isArray(at) && (typeof key !== 'number' || key > at.length))
        throw this.#fail('a call has an argument outside of its array');
      if (depth === path.length - 1)
        setOwn(at, String(key), goesOn ? `${String(before)}${String(value)}` : value);
      else if (typeof before === 'object' && before !== null) at = before;
      else {
        const made = typeof path[depth + 1] === 'number' ? [] : {};
        setOwn(at, String(key), made);
        at = made;
      }
    }
  }

  /** `$.a.b[0]['c d']` as its keys. */
  #read(jsonPath: string): readonly Key[] {
    const keys: Key[] = [];
    const step = /\.([^.[\]]+)|\[(\d{1,9})\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/gy;
    step.lastIndex = 1;
    for (let match = step.exec(jsonPath); match !== null; match = step.exec(jsonPath)) {
      const [all, name, index, single, double] = match;
      keys.push(
        index === undefined
          ? (name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1'))
          : Number(index),
      );
      if (step.lastIndex === jsonPath.length) break;
      if (all === '') break;
    }
    const isWhole = jsonPath.startsWith('$') && step.lastIndex === jsonPath.length;
    if (!isWhole || typeof keys[0] !== 'string')
      throw this.#fail('a call has an argument whose path is none');
    return keys;
  }
}

/** Whether a key is one that may come next. */
function fits({ isArray, keys }: Open, key: Key): boolean {
  return isArray ? key === keys.size : typeof key === 'string' && !keys.has(key);
}

function inner(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
