/**
 * A value of type `T` while it arrives: members may be missing, arrays and strings short (also those of a union of
 * literals, so that `'red' | 'green'` is a string until it is whole).
 *
 * @example
 * type Growing = DeepPartial<{ title: string; tags: ('a' | 'b')[] }>; // { title?: string; tags?: string[] }
 */
export type DeepPartial<T> = T extends string
  ? string
  : T extends readonly unknown[]
    ? PartialArray<T>
    : T extends object
      ? { [K in keyof T]?: DeepPartial<T[K]> }
      : T;

/** A tuple may be cut off; of any other array nothing but its elements changes. */
type PartialArray<T extends readonly unknown[]> = number extends T['length']
  ? { [K in keyof T]: DeepPartial<T[K]> }
  : { [K in keyof T]?: DeepPartial<T[K]> };
