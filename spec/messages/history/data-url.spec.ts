import fc from 'fast-check';
import { readDataUrl } from '../../../lib/messages/history/data-url';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('readDataUrl', () => {
  it.each([
    ['data:image/png;base64,QUJD', 'image/png', 'QUJD'],
    ['DATA:image/png;charset=x;BASE64,QUJD', 'image/png;charset=x', 'QUJD'],
    ['data:text/plain;charset=utf-8,a%20%C3%A9', 'text/plain;charset=utf-8', base64('a é')],
    ['data:,100%', 'text/plain', base64('100%')],
    ['data:text/plain,é', 'text/plain', base64('é')],
    ['data:application/pdf;base64,QU%4AD', 'application/pdf', 'QUJD'],
    ['data:application/pdf;base64,Q-_\nD', 'application/pdf', 'Q+/D'],
    ['data:application/pdf;base64,QQ', 'application/pdf', 'QQ=='],
    ['data:application/pdf;base64,no base64!', 'application/pdf', undefined],
  ])('reads %s', (url, mediaType, data) => {
    expect(readDataUrl(url)).toEqual({ mediaType, base64: data });
  });

  it('gives nothing for other strings', () => {
    for (const url of ['https://a.test', 'data:image/png', 'QUJD', ''])
      expect(readDataUrl(url)).toBeUndefined();
  });

  it('reads whatever is escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(readDataUrl(`data:text/plain,${encodeURIComponent(text)}`)?.base64).toBe(
          base64(text),
        );
      }),
    );
  });
});
