/**
 * A new UUID v7: unique, and sorted by the millisecond it was made in.
 *
 * @see RFC 9562, section 5.7
 * @example
 * newRunId().length // => 36
 */
export function newRunId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  // A v4 UUID brings its variant and 74 random bits along, from the platform's own pool.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUuid().slice(15)}`;
}

function randomUuid(): string {
  const { crypto } = globalThis;
  // A page that is not served over https has no `randomUUID`.
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const hex = Array.from(getRandomBytes(), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function getRandomBytes(): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(16));
}
