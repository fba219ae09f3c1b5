import { Redis } from 'ioredis';
import { setTimeout as wait } from 'node:timers/promises';
import { type RedisServer, startRedis } from './redis-server';

/** Starts nodes of a cluster, among which the slots are divided: a script with keys of two slots is refused. */
export async function startRedisCluster(size: number): Promise<{
  readonly url: string;
  close(): Promise<void>;
}> {
  const nodes: RedisServer[] = [];
  const admins: Redis[] = [];
  for (let at = 0; at < size; at += 1) {
    const options = ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
    const node = await startRedis([...options, '--cluster-node-timeout', '5000']);
    nodes.push(node);
    const admin = new Redis(node.url);
    admins.push(admin);
    const first = Math.round((at * 16_384) / size);
    await admin.cluster('ADDSLOTSRANGE', first, Math.round(((at + 1) * 16_384) / size) - 1);
    await admin.cluster('SET-CONFIG-EPOCH', at + 1);
    if (at > 0) await admin.cluster('MEET', '127.0.0.1', nodes[0]!.port);
  }
  const isWhole = async (admin: Redis): Promise<boolean> => {
    const info = await admin.cluster('INFO');
    return (
      info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${String(size)}`)
    );
  };
  for (const admin of admins) while (!(await isWhole(admin))) await wait(20);
  return {
    url: nodes[0]!.url,
    close: async () => {
      for (const admin of admins) admin.disconnect();
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}
