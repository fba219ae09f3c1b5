/** @internal The SHA-256 of a value's JSON, in hex: a name that gives nothing of the value away. */
export async function hashOf(value: unknown): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const hash = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', text));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
