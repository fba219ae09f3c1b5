import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { startCuttingProxy } from '../../spec/support/cutting-proxy.ts';
import { type RedisServer, startRedis } from '../../spec/support/redis-server.ts';

const VALUES = 150;
const PATIENCE_MS = 9_000;
const PLAY = fileURLToPath(new URL('play.ts', import.meta.url));

/** What a reader has seen at last. */
interface Seen {
  readonly values: number[];
  /** How it ended, undefined while it has not. */
  ending: string | undefined;
}

interface Player {
  readonly child: ChildProcess;
  readonly lines: unknown[];
  readonly seen: Seen;
}

function play(...args: string[]): Player {
  const child = spawn(process.execPath, ['--import', 'tsx', PLAY, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: unknown[] = [];
  const seen: Seen = { values: [], ending: undefined };
  let rest = '';
  child.stdout.on('data', (data: Buffer) => {
    const all = (rest + data.toString()).split('\n');
    rest = all.pop() ?? '';
    for (const line of all) {
      const value = JSON.parse(line) as unknown;
      lines.push(value);
      if (typeof value === 'number') seen.values.push(value);
      else seen.ending = String(value);
    }
  });
  child.once('exit', () => {
    seen.ending ??= 'the process of the reader died';
  });
  return { child, lines, seen };
}

async function until(isSo: () => boolean): Promise<boolean> {
  for (const start = performance.now(); performance.now() - start < PATIENCE_MS;) {
    if (isSo()) return true;
    await wait(10);
  }
  return isSo();
}

/** A stream under way with a reader, and what a fault does to it. Gives the reader that is judged. */
interface Stage {
  readonly redis: RedisServer;
  readonly producer: Player;
  readonly reader: Player;
  readonly join: () => Player;
  /** The link of `reader`. */
  readonly cut: (ms: number) => void;
}
type Fault = (stage: Stage) => Player | Promise<Player>;

const FAULTS: Readonly<Record<string, { fault: Fault; role?: string; options?: string[] }>> = {
  'no fault': { fault: ({ reader }) => reader },
  'a reader joins when all is over': {
    fault: async ({ reader, join }) => {
      await until(() => reader.seen.ending !== undefined);
      return join();
    },
  },
  'the source fails': { fault: ({ reader }) => reader, role: 'fail' },
  'the producer is killed': {
    fault: ({ producer, reader }) => {
      producer.child.kill('SIGKILL');
      return reader;
    },
  },
  'the producer is killed, and a reader joins': {
    fault: ({ producer, join }) => {
      producer.child.kill('SIGKILL');
      return join();
    },
  },
  'the producer is frozen': {
    fault: ({ producer, reader }) => {
      producer.child.kill('SIGSTOP');
      return reader;
    },
  },
  'the reader’s link is cut for 400 ms': {
    fault: ({ reader, cut }) => {
      cut(400);
      return reader;
    },
  },
  'Redis restarts empty': {
    fault: async ({ redis, reader }) => {
      await redis.kill();
      await redis.start();
      return reader;
    },
  },
  'Redis restarts with its append-only file': {
    options: ['--appendonly', 'yes', '--appendfsync', 'always'],
    fault: async ({ redis, reader }) => {
      await redis.kill();
      await redis.start();
      return reader;
    },
  },
  'Redis restarts empty, and a reader joins': {
    fault: async ({ redis, join }) => {
      await redis.kill();
      await redis.start();
      await wait(1_000);
      return join();
    },
  },
};

/** In a few words, and whether that may be: all in order, or an error that says so. */
export interface Verdict {
  readonly text: string;
  readonly isFine: boolean;
}

function judge({ values, ending }: Seen, role: string): Verdict {
  const isPrefix = values.every((value, at) => value === at);
  const isAll = isPrefix && values.length === VALUES;
  const got = `${String(values.length)} of ${String(VALUES)}`;
  if (ending === undefined) return { text: `hangs at ${got}`, isFine: false };
  if (ending === 'complete')
    return isAll && role !== 'fail'
      ? { text: 'whole', isFine: true }
      : { text: `**success with ${got}**`, isFine: false };
  if (!isPrefix) return { text: `error, with holes: ${got}`, isFine: false };
  if (ending.startsWith('error: ')) return { text: ending.slice(7), isFine: true };
  return { text: ending, isFine: false };
}

/** One contender under one fault. */
async function outcome(contender: string, name: string): Promise<Verdict> {
  const {
    fault,
    role = 'produce',
    options = [],
  } = FAULTS[name] ?? {
    fault: () => {
      throw new Error(`there is no fault ${name}`);
    },
  };
  const redis = await startRedis(options);
  const proxy = await startCuttingProxy(redis.port);
  const players: Player[] = [];
  const start = (...args: string[]): Player => {
    const player = play(contender, ...args);
    players.push(player);
    return player;
  };
  try {
    const producer = start(role, redis.url, 'stream', String(VALUES));
    await until(() => producer.lines.length > 0);
    const reader = start('consume', proxy.url, 'stream');
    await until(() => reader.seen.values.length >= 20 || reader.seen.ending !== undefined);
    const join = () => start('consume', redis.url, 'stream');
    const { seen } = await fault({
      redis,
      producer,
      reader,
      join,
      cut: (ms) => {
        proxy.cut(ms);
      },
    });
    await until(() => seen.ending !== undefined);
    return judge(seen, role);
  } finally {
    for (const { child } of players) {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
    }
    await proxy.close();
    await redis.close();
  }
}

/** What becomes of a reader, by fault and contender. */
export async function measureFaults(
  contenders: readonly string[],
): Promise<Record<string, Record<string, Verdict>>> {
  const table: Record<string, Record<string, Verdict>> = {};
  for (const name of Object.keys(FAULTS)) {
    const row: Record<string, Verdict> = {};
    for (const contender of contenders) row[contender] = await outcome(contender, name);
    table[name] = row;
    process.stderr.write(`${name}: ${JSON.stringify(row)}\n`);
  }
  return table;
}
