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
  const listeners: Record<string, (channel?: string) => void> = {};
  const engine = ioRedisEngine({
    evalsha: note('evalsha', 1),
    eval: note('eval', 2),
    scan: note('scan', ['0', ['k']]),
    duplicate: (options?: object) => ({
      options,
      on: (event: string, listen: (channel?: string) => void) => {
        log.push(['on', event]);
        listeners[event] = listen;
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
    listeners['message']!('c');
    await hints.unsubscribe('c');
    hints.close();
    expect(heard).toEqual(['c']);
    expect(log).toEqual([
      ['on', 'error'],
      ['on', 'message'],
      ['on', 'ready'],
      ['subscribe', 'c'],
      ['unsubscribe', 'c'],
      ['disconnect'],
    ]);
  });

  it('subscribes again when its connection is back, and says that something may have been missed', async () => {
    const heard: string[] = [];
    const hints = engine.openHints((channel) => heard.push(channel));
    listeners['ready']!();
    await hints.subscribe('a');
    await hints.subscribe('b');
    await hints.unsubscribe('a');
    log.length = 0;
    listeners['ready']!();
    await Promise.resolve();
    await Promise.resolve();
    expect([log, heard]).toEqual([[['subscribe', 'b']], ['b']]);
  });

  it('keeps a rejection to itself where the connection closes while it subscribes again', async () => {
    const options: unknown[] = [];
    let ready: () => void = () => undefined;
    let isClosed = false;
    const closing = ioRedisEngine({
      duplicate: (given: object) => {
        options.push(given);
        return {
          on: (event: string, listen: () => void) => {
            if (event === 'ready') ready = listen;
          },
          subscribe: () =>
            isClosed ? Promise.reject(new Error('Connection is closed.')) : Promise.resolve(),
          disconnect: () => undefined,
        };
      },
    } as unknown as IoRedisClient);
    const rejected = jest.fn();
    process.on('unhandledRejection', rejected);
    const hints = closing.openHints(() => undefined);
    ready();
    await hints.subscribe('a');
    isClosed = true;
    ready();
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('unhandledRejection', rejected);
    expect(rejected).not.toHaveBeenCalled();
    // The client's own way would not.
    expect(options).toEqual([{ autoResubscribe: false }]);
  });
});
