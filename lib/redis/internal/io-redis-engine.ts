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
      const channels = new Set<string>();
      // The client's own way to subscribe again rejects, unhandled, where the connection closes meanwhile. A cluster's does not.
      const isCluster = client.nodes !== undefined;
      const connection = isCluster
        ? client.duplicate()
        : client.duplicate({ autoResubscribe: false });
      // The client connects again by itself, and readers poll meanwhile.
      connection.on('error', () => undefined);
      connection.on('message', onHint);
      const subscribeAgain = (channel: string) => {
        connection.subscribe(channel).then(
          () => {
            if (channels.has(channel)) onHint(channel);
          },
          () => undefined,
        );
      };
      let wasReady = false;
      connection.on('ready', () => {
        if (wasReady && !isCluster) channels.forEach(subscribeAgain);
        wasReady = true;
      });
      return {
        subscribe: (channel) => {
          channels.add(channel);
          return connection.subscribe(channel);
        },
        unsubscribe: (channel) => {
          channels.delete(channel);
          return connection.unsubscribe(channel);
        },
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
