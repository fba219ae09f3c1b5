/** Strings are skipped, so that only numbers are looked at; one without an end up to the end, and not once for each quote. */
const TOKEN = /"(?:[^"\\]|\\[^])*"?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * @internal Whether a JSON text has an integer that a JavaScript number cannot hold: beyond 2^53 digits are lost. Linear in
 * the text, and done at once where no number is that long.
 */
export function hasUnsafeInteger(json: string): boolean {
  if (!/\d{16}/.test(json)) return false;
  for (const [token] of json.matchAll(TOKEN))
    if (/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))) return true;
  return false;
}
