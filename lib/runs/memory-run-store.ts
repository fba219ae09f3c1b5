import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { MemoryRun } from './internal/memory-run.js';
import { Watchers } from './internal/wake-listeners.js';
import type { ListQuery, RunClaim, RunStore } from './run-store.js';

/** How a store in memory keeps time. */
export interface MemoryRunStoreOptions {
  /** Where time comes from; RxJS's `asyncScheduler` by default. It is only asked for the time: the store has no timers. */
  readonly scheduler?: SchedulerLike | undefined;
}

/**
 * A store of runs in the memory of this process: the default of `durableRuns`. It answers every call at once, and a run is gone
 * with the process. Runs whose time is over are removed when one is asked for or another one is claimed.
 *
 * @example
 * const store = memoryRunStore();
 * await store.read('unknown', { after: 0, limit: 1, maxChars: 1 }) // => undefined
 */
export function memoryRunStore(options: MemoryRunStoreOptions = {}): RunStore {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { scheduler = asyncScheduler } = options;
  const runs = new Map<string, MemoryRun>();
  const threads = new Map<string, { readonly id: string; readonly expiresAt: number }>();
  const watchers = new Watchers();
  const cancelWatchers = new Watchers();
  let lastEpoch = 0;

  const find = (id: string): MemoryRun | undefined => {
    const run = runs.get(id);
    if (run === undefined || run.expiresAt > scheduler.now()) return run;
    runs.delete(id);
    watchers.wake(id);
    return undefined;
  };
  const latest = (thread: string): string | undefined => {
    const known = threads.get(thread);
    if (known === undefined || known.expiresAt > scheduler.now()) return known?.id;
    threads.delete(thread);
    return undefined;
  };
  const begin = (id: string, claim: RunClaim): MemoryRun => {
    for (const known of runs.keys()) find(known);
    lastEpoch = Math.max(lastEpoch + 1, Math.floor(scheduler.now()), 1);
    const run = new MemoryRun(lastEpoch, claim, scheduler.now());
    runs.set(id, run);
    return run;
  };
  /** Keeps the ending of a run that is gone. */
  const bury = (id: string, epoch: number, keepMs: number): void => {
    runs.set(id, MemoryRun.lost(epoch, keepMs, scheduler.now()));
    watchers.wake(id);
  };

  return {
    claim: (id, claim) => {
      const run = find(id) ?? begin(id, claim);
      return run.token === claim.token
        ? { ok: true, epoch: run.epoch }
        : { ok: false, why: 'exists' };
    },
    append: (id, token, batch) => {
      const run = find(id);
      if (run === undefined) {
        bury(id, batch.epoch, batch.keepMs);
        return { ok: false, why: 'lost' };
      }
      const isHeartbeat = batch.entries.length === 0 && batch.ending === undefined;
      const reply = run.append(token, batch, scheduler.now());
      if (!isHeartbeat || !reply.ok) watchers.wake(id);
      return reply;
    },
    read: (id, query) => find(id)?.read(query, scheduler.now()),
    watch: (id, wake) => watchers.add(id, wake),
    watchCancel: (id, wake) => cancelWatchers.add(id, wake),
    requestCancel: (id) => {
      const run = find(id);
      if (run === undefined || run.isOver) return false;
      run.cancelRequested = true;
      cancelWatchers.wake(id);
      return true;
    },
    declareLost: (id, evidence) => {
      const run = find(id);
      if (run === undefined) {
        if (evidence.state !== 'stream_lost' || evidence.seen === 0) return false;
        bury(id, evidence.epoch, evidence.keepMs);
        return true;
      }
      const isLost = run.declareLost(evidence, scheduler.now());
      if (isLost) watchers.wake(id);
      return isLost;
    },
    keepWatched: (id, ms) => {
      find(id)?.keepWatched(ms, scheduler.now());
    },
    setLatest: (thread, id, ms) => {
      for (const known of threads.keys()) latest(known);
      const before = latest(thread);
      threads.set(thread, { id, expiresAt: scheduler.now() + ms });
      return before;
    },
    latest,
    list: ({ limit, cursor }: ListQuery) => {
      const ids = [...runs.keys()].filter((id) => find(id) !== undefined).sort();
      const rest = cursor === undefined ? ids : ids.filter((id) => id > cursor);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      return {
        runs: page.flatMap((id) => {
          const run = runs.get(id);
          return run === undefined ? [] : [{ id, ...run.info(scheduler.now()) }];
        }),
        ...(rest.length > page.length && last !== undefined ? { cursor: last } : {}),
      };
    },
    delete: (id) => {
      const isThere = find(id) !== undefined;
      runs.delete(id);
      if (isThere) watchers.wake(id);
      return isThere;
    },
  };
}
