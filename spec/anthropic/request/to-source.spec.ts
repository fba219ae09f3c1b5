import { toSource } from '../../../lib/anthropic/request/to-source';
import type { MediaPart } from '../../../lib/messages/history/part';

const part = (fields: Partial<MediaPart>): MediaPart => ({
  type: 'media',
  kind: 'file',
  source: { base64: 'QUJD' },
  mediaType: undefined,
  title: undefined,
  own: {},
  at: 'here',
  ...fields,
});

describe('toSource', () => {
  it('takes a file of no known type for a PDF, as LangChain does', () => {
    expect(toSource(part({}))).toEqual({
      type: 'base64',
      media_type: 'application/pdf',
      data: 'QUJD',
    });
  });

  it.each<[string, Partial<MediaPart>, RegExp]>([
    ['sound', { kind: 'audio' }, /no audio.*transcript/],
    ['a picture of no type', { kind: 'image' }, /no media type.*JPEG/],
    [
      'a picture of another type',
      { kind: 'image', mediaType: 'image/tiff' },
      /"image\/tiff".*Convert/,
    ],
    ['an address on this machine', { source: { url: 'file:///etc/passwd' } }, /https.*"file:"/],
    ['a spreadsheet', { mediaType: 'application/vnd.ms-excel' }, /vnd\.ms-excel/],
  ])('refuses %s', (_, fields, problem) => {
    expect(() => toSource(part(fields))).toThrow(problem);
    expect(() => toSource(part(fields))).toThrow(TypeError);
    expect(() => toSource(part(fields))).not.toThrow(/passwd/);
  });
});
