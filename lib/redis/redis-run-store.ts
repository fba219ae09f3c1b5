import { describeValue } from '../core/internal/describe-value.js';
import type { RunStore } from '../runs/run-store.js';
import type { Engine } from './internal/engine.js';
import { Hints } from './internal/wake-ups.js';
import { ioRedisEngine } from './internal/io-redis-engine.js';
import { nodeRedisEngine } from './internal/node-redis-engine.js';
import { readAppendReply, readClaimReply, readPage } from './internal/read-replies.js';
import { RunKeys } from './internal/run-keys.js';
import { runScript } from './internal/run-script.js';
import { type Script, scripts } from './internal/scripts.js';
import type { IoRedisClient, NodeRedisClient, NodeRedisCluster } from './redis-client.js';

/** Where a store keeps its runs. */
export interface RedisRunStoreOptions {
  /** A client or a cluster of `redis` (5 or newer, connected) or `ioredis` (5 or newer). It stays yours: the store never closes it. */
  readonly client: NodeRedisClient | NodeRedisCluster | IoRedisClient;
  /** The beginning of all keys and channels; no braces. @defaultValue 'rxlm:run:' */
  readonly prefix?: string | undefined;
}

/**
 * A store of runs in Redis (7.0 or newer), for `durableRuns` in any number of processes. A run is a hash and a stream; every step is
 * one script, on Redis' own clock. Wake-ups are messages of Redis: while runs are watched, the store has one more connection for
 * them.
 *
 * A run of which Redis has lost values (persistence, replication, eviction) ends as `stream_lost`.
 *
 * Calls reject as the client does while Redis cannot be reached, and with an `RxlmError` of code `store_conflict` where something
 * else is at a key.
 *
 * @example
 * const client = await createClient({ url: 'redis://localhost:6379' }).connect();
 * const runs = durableRuns({ store: redisRunStore({ client }) });
 */
export function redisRunStore(options: RedisRunStoreOptions): RunStore {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { client, prefix = 'rxlm:run:' } = options;
  if (typeof (prefix as unknown) !== 'string' || /[{}]/.test(prefix))
    throw new TypeError(`prefix must be a string without braces, got ${describeValue(prefix)}`);
  const engine = engineOf(client);
  const keys = new RunKeys(prefix);
  const hints = new Hints(engine);
  const run = (script: Script, id: string, ...args: (string | number)[]) =>
    runScript(engine, script, keys.of(id), args);
  const runOfThread = async (script: Script, thread: string, ...args: (string | number)[]) => {
    const id = await runScript(engine, script, keys.ofThread(thread), args);
    return typeof id === 'string' ? id : undefined;
  };
  const read: RunStore['read'] = async (id, { after, limit, maxChars, snapshot = false }) =>
    readPage(await run(scripts.read, id, after, limit, maxChars, Number(snapshot)), keys.of(id)[0]);

  return {
    claim: async (id, { token, leaseMs, maxMs, meta, countsViewers = false }) => {
      const text = meta === undefined ? '' : JSON.stringify(meta);
      const times = [wholeMs(leaseMs), wholeMs(maxMs)];
      return readClaimReply(
        await run(scripts.claim, id, token, ...times, Number(countsViewers), text),
      );
    },
    append: async (id, token, { epoch, after, entries, snapshot, ending, leaseMs, keepMs }) => {
      const isSmall = entries.length === 0 && snapshot === undefined;
      const reply = await run(
        isSmall ? scripts.heartbeat : scripts.append,
        id,
        token,
        epoch,
        after,
        wholeMs(leaseMs),
        wholeMs(keepMs),
        ending === undefined ? '' : JSON.stringify(ending),
        snapshot?.seq ?? 0,
        snapshot?.data ?? '',
        ...entries,
      );
      return readAppendReply(reply);
    },
    read,
    watch: (id, wake) => hints.watch(keys.channel(id, 'wake'), wake, wake),
    watchCancel: (id, wake) => hints.watch(keys.channel(id, 'cancel'), wake),
    requestCancel: async (id) => isYes(await run(scripts.requestCancel, id)),
    declareLost: async (id, evidence) => {
      const { state, epoch, keepMs } = evidence;
      const seen = evidence.state === 'stream_lost' ? evidence.seen : 0;
      return isYes(await run(scripts.declareLost, id, state, epoch, seen, wholeMs(keepMs)));
    },
    keepWatched: async (id, ms) => {
      await run(scripts.keepWatched, id, wholeMs(ms));
    },
    setLatest: (thread, id, ms) => runOfThread(scripts.setLatest, thread, id, wholeMs(ms)),
    latest: (thread) => runOfThread(scripts.latest, thread),
    list: async ({ limit, cursor = '0' }) => {
      const [next, found] = await engine.scan(cursor, keys.pattern, limit);
      const pages = await Promise.all(
        [...new Set(found)].map(async (key) => {
          const id = keys.idOf(key);
          const page = await read(id, { after: 0, limit: 0, maxChars: 1 });
          if (page === undefined) return [];
          const { entries: _, ...info } = page;
          return [{ id, ...info }];
        }),
      );
      return { runs: pages.flat(), ...(next === '0' ? {} : { cursor: next }) };
    },
    delete: async (id) => isYes(await run(scripts.remove, id)),
  };
}

function engineOf(client: RedisRunStoreOptions['client'] | undefined): Engine {
  const given = client as Partial<NodeRedisClient & IoRedisClient> | null | undefined;
  if (typeof given?.evalSha === 'function')
    return nodeRedisEngine(client as NodeRedisClient | NodeRedisCluster);
  if (typeof given?.evalsha === 'function') return ioRedisEngine(client as IoRedisClient);
  throw new TypeError(
    `client must be a client of redis or of ioredis, got ${describeValue(client)}`,
  );
}

/** Redis' times are whole numbers; that of an expiry at least 1. */
function wholeMs(ms: number): number {
  return Math.max(1, Math.ceil(ms));
}

function isYes(reply: unknown): boolean {
  return Number(reply) === 1;
}
