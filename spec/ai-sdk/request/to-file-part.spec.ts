import { toFilePart, toResultMedium } from '../../../lib/ai-sdk/request/to-file-part';
import type { MediaPart } from '../../../lib/messages/history/part';

const part = (fields: Partial<MediaPart>): MediaPart => ({
  type: 'media',
  kind: 'image',
  source: { base64: 'AAAA' },
  mediaType: 'image/png',
  title: undefined,
  own: {},
  at: 'messages[0].content[0]',
  ...fields,
});
const url = part({ source: { url: 'https://a/b.png' }, mediaType: undefined });

describe('toFilePart', () => {
  it('has data and addresses in the words of each version', () => {
    expect(toFilePart(part({ title: 'x' }), 'v3', 'acme')).toEqual({
      type: 'file',
      filename: 'x',
      mediaType: 'image/png',
      data: 'AAAA',
    });
    expect(toFilePart(part({}), 'v4', 'acme')['data']).toEqual({ type: 'data', data: 'AAAA' });
    expect(toFilePart(url, 'v2', 'acme')).toMatchObject({
      mediaType: 'image/*',
      data: new URL('https://a/b.png'),
    });
    expect(toFilePart(url, 'v4', 'acme')['data']).toEqual({
      type: 'url',
      url: new URL('https://a/b.png'),
    });
    const file = part({ source: { fileId: 'f' } });
    expect(toFilePart(file, 'v4', 'acme')['data']).toEqual({
      type: 'reference',
      reference: { acme: 'f' },
    });
    expect(() => toFilePart(file, 'v3', 'acme')).toThrow(/messages\[0\]\.content\[0\].*no file by/);
    expect(toFilePart(part({ source: { text: 'a' } }), 'v3', 'acme')).toEqual({
      type: 'text',
      text: 'a',
    });
  });
});

it('toResultMedium has media in results in the words of each version', () => {
  expect(toResultMedium(part({}), 'v2', 'a')).toEqual({
    type: 'media',
    data: 'AAAA',
    mediaType: 'image/png',
  });
  expect(toResultMedium(part({}), 'v3', 'a')).toEqual({
    type: 'image-data',
    data: 'AAAA',
    mediaType: 'image/png',
  });
  expect(toResultMedium(url, 'v3', 'a')).toEqual({ type: 'image-url', url: 'https://a/b.png' });
  expect(toResultMedium(part({}), 'v4', 'a')).toEqual({
    type: 'file',
    mediaType: 'image/png',
    data: { type: 'data', data: 'AAAA' },
  });
  expect(() => toResultMedium(url, 'v2', 'a')).toThrow(/by their data/);
});
