/** A JSON object whose fields are not known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** @internal The value if it is a string with something in it. */
export function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** @internal The items of a list; servers write a list of one item also as the item itself. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null || Array.isArray(value) ? arrayOf(value) : [value];
}

/** @internal The value if it is an array; else an empty one. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
