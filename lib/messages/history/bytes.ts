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

/** @internal The bytes of base64 or base64url, with or without padding and line breaks; undefined if it is neither. */
export function decodeBase64(base64: string): Uint8Array | undefined {
  const compact = toPlainBase64(base64);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined;
  const unpadded = compact.replace(/=+$/, '');
  if (unpadded.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(unpadded), (character) => character.charCodeAt(0));
}

/** @internal Base64 in the one alphabet that APIs take, without line breaks. */
export function toPlainBase64(base64: string): string {
  return /[\s\-_]/.test(base64)
    ? base64.replace(/\s+/g, '').replace(/-/g, '+').replace(/_/g, '/')
    : base64;
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
