/**
 * @internal Binary data as base64: a typed array, an `ArrayBuffer`, and what JSON makes of a `Buffer` or a `Uint8Array`.
 * Undefined for anything else.
 */
export function bytesToBase64(value: unknown): string | undefined {
  const bytes = bytesOf(value);
  return bytes === undefined ? undefined : encodeBase64(bytes);
}

/** @internal */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  // `apply` takes a limited number of arguments.
  for (let i = 0; i < bytes.length; i += STEP)
    binary += String.fromCharCode(...bytes.subarray(i, i + STEP));
  return btoa(binary);
}

const STEP = 0x2000;

/** @internal The bytes of base64 in any spelling that {@link repairBase64} reads; undefined for other text. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const base64 = repairBase64(text);
  if (base64 === undefined) return undefined;
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * @internal Base64 as APIs take it, in the standard alphabet, padded and without whitespace; from text that may be base64url,
 * broken into lines, or without its padding. Undefined for text that is no base64.
 */
export function repairBase64(text: string): string | undefined {
  const compact = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  const length = unpaddedLength(compact);
  const rest = length % 4;
  // A search for one wrong character needs no backtracking, however long the text is.
  const wrong = /[^A-Za-z0-9+/]/.exec(compact);
  const padded = compact.length - length;
  if (rest === 1 || padded > 2 || (padded > 0 && length === 0)) return undefined;
  const padding = PADDING[rest] ?? '';
  if (wrong === null || wrong.index === length)
    return compact.length === length + padding.length
      ? compact
      : compact.slice(0, length) + padding;
  const plain = compact.slice(0, length).replace(/-/g, '+').replace(/_/g, '/');
  // A text of both alphabets is neither.
  if (/[^A-Za-z0-9+/]/.test(plain) || /[+/]/.test(compact)) return undefined;
  return plain + padding;
}

const PADDING = ['', '', '==', '='];

function unpaddedLength(text: string): number {
  let length = text.length;
  while (text.charAt(length - 1) === '=') length -= 1;
  return length;
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value !== 'object' || value === null) return undefined;
  // Another realm's ArrayBuffer is none of this one's.
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object ArrayBuffer]' || tag === '[object SharedArrayBuffer]')
    return new Uint8Array(value as ArrayBuffer);
  const { type, data } = value as { type?: unknown; data?: unknown };
  if (type === 'Buffer' && isByteList(data)) return Uint8Array.from(data);
  if (Array.isArray(value)) return undefined;
  const list = Object.values(value);
  const isList = list.length > 0 && Object.keys(value).every((key, i) => key === String(i));
  return isList && isByteList(list) ? Uint8Array.from(list) : undefined;
}

function isByteList(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.every((byte) => Number.isInteger(byte) && (byte as number) >= 0 && (byte as number) < 256)
  );
}
