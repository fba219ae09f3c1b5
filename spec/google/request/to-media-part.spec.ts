import { toMediaPart } from '../../../lib/google/request/to-media-part';
import type { MediaPart } from '../../../lib/messages/history/part';

const part = (fields: Partial<MediaPart>): MediaPart => ({
  type: 'media',
  kind: 'image',
  source: { base64: 'AAAA' },
  mediaType: undefined,
  title: undefined,
  own: {},
  at: 'messages[0].content[0]',
  ...fields,
});

describe('toMediaPart', () => {
  it.each<[Partial<MediaPart>, object]>([
    [{ mediaType: 'image/webp' }, { inlineData: { mimeType: 'image/webp', data: 'AAAA' } }],
    [{}, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }],
    [{ source: { url: 'https://x/a.png' } }, { fileData: { fileUri: 'https://x/a.png' } }],
    [
      { source: { url: 'gs://b/a.pdf' }, kind: 'file', mediaType: 'application/pdf' },
      { fileData: { fileUri: 'gs://b/a.pdf', mimeType: 'application/pdf' } },
    ],
    [
      { source: { fileId: 'abc' } },
      { fileData: { fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/abc' } },
    ],
    [{ source: { fileId: 'https://x/f' } }, { fileData: { fileUri: 'https://x/f' } }],
    [{ source: { text: 'a page' }, kind: 'file' }, { text: 'a page' }],
  ])('sends %j as %j', (fields, sent) => {
    expect(toMediaPart(part(fields))).toEqual(sent);
  });

  it('refuses data that nobody knows the type of, and says where', () => {
    expect(() => toMediaPart(part({ kind: 'file' }))).toThrow(/messages\[0\]\.content\[0\].*type/);
  });
});
