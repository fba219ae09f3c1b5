import { nodeRedisEngine } from '../../../lib/redis/internal/node-redis-engine';
import type { NodeRedisClient } from '../../../lib/redis/redis-client';

function client(connect: () => Promise<unknown> = () => Promise.resolve()) {
  const log: unknown[] = [];
  const note =
    (name: string, reply?: unknown) =>
    (...args: unknown[]) => {
      log.push([name, ...args]);
      return Promise.resolve(reply);
    };
  let listener: () => void = () => undefined;
  const connection = {
    isOpen: true,
    connect,
    on: (event: string) => log.push(['on', event]),
    subscribe: (channel: string, listen: () => void) => {
      listener = listen;
      return note('subscribe')(channel);
    },
    unsubscribe: note('unsubscribe'),
    destroy: () => log.push(['destroy']),
  };
  const given = {
    evalSha: note('evalSha', 1),
    eval: note('eval', 2),
    scan: note('scan', { cursor: 0, keys: ['k'] }),
    duplicate: () => connection,
  };
  return {
    log,
    connection,
    engine: nodeRedisEngine(given as unknown as NodeRedisClient),
    hint: () => listener(),
  };
}

describe('the engine of node-redis', () => {
  it('calls scripts and scans', async () => {
    const { engine, log } = client();
    expect(await engine.evalSha('s', ['k'], ['a'])).toBe(1);
    expect(await engine.eval('t', ['k'], ['a'])).toBe(2);
    expect(await engine.scan('0', 'm', 3)).toEqual(['0', ['k']]);
    expect(log).toEqual([
      ['evalSha', 's', { keys: ['k'], arguments: ['a'] }],
      ['eval', 't', { keys: ['k'], arguments: ['a'] }],
      ['scan', '0', { MATCH: 'm', COUNT: 3, TYPE: 'hash' }],
    ]);
  });

  it('opens a connection of its own for hints', async () => {
    const { engine, log, hint } = client();
    const heard: string[] = [];
    const hints = engine.openHints((channel) => heard.push(channel));
    await hints.subscribe('c');
    hint();
    await hints.unsubscribe('c');
    hints.close();
    expect(heard).toEqual(['c']);
    expect(log).toEqual([['on', 'error'], ['subscribe', 'c'], ['unsubscribe', 'c'], ['destroy']]);
  });

  it('closes none that has given up', async () => {
    const { engine, log, connection } = client(() => Promise.reject(new Error('refused')));
    const hints = engine.openHints(() => undefined);
    await expect(hints.subscribe('c')).rejects.toThrow('refused');
    connection.isOpen = false;
    hints.close();
    expect(log).toEqual([['on', 'error']]);
  });
});
