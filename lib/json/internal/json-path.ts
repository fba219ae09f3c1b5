/**
 * Where something is in a JSON value: keys and indexes, joined by dots (`'items.0.title'`), or as an array if a key
 * holds a dot (`['a.b', 0]`). `*` is every element of an array or every member of an object; `''` is the whole value.
 */
export type JsonPath = string | readonly PathSegment[];

/** A key, an index or `*`. */
export type PathSegment = string | number;

/** @internal The keys on the way. Throws `TypeError` for what is no path. */
export function parsePath(path: JsonPath): readonly string[] {
  if (path === '') return [];
  const segments: unknown = typeof path === 'string' ? path.split('.') : path;
  if (!Array.isArray(segments) || (typeof path === 'string' && segments.includes(''))) {
    throw new TypeError(
      `path must be keys joined by dots, or an array of keys, not ${JSON.stringify(path)}`,
    );
  }
  return segments.map((segment: unknown) => {
    if (typeof segment === 'string') return segment;
    if (typeof segment === 'number' && isIndex(segment)) return String(segment);
    throw new TypeError(`path must hold keys and indexes, not ${JSON.stringify(segment)}`);
  });
}

/** @internal An own member of an object or an element of an array; undefined where there is none. */
export function memberAt(value: unknown, key: PathSegment): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value) && !isIndex(key)) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<PathSegment, unknown>)[key] : undefined;
}

/** @internal What a segment of a path stands for in a value: keys of an object or indexes of an array. */
export function keysAt(value: unknown, segment: string): PathSegment[] {
  if (typeof value !== 'object' || value === null) return [];
  if (segment !== '*')
    return [Array.isArray(value) && isIndex(segment) ? Number(segment) : segment];
  return Array.isArray(value) ? [...value.keys()] : Object.keys(value);
}

/** @internal Those keys of `next` whose member is there and not the same in `previous`. */
export function changedKeys(previous: unknown, next: unknown, segment: string): PathSegment[] {
  if (previous === next) return [];
  if (segment !== '*' || !Array.isArray(next) || !Array.isArray(previous)) {
    return keysAt(next, segment).filter((key) => {
      const value = memberAt(next, key);
      return value !== undefined && value !== memberAt(previous, key);
    });
  }
  const changed: number[] = [];
  for (let at = 0; at < next.length; at++) if (next[at] !== previous[at]) changed.push(at);
  return changed;
}

/** @internal Whether a key is that of an array's element. */
export function isIndex(key: PathSegment): boolean {
  return /^(0|[1-9]\d*)$/.test(String(key));
}

/** The type of what is at a path, `unknown` where the types do not say. */
export type ValueAt<T, P extends JsonPath> =
  string extends SegmentOf<P>
    ? unknown
    : P extends string
      ? Descend<T, Split<P>>
      : P extends readonly PathSegment[]
        ? Descend<T, P>
        : unknown;

/** A segment of a path or a path as a string: `string` where it is not known until run time. */
export type SegmentOf<P extends JsonPath> = P extends readonly PathSegment[] ? P[number] : P;

type Split<P extends string> = P extends ''
  ? []
  : P extends `${infer Head}.${infer Rest}`
    ? [Head, ...Split<Rest>]
    : [P];

type Descend<T, Segments extends readonly unknown[]> = Segments extends readonly [
  infer Head,
  ...infer Rest,
]
  ? Descend<Member<T, Head>, Rest>
  : Exclude<T, undefined>;

type Member<T, Key> = unknown extends T
  ? unknown
  : T extends readonly (infer Element)[]
    ? Key extends '*' | number | `${number}`
      ? Element
      : never
    : T extends object
      ? Key extends '*'
        ? T[keyof T]
        : Key extends keyof T
          ? T[Key]
          : Key extends `${infer Index extends number & keyof T}`
            ? T[Index]
            : never
      : never;
