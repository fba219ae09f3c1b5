/** Not enumerable, so that it is not part of a message or an error as data. */
const UNADDRESSED = Symbol.for('rxlm.unaddressedError');

/** @internal Attaches the error of a tool's function, whose text is not meant for the model. */
export function withUnaddressed<T extends object>(value: T, error: unknown): T {
  return Object.defineProperty(value, UNADDRESSED, { value: { error } });
}

/** @internal The attached error of a tool's function, which the result or `ToolError` does not show. */
export function unaddressedIn(value: unknown): { readonly error: unknown } | undefined {
  return (Object(value) as { readonly [UNADDRESSED]?: { readonly error: unknown } })[UNADDRESSED];
}
