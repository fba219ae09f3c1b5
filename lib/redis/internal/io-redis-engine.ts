import type { IoRedisClient, IoRedisNode } from '../redis-client.js';
import type { Engine } from './engine.js';
import { scanNodes } from './scan-nodes.js';

/** @internal */
export function ioRedisEngine(client: IoRedisClient): Engine {
  return {
    evalSha: (sha, keys, args) => client.evalsha(sha, keys.length, ...keys, ...args),
    eval: (script, keys, args) => client.eval(script, keys.length, ...keys, ...args),
    scan: (...asked) => scanNodes((client.nodes?.('master') ?? [client]).map(scanOf))(...asked),
    openHints: (onHint) => {
      const connection = client.duplicate();
      // The client connects again by itself, and readers poll meanwhile.
      connection.on('error', () => undefined);
      connection.on('message', onHint);
      return {
        subscribe: (channel) => connection.subscribe(channel),
        unsubscribe: (channel) => connection.unsubscribe(channel),
        close: () => {
          connection.disconnect();
        },
      };
    },
  };
}

function scanOf(node: IoRedisNode): Engine['scan'] {
  return async (cursor, match, count) => {
    const [next, keys] = await node.scan(cursor, 'MATCH', match, 'COUNT', count, 'TYPE', 'hash');
    return [String(next), keys.map(String)];
  };
}
