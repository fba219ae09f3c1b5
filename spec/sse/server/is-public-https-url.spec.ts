import { isPublicHttpsUrl } from '../../../lib/sse/server/is-public-https-url.js';

describe('isPublicHttpsUrl', () => {
  it.each([
    'https://rxjs.dev/a.png',
    'https://cdn.rxjs.dev:8443/a?b#c',
    'https://bücher.de/',
    'HTTPS://A.BC',
  ])('accepts %s', (url) => {
    expect(isPublicHttpsUrl(url)).toBe(true);
  });

  it.each([
    [
      'another scheme',
      'http://rxjs.dev/',
      'file:///etc/passwd',
      'ftp://rxjs.dev/',
      'data:,a',
      'blob:https://a.bc/1',
    ],
    ['credentials', 'https://user:pass@rxjs.dev/', 'https://user@rxjs.dev/'],
    [
      'IPv4 in any spelling',
      'https://127.0.0.1/',
      'https://0x7f.1/',
      'https://2130706433/',
      'https://0177.0.0.1/',
      'https://8.8.8.8/',
      'https://①②⑦.0.0.1/',
      'https://169.254.169.254./',
    ],
    [
      'IPv6',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://[fe80::1]/',
      'https://[2001:db8::1]/',
    ],
    [
      'a local name',
      'https://localhost/',
      'https://printer/',
      'https://a.local/',
      'https://a.local./',
      'https://metadata.google.internal/',
      'https://A.INTERNAL/',
      'https://x.localhost/',
      'https://router.home.arpa/',
    ],
    ['no URL', '', '/a.png', '//rxjs.dev/a', 'https://', 'https:// a.bc'],
  ])('refuses %s', (_, ...urls) => {
    expect(urls.filter(isPublicHttpsUrl)).toEqual([]);
  });
});
