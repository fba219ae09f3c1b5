import {
  charsetOf,
  isTextType,
  plainMediaType,
  sniffMediaType,
} from '../../../lib/messages/history/media-type';

describe('media types', () => {
  it('are plain: lower case, no parameters, the registered name', () => {
    expect(plainMediaType('Image/JPG; q=1')).toBe('image/jpeg');
    expect(plainMediaType('text/csv')).toBe('text/csv');
    for (const nothing of [undefined, '', 'image/*', 'application/octet-stream'])
      expect(plainMediaType(nothing)).toBeUndefined();
  });

  it('name a character set, or have the usual one', () => {
    expect(charsetOf('text/plain; charset="ISO-8859-1"')).toBe('ISO-8859-1');
    expect(charsetOf(undefined)).toBe('utf-8');
  });

  it('are text or not', () => {
    for (const text of [
      'text/csv',
      'application/json',
      'application/ld+json',
      'application/atom+xml',
    ])
      expect(isTextType(text)).toBe(true);
    for (const other of [undefined, 'image/svg+xml', 'application/pdf', 'audio/mpeg'])
      expect(isTextType(other)).toBe(false);
  });

  it.each([
    ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['image/gif', [...Buffer.from('GIF89a')]],
    ['image/webp', [...Buffer.from('RIFF1234WEBP')]],
    ['application/pdf', [...Buffer.from('%PDF-1.7')]],
    [undefined, [...Buffer.from('a,b')]],
  ])('are seen by the first bytes: %s', (type, bytes) => {
    expect(sniffMediaType(Buffer.from(bytes).toString('base64'))).toBe(type);
  });
});
