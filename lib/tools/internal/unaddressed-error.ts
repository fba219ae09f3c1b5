/** Not enumerable: it is no part of a message or an error as data. */
const UNADDRESSED = Symbol.for('rxlm.unaddressedError');

/** @internal The same object, with the error of a tool's function whose text is not addressed to the model. */
export function withUnaddressed<T extends object>(value: T, error: unknown): T {
  return Object.defineProperty(value, UNADDRESSED, { value: { error } });
}

/** @internal The error of a tool's function that the result of a call, or the tool's own error, says nothing of. */
export function unaddressedIn(value: unknown): { readonly error: unknown } | undefined {
  return (Object(value) as { readonly [UNADDRESSED]?: { readonly error: unknown } })[UNADDRESSED];
}
