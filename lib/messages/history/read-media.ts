import { describeValue } from '../../core/internal/describe-value.js';
import { bytesToBase64, decodeBase64, repairBase64 } from './bytes.js';
import { readDataUrl } from './data-url.js';
import { asFields, firstString } from './fields.js';
import { charsetOf, isTextType, plainMediaType, sniffMediaType } from './media-type.js';
import type { Fields, MediaPart, MediaSource } from './part.js';
import { refusal } from './refusal.js';

/** @internal The types under which libraries have media, and the kind that each means where no media type says it. */
export const MEDIA_KINDS: ReadonlyMap<string, MediaPart['kind']> = new Map([
  ['image', 'image'],
  ['image_url', 'image'],
  ['input_image', 'image'],
  ['image-data', 'image'],
  ['image-url', 'image'],
  ['image-file-id', 'image'],
  ['audio', 'audio'],
  ['input_audio', 'audio'],
  ['video', 'video'],
  ['file', 'file'],
  ['input_file', 'file'],
  ['document', 'file'],
  ['text-plain', 'file'],
  ['media', 'file'],
  ['file-data', 'file'],
  ['file-url', 'file'],
  ['file-id', 'file'],
  ['resource', 'file'],
]);

/**
 * @internal The picture or file in a block of any library: LangChain's `data`, `url`, `fileId` or `text` in both spellings,
 * Anthropic's `source`, OpenAI's `image_url`, `file` and `input_*`, the AI SDK's `image` and `data`, MCP's `resource`.
 * Data may be base64, a `data:` URL, text, or bytes.
 */
export function readMedia(type: string, own: Fields, at: string, provider: string): MediaPart {
  const holders = ['source', 'file', 'input_audio', 'resource', 'image_url', 'data', 'image']
    .map((name) => asFields(own[name]))
    .filter((holder) => holder !== undefined);
  const pick = (...names: readonly string[]): unknown => {
    for (const holder of [own, ...holders])
      for (const name of names) if (holder[name] != null) return holder[name];
    return undefined;
  };
  const said = firstString(pick('mimeType', 'mime_type', 'mediaType', 'media_type'));
  const found = findSource(own, holders, pick, provider);
  if (found === undefined)
    throw refusal(
      at,
      `a block of type ${describeValue(type)} has no data, url, text or file id`,
      'Give it one of them',
    );
  const { source, mediaType: shown } = settleSource(found, said, at);
  if ('base64' in source && source.base64 === '')
    throw refusal(at, 'its data is empty', 'Leave it out');
  const format = firstString(asFields(own['input_audio'])?.['format']);
  const sniffed = 'base64' in source ? sniffMediaType(source.base64) : undefined;
  const mediaType =
    trueMediaType(plainMediaType(said) ?? plainMediaType(shown), sniffed) ??
    (format === undefined ? undefined : `audio/${format}`) ??
    (type === 'text-plain' || 'text' in source ? 'text/plain' : undefined);
  return {
    type: 'media',
    at,
    own,
    kind: kindOf(mediaType) ?? MEDIA_KINDS.get(type) ?? 'file',
    source,
    mediaType,
    title: firstString(pick('title', 'filename', 'name')) || undefined,
  };
}

/** A picture that was renamed has the type that its bytes show: APIs look at them, and refuse the other one. */
function trueMediaType(said: string | undefined, sniffed: string | undefined): string | undefined {
  const isPicture = said?.startsWith('image/') === true && sniffed?.startsWith('image/') === true;
  return isPicture ? sniffed : (said ?? sniffed);
}

/** `payload` is a string that may be several things, `bytes` the base64 of binary data. */
type Found = { readonly payload: string } | { readonly bytes: string } | MediaSource;

function findSource(
  own: Fields,
  holders: readonly Fields[],
  pick: (...names: readonly string[]) => unknown,
  provider: string,
): Found | undefined {
  const { type: sourceType, data: sourceData } = asFields(own['source']) ?? {};
  // Anthropic has the text of a document under `data`.
  if (sourceType === 'text' && typeof sourceData === 'string') return { text: sourceData };
  for (const name of ['data', 'image', 'blob', 'file_data']) {
    for (const { [name]: payload } of [own, ...holders]) {
      if (typeof payload === 'string') return { payload };
      const bytes = bytesToBase64(payload);
      if (bytes !== undefined) return { bytes };
      if (isUrl(payload)) return { payload: payload.href };
    }
  }
  const imageUrl = own['image_url'];
  const url =
    (typeof imageUrl === 'string' ? imageUrl : undefined) ?? pick('url', 'file_url', 'uri');
  const text = pick('text');
  const isResource = asFields(own['resource']) !== undefined;
  if (typeof text === 'string' && (isResource || url === undefined)) return { text };
  if (typeof url === 'string') return { payload: url };
  if (isUrl(url)) return { payload: url.href };
  const given =
    pick('fileId', 'file_id', 'reference') ?? (own['source_type'] === 'id' ? own['id'] : undefined);
  const fileId = asFields(given)?.[provider] ?? given;
  return typeof fileId === 'string' ? { fileId } : undefined;
}

function settleSource(
  found: Found,
  said: string | undefined,
  at: string,
): { source: MediaSource; mediaType?: string } {
  if ('bytes' in found) return { source: textual(found.bytes, said) };
  if (!('payload' in found)) return { source: found };
  const { payload } = found;
  const dataUrl = readDataUrl(payload);
  if (dataUrl !== undefined) {
    const { mediaType } = dataUrl;
    const base64 = validBase64(dataUrl.base64, at);
    const isSaid = isTextType(plainMediaType(said)) && !isTextType(plainMediaType(mediaType));
    return { source: textual(base64, isSaid ? said : mediaType), mediaType };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(payload)) return { source: { url: payload } };
  if (!isTextType(plainMediaType(said)))
    return { source: { base64: validBase64(repairBase64(payload), at) } };
  // LangChain has the text itself under `data`, others its base64: it is base64 only if text comes of it.
  const bytes = decodeBase64(payload);
  const text = bytes && decodeText(bytes, charsetOf(said), true);
  return { source: { text: text ?? payload } };
}

function validBase64(base64: string | undefined, at: string): string {
  if (base64 === undefined)
    throw refusal(
      at,
      'its data is no valid base64',
      'Give the bytes themselves, their base64, a data: URL, or an address',
    );
  return base64;
}

/** Bytes of a text type are its text. */
function textual(base64: string, mediaType: string | undefined): MediaSource {
  if (!isTextType(plainMediaType(mediaType))) return { base64 };
  const bytes = decodeBase64(base64);
  return bytes === undefined
    ? { base64 }
    : { text: decodeText(bytes, charsetOf(mediaType), false) ?? '' };
}

/** Undefined for bytes that are no text, where they must be. */
function decodeText(bytes: Uint8Array, charset: string, fatal: boolean): string | undefined {
  try {
    const text = decoderFor(charset, fatal).decode(bytes);
    // eslint-disable-next-line no-control-regex -- these are what text does not have
    return fatal && /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** An unknown character set is read as UTF-8. */
function decoderFor(charset: string, fatal: boolean): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal });
  } catch {
    return new TextDecoder('utf-8', { fatal });
  }
}

function kindOf(mediaType: string | undefined): MediaPart['kind'] | undefined {
  const [family] = mediaType?.split('/') ?? [];
  if (family === 'image' || family === 'audio' || family === 'video') return family;
  return mediaType === undefined ? undefined : 'file';
}

function isUrl(value: unknown): value is URL {
  return Object.prototype.toString.call(value) === '[object URL]';
}
