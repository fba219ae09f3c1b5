import type { Engine } from './engine.js';
import type { Script } from './scripts.js';
import { storeConflict } from './store-conflict.js';

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
  return messageOf(error).includes('WRONGTYPE') ? storeConflict(String(key), error) : error;
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : '';
}
