import { RxlmError } from '../../errors/rxlm-error.js';
import type { Engine } from './engine.js';
import type { Script } from './scripts.js';

/** @internal Runs a script by its name, or, where the engine does not know it (yet, or no longer), by its text. */
export async function runScript(
  engine: Engine,
  { sha, source }: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  const texts = args.map(String);
  try {
    return await engine.evalSha(sha, keys, texts);
  } catch (error) {
    if (!messageOf(error).startsWith('NOSCRIPT')) throw finalIf(error, keys);
  }
  try {
    return await engine.eval(source, keys, texts);
  } catch (error) {
    throw finalIf(error, keys);
  }
}

/** An error that a repetition cannot remedy is an `RxlmError`. */
function finalIf(error: unknown, [key]: readonly string[]): unknown {
  if (!messageOf(error).includes('WRONGTYPE')) return error;
  return new RxlmError(
    `redisRunStore: something that is not a run is at the key ${String(key)}, or at that of its log. Give the store a prefix that nothing else uses`,
    { code: 'store_conflict', cause: error },
  );
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : '';
}
