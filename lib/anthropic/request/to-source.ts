import { describeValue } from '../../core/internal/describe-value.js';
import type { MediaPart } from '../../messages/history/part.js';
import { refusal } from '../../messages/history/refusal.js';

/** The pictures that the API reads. */
const PICTURES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
]);

/**
 * @internal The source of a picture or document as the API takes it. Throws a `TypeError` for what it has no source for:
 * sounds, videos, other pictures, files that are neither PDFs nor text, and addresses that are not https.
 */
export function toSource(part: MediaPart): object {
  const { kind, source, at, mediaType } = part;
  if (kind === 'audio' || kind === 'video')
    throw refusal(at, `the Messages API takes no ${kind}`, 'Send its text, as a transcript');
  if ('fileId' in source) return { type: 'file', file_id: source.fileId };
  if ('url' in source) return { type: 'url', url: httpsUrl(source.url, at) };
  if ('text' in source) {
    if (kind === 'image') throw noPicture(part);
    return { type: 'text', media_type: 'text/plain', data: source.text };
  }
  if (kind === 'image') {
    if (mediaType === undefined || !PICTURES.has(mediaType)) throw noPicture(part);
    return { type: 'base64', media_type: mediaType, data: source.base64 };
  }
  if (mediaType !== undefined && mediaType !== 'application/pdf')
    throw refusal(
      at,
      `the Messages API takes PDFs and text, but no files of type ${describeValue(mediaType)}`,
      'Send its text, or upload it and name its file id',
    );
  return { type: 'base64', media_type: 'application/pdf', data: source.base64 };
}

function httpsUrl(url: string, at: string): string {
  if (/^https:\/\//i.test(url)) return url;
  // The address itself may hold a secret.
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0] ?? '';
  throw refusal(
    at,
    `the Messages API fetches https addresses only, got ${describeValue(scheme)}`,
    'Send the data itself',
  );
}

function noPicture({ at, mediaType }: MediaPart): TypeError {
  const types = 'JPEG, PNG, GIF and WebP';
  return mediaType === undefined
    ? refusal(at, 'a picture has no media type', `Give its mimeType: ${types} are taken`)
    : refusal(
        at,
        `the Messages API takes no pictures of type ${describeValue(mediaType)}`,
        `Convert it: ${types} are taken`,
      );
}
