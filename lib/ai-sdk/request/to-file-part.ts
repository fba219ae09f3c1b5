import type { Json } from '../../http/decoder/json.js';
import type { MediaPart } from '../../messages/history/part.js';
import { refusal } from '../../messages/history/refusal.js';

/** The specification that a model is of. */
export type Version = 'v2' | 'v3' | 'v4';

/** @internal A medium as a file of the prompt: its data, or its address, which the provider's package has to support. */
export function toFilePart(part: MediaPart, version: Version, provider: string): Json {
  const { source, title, mediaType, kind } = part;
  if ('text' in source) return { type: 'text', text: source.text };
  return {
    type: 'file',
    ...(title === undefined ? {} : { filename: title }),
    mediaType: mediaType ?? (kind === 'file' ? 'application/octet-stream' : `${kind}/*`),
    data: toData(part, version, provider),
  };
}

/** @internal A medium in the result of a call, as each version has it. */
export function toResultMedium(part: MediaPart, version: Version, provider: string): Json {
  const { source, mediaType, kind, at } = part;
  if ('text' in source) return { type: 'text', text: source.text };
  const type = mediaType ?? (kind === 'file' ? 'application/octet-stream' : `${kind}/*`);
  if (version === 'v4')
    return { type: 'file', mediaType: type, data: toData(part, version, provider) };
  const name = kind === 'image' ? 'image' : 'file';
  if (!('base64' in source)) {
    if (version === 'v2' || !('url' in source))
      throw refusal(at, 'the AI SDK takes media in results by their data', 'Send the data');
    const known = mediaType === undefined || name === 'image' ? {} : { mediaType };
    return { type: `${name}-url`, url: source.url, ...known };
  }
  return version === 'v2'
    ? { type: 'media', data: source.base64, mediaType: type }
    : { type: `${name}-data`, data: source.base64, mediaType: type };
}

function toData({ source, at }: MediaPart, version: Version, provider: string): unknown {
  if ('base64' in source)
    return version === 'v4' ? { type: 'data', data: source.base64 } : source.base64;
  if ('url' in source) {
    const url = new URL(source.url);
    return version === 'v4' ? { type: 'url', url } : url;
  }
  if ('fileId' in source && version === 'v4')
    return { type: 'reference', reference: { [provider]: source.fileId } };
  throw refusal(at, 'the AI SDK takes no file by its id', 'Send its data or its address');
}
