import type { NodeRedisClient, NodeRedisCluster, NodeRedisNode } from '../redis-client.js';
import type { Engine } from './engine.js';
import { scanNodes } from './scan-nodes.js';

/** @internal */
export function nodeRedisEngine(client: NodeRedisClient | NodeRedisCluster): Engine {
  return {
    evalSha: (sha, keys, args) => client.evalSha(sha, { keys: [...keys], arguments: [...args] }),
    eval: (script, keys, args) => client.eval(script, { keys: [...keys], arguments: [...args] }),
    scan: async (...asked) => {
      const nodes =
        'masters' in client
          ? await Promise.all(client.masters.map(async (node) => await client.nodeClient(node)))
          : [client];
      return await scanNodes(nodes.map(scanOf))(...asked);
    },
    openHints: (onHint) => {
      const connection = client.duplicate();
      // Without a listener the process ends. The client connects again by itself, and readers poll meanwhile.
      connection.on('error', () => undefined);
      const connected = connection.connect();
      connected.catch(() => undefined);
      return {
        subscribe: async (channel) => {
          await connected;
          await connection.subscribe(channel, () => {
            onHint(channel);
          });
        },
        unsubscribe: async (channel) => {
          await connected;
          await connection.unsubscribe(channel);
        },
        close: () => {
          // It throws for one that has given up.
          if (connection.isOpen) connection.destroy();
        },
      };
    },
  };
}

function scanOf(node: NodeRedisNode): Engine['scan'] {
  return async (cursor, match, count) => {
    const page = await node.scan(cursor, { MATCH: match, COUNT: count, TYPE: 'hash' });
    return [String(page.cursor), page.keys.map(String)];
  };
}
