/** @internal How deep a client's input may nest: as deep as {@link readRunRequest} takes a body. */
export const MAX_NESTING = 64;

/**
 * @internal Throws a `TypeError` for a value that nests deeper, before anything recurses into it, and for one that cannot be
 * read: what a getter throws may quote its data.
 */
export function checkNesting(value: unknown, most = MAX_NESTING): void {
  const open: [value: unknown, depth: number][] = [[value, 1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [inner, depth] = next;
    if (typeof inner !== 'object' || inner === null || ArrayBuffer.isView(inner)) continue;
    if (depth > most) throw new TypeError(`the input nests deeper than ${most} levels`);
    for (const each of valuesOf(inner)) open.push([each, depth + 1]);
  }
}

function valuesOf(inner: object): readonly unknown[] {
  try {
    return Object.values(inner);
  } catch {
    throw new TypeError('the input cannot be read');
  }
}
