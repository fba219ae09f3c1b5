/**
 * The error as plain data, as events and pages show it: its name, message and public fields, never its stack.
 *
 * @example
 * errorToJson(new RangeError('too far')) // => { name: 'RangeError', message: 'too far' }
 */
export function errorToJson(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error) && !isErrorLike(error))
    return { name: 'Error', message: String(error) };
  if ('toJSON' in error && typeof error.toJSON === 'function') {
    const json: unknown = error.toJSON();
    if (typeof json === 'object' && json !== null) return { ...json };
  }
  return { name: error.name, message: error.message };
}

/** A DOMException, or an error of another realm. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value;
}
