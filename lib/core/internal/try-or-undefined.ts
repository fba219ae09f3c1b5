/**
 * @internal What `make` gives, undefined where it throws: for what is only shown, and must not stand in for the
 * failure or the ending that it is shown with.
 */
export function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
