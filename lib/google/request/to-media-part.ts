import type { Json } from '../../http/decoder/json.js';
import type { MediaPart } from '../../messages/history/part.js';
import { refusal } from '../../messages/history/refusal.js';

/** @internal A medium as Gemini takes it: its data, or the address of a file. */
export function toMediaPart({ source, mediaType, kind, at }: MediaPart): Json {
  if ('text' in source) return { text: source.text };
  if ('base64' in source) {
    const mimeType = mediaType ?? (kind === 'image' ? 'image/png' : undefined);
    if (mimeType === undefined)
      throw refusal(at, `Gemini has to know the media type of data of kind ${kind}`, 'Give it one');
    return { inlineData: { mimeType, data: source.base64 } };
  }
  const fileUri = 'url' in source ? source.url : fileAddress(source.fileId);
  return { fileData: { ...(mediaType === undefined ? {} : { mimeType: mediaType }), fileUri } };
}

/** A file of the Files API has a name, and is sent by its address. */
function fileAddress(id: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(id)) return id;
  const name = id.startsWith('files/') ? id : `files/${id}`;
  return `https://generativelanguage.googleapis.com/v1beta/${name}`;
}
