import { encodeBase64, repairBase64 } from './bytes.js';

/** @internal */
export interface DataUrl {
  readonly mediaType: string;
  /** Undefined where the URL says that its data is base64, and it is not. */
  readonly base64: string | undefined;
}

/**
 * @internal The content of a `data:` URL, with or without parameters and `;base64`; undefined for any other string.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2397
 */
export function readDataUrl(url: string): DataUrl | undefined {
  if (!/^data:/i.test(url)) return undefined;
  const comma = url.indexOf(',');
  if (comma === -1) return undefined;
  const parameters = url.slice('data:'.length, comma).split(';');
  const isBase64 = parameters.at(-1)?.trim().toLowerCase() === 'base64';
  if (isBase64) parameters.pop();
  const data = url.slice(comma + 1);
  return {
    // A URL that names no type is plain text.
    mediaType: parameters[0]?.trim() === '' ? 'text/plain' : parameters.join(';'),
    base64: isBase64 ? repairBase64(unescapeText(data)) : encodeBase64(unescapeBytes(data)),
  };
}

function unescapeText(data: string): string {
  return data.includes('%') ? new TextDecoder().decode(unescapeBytes(data)) : data;
}

/** A `%` that begins no escape stands for itself, as browsers read it. */
function unescapeBytes(data: string): Uint8Array {
  const bytes: number[] = [];
  for (const piece of data.split(/(%[0-9a-f]{2})/i)) {
    if (/^%[0-9a-f]{2}$/i.test(piece)) bytes.push(Number.parseInt(piece.slice(1), 16));
    else for (const byte of new TextEncoder().encode(piece)) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
