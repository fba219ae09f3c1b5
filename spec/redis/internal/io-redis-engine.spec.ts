import { ioRedisEngine } from '../../../lib/redis/internal/io-redis-engine';
import type { IoRedisClient } from '../../../lib/redis/redis-client';

describe('the engine of ioredis', () => {
  const log: unknown[] = [];
  const note =
    (name: string, reply?: unknown) =>
    (...args: unknown[]) => {
      log.push([name, ...args]);
      return Promise.resolve(reply);
    };
  let listener: (channel: string) => void = () => undefined;
  const engine = ioRedisEngine({
    evalsha: note('evalsha', 1),
    eval: note('eval', 2),
    scan: note('scan', ['0', ['k']]),
    duplicate: () => ({
      on: (event: string, listen: (channel: string) => void) => {
        log.push(['on', event]);
        if (event === 'message') listener = listen;
      },
      subscribe: note('subscribe'),
      unsubscribe: note('unsubscribe'),
      disconnect: note('disconnect'),
    }),
  } as unknown as IoRedisClient);
  beforeEach(() => (log.length = 0));

  it('calls scripts and scans', async () => {
    expect(await engine.evalSha('s', ['k', 'l'], ['a'])).toBe(1);
    expect(await engine.eval('t', ['k', 'l'], ['a'])).toBe(2);
    expect(await engine.scan('0', 'm', 3)).toEqual(['0', ['k']]);
    expect(log).toEqual([
      ['evalsha', 's', 2, 'k', 'l', 'a'],
      ['eval', 't', 2, 'k', 'l', 'a'],
      ['scan', '0', 'MATCH', 'm', 'COUNT', 3, 'TYPE', 'hash'],
    ]);
  });

  it('opens a connection of its own for hints', async () => {
    const heard: string[] = [];
    const hints = engine.openHints((channel) => heard.push(channel));
    await hints.subscribe('c');
    listener('c');
    await hints.unsubscribe('c');
    hints.close();
    expect(heard).toEqual(['c']);
    expect(log).toEqual([
      ['on', 'error'],
      ['on', 'message'],
      ['subscribe', 'c'],
      ['unsubscribe', 'c'],
      ['disconnect'],
    ]);
  });
});
