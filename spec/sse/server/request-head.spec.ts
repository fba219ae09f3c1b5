import { checkContentType, checkOrigin } from '../../../lib/sse/server/request-head.js';

const head = (headers: Record<string, string>, host = 'chat.bc:8443', isLoopback = false) => ({
  header: (name: string) => headers[name],
  host,
  isLoopback,
});
const rules = { origins: [], hosts: undefined };

describe('checkOrigin', () => {
  it('compares host and port, and no scheme', () => {
    expect(() => {
      checkOrigin(head({ origin: 'http://chat.bc:8443' }), rules);
    }).not.toThrow();
    expect(() => {
      checkOrigin(head({ origin: 'https://CHAT.bc:8443' }), rules);
    }).not.toThrow();
    for (const origin of [
      'https://chat.bc',
      'https://chat.bc.evil.bc:8443',
      'https://evil.bc#chat.bc:8443',
      'https://user@chat.bc:8443',
      'https://chat.bc:8443/',
      '',
    ])
      expect(() => {
        checkOrigin(head({ origin }), rules);
      }).toThrow(/origin/);
  });

  it('refuses a page of its own host that the browser calls another site, unless its origin is listed', () => {
    const origin = 'http://chat.bc:8443';
    const ask =
      (site: string, origins: string[] = []) =>
      () => {
        checkOrigin(head({ origin, 'sec-fetch-site': site }), { ...rules, origins });
      };
    for (const site of ['same-origin', 'none']) expect(ask(site)).not.toThrow();
    for (const site of ['cross-site', 'same-site', 'same-origin, cross-site', 'unknown', '']) {
      expect(ask(site)).toThrow(/other sites/);
      expect(ask(site, [origin])).not.toThrow();
    }
  });

  it('takes the hosts that it is given, with or without a port', () => {
    const hosts = ['Chat.bc', 'other.bc:81'];
    const ask =
      (host: string, isLoopback = true) =>
      () => {
        checkOrigin(head({}, host, isLoopback), { origins: [], hosts });
      };
    for (const host of ['chat.bc', 'CHAT.BC:1', 'other.bc:81']) expect(ask(host)).not.toThrow();
    for (const host of ['evil.bc', 'localhost', 'other.bc:82', 'chat.bc.evil.bc', ''])
      expect(ask(host, false)).toThrow(/host/);
  });

  it('quotes and cuts what it refuses', () => {
    const origin = `https://evil.bc/\n${'x'.repeat(1000)}`;
    expect(() => {
      checkOrigin(head({ origin }), rules);
    }).toThrow(/^[^\n]{1,120}$/);
  });
});

describe('checkContentType', () => {
  it.each(['application/json', 'APPLICATION/JSON; charset=utf-8', 'application/ld+json'])(
    'takes %s',
    (type) => {
      expect(() => {
        checkContentType(head({ 'content-type': type }));
      }).not.toThrow();
    },
  );

  it.each([
    '',
    'text/plain',
    'text/plain; application/json',
    'application/jsonp',
    'multipart/form-data',
  ])('refuses "%s"', (type) => {
    expect(() => {
      checkContentType(head({ 'content-type': type }));
    }).toThrow(/application\/json/);
  });
});
