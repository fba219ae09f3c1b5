import { checkRemoteOptions } from '../../../lib/sse/client/remote-options.js';

describe('checkRemoteOptions', () => {
  it('[25][27] has sane defaults, each of which can be said by itself', () => {
    expect(checkRemoteOptions('/chat', {})).toMatchObject({
      url: '/chat',
      headers: {},
      fetch,
      timeouts: { headers: 30_000, idle: 60_000 },
      limits: { event: 8 * 1024 * 1024, response: 64 * 1024 * 1024 },
    });
    expect(
      checkRemoteOptions(new URL('http://127.0.0.1/'), { timeouts: { idle: 5 } }),
    ).toMatchObject({
      timeouts: { headers: 30_000, idle: 5 },
    });
  });

  it.each(['', 5, null])('refuses %j as url', (url) => {
    expect(() => checkRemoteOptions(url as never, {})).toThrow(/url must be a URL or a path/);
  });
});
