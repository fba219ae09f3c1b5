import { isRunId, parseCursor } from '../runs/internal/run-cursor.js';
import { UsageError } from './usage-error.js';

/** A command about durable runs in Redis. */
export interface RunsCommand {
  readonly name: 'runs';
  readonly redis: string;
  readonly prefix: string | undefined;
  readonly print: { readonly json: boolean };
  readonly action:
    | { readonly name: 'list' }
    | { readonly name: 'join'; readonly id: string; readonly after: string | undefined }
    | { readonly name: 'cancel'; readonly id: string };
}

interface RunsOptions {
  readonly redis?: string | undefined;
  readonly prefix?: string | undefined;
  readonly after?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Reads `runs list`, `runs join ID` and `runs cancel ID`. Throws a `UsageError` for anything else. */
export function parseRuns(
  [name, id, ...more]: readonly string[],
  { redis, prefix, after, json = false }: RunsOptions,
  env: NodeJS.ProcessEnv,
): RunsCommand {
  const url = redis ?? env['REDIS_URL'];
  if (url === undefined || !/^rediss?:\/\//.test(url))
    throw new UsageError('runs needs --redis redis://host:port, or REDIS_URL');
  if (prefix !== undefined && /[{}]/.test(prefix))
    throw new UsageError('--prefix must be without braces');
  if (after !== undefined && (name !== 'join' || parseCursor(after) === undefined))
    throw new UsageError('--after must be the id of a value, for join');
  const command = { name: 'runs', redis: url, prefix, print: { json } } as const;
  if (name === 'list' && id === undefined) return { ...command, action: { name } };
  if ((name === 'join' || name === 'cancel') && more.length === 0) {
    if (!isRunId(id)) throw new UsageError(`runs ${name} needs the id of a run`);
    return { ...command, action: name === 'join' ? { name, id, after } : { name, id } };
  }
  throw new UsageError('runs takes list, join ID or cancel ID');
}
