import { clientConfig, underConfig } from '../../../lib/sse/server/client-config.js';

const KEYS = ['tags', 'metadata', 'runName', 'runId'] as const;

describe('clientConfig', () => {
  it.each<[unknown, RegExp]>([
    ['x', /config must be an object/],
    [{ tags: Array(17).fill('a') }, /at most 16 texts, got an array of 17/],
    [{ tags: 'a' }, /at most 16/],
    [{ tags: ['a\nb'] }, /tags must be one line/],
    [{ tags: [{}] }, /tags must be one line/],
    [{ runName: 'x'.repeat(257) }, /runName must be one line/],
    [{ runName: '\u001b[2J' }, /one line/],
    [{ runName: '\u0085' }, /one line/],
    [{ runId: 5 }, /runId/],
    [{ metadata: [] }, /metadata must be an object/],
    [{ metadata: { a: 'x'.repeat(300) } }, /metadata.a must be one line/],
    [{ metadata: { a: {} } }, /metadata.a must be one line/],
    [
      {
        metadata: Object.fromEntries(
          Array.from({ length: 99 }, (_, n) => [`key${n}`, 'x'.repeat(20)]),
        ),
      },
      /2048/,
    ],
    // Together they are too many bytes, though each is short enough.
    [{ tags: Array.from({ length: 16 }, (_, n) => `${n}`.padEnd(127, 'x')) }, /2048 bytes/],
    [{ tags: Array.from({ length: 8 }, (_, n) => `${n}`.padEnd(200, 'é')) }, /2048 bytes/],
    [
      {
        tags: Array.from({ length: 5 }, (_, n) => `${n}`.padEnd(256, 'x')),
        metadata: { a: 'x'.repeat(256), b: 'x'.repeat(256) },
        runName: 'x'.repeat(256),
        runId: 'x'.repeat(256),
      },
      /2048 bytes/,
    ],
    [{ metadata: { ls_provider: 'x' } }, /must not have the key "ls_provider"/],
    [JSON.parse('{"metadata":{"__proto__":1}}'), /must not have the key "__proto__"/],
    [{ metadata: { 'a\n': 1 } }, /must not have the key/],
  ])('refuses %j', (given, message) => {
    expect(() => clientConfig(given, KEYS)).toThrow(message);
    expect(() => clientConfig(given, KEYS)).toThrow(
      expect.objectContaining({ status: 400 }) as never,
    );
    expect(clientConfig(given, [])).toEqual({});
  });

  it('takes what is small', () => {
    const given = { tags: ['a'], metadata: { n: 1, b: true, s: 'é' }, runName: 'Ask', other: 1 };
    expect(clientConfig({ ...given, runId: 'r' }, KEYS)).toEqual({
      tags: ['a'],
      metadata: { n: 1, b: true, s: 'é', client_run_id: 'r' },
      runName: 'Ask',
    });
    expect(clientConfig(given, ['tags'])).toEqual({ tags: ['a'] });
    expect(clientConfig(undefined, KEYS)).toEqual({});
    expect(clientConfig({ tags: undefined }, KEYS)).toEqual({});
  });
});

describe('underConfig', () => {
  it('keeps what the server says, and adds no empty key', () => {
    const listeners = [() => undefined];
    expect(underConfig({}, { listeners })).toEqual({ listeners });
    expect(
      underConfig(
        { tags: ['a', 'b'], metadata: { a: 1, b: 1 }, runName: 'theirs' },
        { tags: ['b'], metadata: { b: 2 }, runName: 'own', timeout: 5 },
      ),
    ).toEqual({ tags: ['b', 'a'], metadata: { a: 1, b: 2 }, runName: 'own', timeout: 5 });
  });
});
