/**
 * @internal Whether an error says that somebody has stopped the run: an `AbortError`, or the `cancelled` of a durable run, also as
 * the plain data that events have.
 */
export function isCancellation(error: unknown): boolean {
  try {
    const { name, code } = Object(error) as { readonly name?: unknown; readonly code?: unknown };
    return name === 'AbortError' || (name === 'RxlmError' && code === 'cancelled');
  } catch {
    return false;
  }
}
