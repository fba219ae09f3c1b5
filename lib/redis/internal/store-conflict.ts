import { RxlmError } from '../../errors/rxlm-error.js';

/** @internal The error for what is in Redis at the key of a run, and is none. A repetition cannot remedy it. */
export function storeConflict(key: string, cause: unknown): RxlmError {
  return new RxlmError(
    `redisRunStore: something that is not a run is at the key ${key}, or at that of its log. Give the store a prefix that nothing else uses`,
    { code: 'store_conflict', cause },
  );
}
