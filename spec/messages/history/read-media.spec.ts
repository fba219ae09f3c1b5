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

  const media: [string, (data: unknown) => Record<string, unknown>][] = [
    ['image', (data) => ({ type: 'image', data, mimeType: 'image/png' })],
    ['source', (data) => ({ type: 'document', source: { type: 'base64', data } })],
    [
      'data URL',
      (data) => ({ type: 'image_url', image_url: `data:image/png;base64,${String(data)}` }),
    ],
    ['file', (data) => ({ type: 'file', file: { file_data: data, filename: 'a.pdf' } })],
    ['sound', (data) => ({ type: 'input_audio', input_audio: { data, format: 'wav' } })],
    ['resource', (data) => ({ type: 'resource', resource: { uri: 'a:b', blob: data } })],
  ];

  it.each(media)('refuses data of no base64 in a %s, and empty data', (_, block) => {
    expect(() => read(block('./cat.png'))).toThrow(/^here: its data is no valid base64\. Give the/);
    expect(() => read(block('./cat.png'))).not.toThrow(/cat/);
    expect(() => read(block(' '))).toThrow(/^here: its data is empty\. Leave it out/);
  });

  it.each(media)('repairs base64 in a %s', (_, block) => {
    for (const data of ['Q-_D', ' Q+/\r\nD', 'Q+/D'])
      expect(read(block(data)).source).toEqual({ base64: 'Q+/D' });
    expect(read(block('QQ')).source).toEqual({ base64: 'QQ==' });
  });

  it('refuses bytes of which there are none', () => {
    expect(() => read({ type: 'image', data: new Uint8Array(), mimeType: 'image/png' })).toThrow(
      /empty/,
    );
  });

  it('gives a picture the type that its bytes show', () => {
    const data = Buffer.from('RIFF1234WEBPVP8 ');
    expect(read({ type: 'image', data, mimeType: 'image/png' }).mediaType).toBe('image/webp');
    expect(read({ type: 'image', data: 'QUJD', mimeType: 'image/png' }).mediaType).toBe(
      'image/png',
    );
    const wave = Buffer.from('RIFF1234WAVEfmt ');
    expect(read({ type: 'audio', data: wave, mimeType: 'audio/wav' }).mediaType).toBe('audio/wav');
    expect(read({ type: 'file', data: wave }).mediaType).toBeUndefined();
  });

  it('refuses a block without anything', () => {
    expect(() => read({ type: 'image' })).toThrow(/^here: a block of type "image" has no data/);
  });
});
