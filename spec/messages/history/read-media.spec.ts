import { MEDIA_KINDS, readMedia } from '../../../lib/messages/history/read-media';

const read = (own: Record<string, unknown>) => readMedia(String(own['type']), own, 'here', 'any');

describe('readMedia', () => {
  it('knows the kind by the media type first', () => {
    expect(read({ type: 'file', url: 'https://a.test', mediaType: 'image/png' }).kind).toBe(
      'image',
    );
    expect(
      read({ type: 'input_audio', input_audio: { data: 'QUJD', format: 'wav' } }),
    ).toMatchObject({
      kind: 'audio',
      mediaType: 'audio/wav',
    });
    expect(read({ type: 'video', url: 'https://a.test' }).kind).toBe('video');
    expect([...MEDIA_KINDS.keys()]).toContain('image_url');
  });

  it('takes the file id that is the provider’s', () => {
    expect(read({ type: 'file-id', fileId: { any: 'f1', other: 'f2' } }).source).toEqual({
      fileId: 'f1',
    });
    expect(read({ type: 'file', source_type: 'id', id: 'f3' }).source).toEqual({ fileId: 'f3' });
    expect(read({ type: 'file', file: { file_id: 'f4' } }).source).toEqual({ fileId: 'f4' });
  });

  it('takes data that says what it is', () => {
    expect(
      read({ type: 'file', data: { type: 'data', data: 'QUJD' }, mediaType: 'a/b' }).source,
    ).toEqual({
      base64: 'QUJD',
    });
    expect(read({ type: 'file', data: { type: 'url', url: 'https://a.test' } }).source).toEqual({
      url: 'https://a.test',
    });
    expect(read({ type: 'file', data: { type: 'text', text: 'a' } })).toMatchObject({
      source: { text: 'a' },
      mediaType: 'text/plain',
    });
  });

  it('reads bytes that are no text in the character set as text all the same, if their type says so', () => {
    const data = new Uint8Array([0x61, 0xff]);
    expect(read({ type: 'file', data, mimeType: 'text/csv' }).source).toEqual({ text: 'a\ufffd' });
    expect(read({ type: 'file', data, mimeType: 'text/csv;charset=nobodys' }).source).toEqual({
      text: 'a\ufffd',
    });
  });

  it('refuses a block without anything', () => {
    expect(() => read({ type: 'image' })).toThrow(/^here: a block of type "image" has no data/);
  });
});
