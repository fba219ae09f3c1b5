import { lossChecks } from './run-store-loss-checks.js';
import { lookupChecks } from './run-store-lookup-checks.js';
import { type RunStoreCheck, storeChecks } from './run-store-checks.js';
import { watchChecks } from './run-store-watch-checks.js';
import type { RunStoreSubject } from './run-store-subject.js';
import { CHECK_MS } from './contract-stage.js';
import type { TestFramework } from './describe-chat-model.js';

/**
 * The contract that every store of runs keeps, as checks of a test framework (`describe` and `it` of jest, vitest or `node:test`):
 * what a claim, an append, an ending, a lease, a page, a wake-up and an expiry are. `open` is called for each check, `close` of
 * what it gives after it. Checks use ids of their own, assert by `node:assert`, and never that something happens in time.
 *
 * @example
 * const names: string[] = [];
 * describeRunStore('memory', () => ({ store: memoryRunStore(), advance: () => undefined }), {
 *   describe: (name, define) => define(),
 *   it: (name) => names.push(name),
 * });
 * names.length > 0 // => true
 */
export function describeRunStore(
  name: string,
  open: () => PromiseLike<RunStoreSubject> | RunStoreSubject,
  { describe, it }: TestFramework,
): void {
  if (typeof open !== 'function')
    throw new TypeError('open must be a function that gives { store, advance }');
  const run = async (check: RunStoreCheck) => {
    const subject = await open();
    try {
      await check(subject);
    } finally {
      await subject.close?.();
    }
  };
  describe(name, () => {
    for (const [title, checks] of Object.entries({
      ...storeChecks,
      ...lossChecks,
      ...lookupChecks,
      ...watchChecks,
    }))
      describe(title, () => {
        for (const [says, check] of Object.entries(checks)) it(says, () => run(check), CHECK_MS);
      });
  });
}
