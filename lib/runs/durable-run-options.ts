import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import { memoryRunStore } from './memory-run-store.js';
import type { RunStore } from './run-store.js';

/** How runs are kept, for how long, and how long their store is waited for. Times are milliseconds. */
export interface DurableRunsOptions {
  /** Where the runs are. @defaultValue a `memoryRunStore` of its own: the runs of this process */
  readonly store?: RunStore | undefined;
  /** The config of every source. Give it no `signal`: `cancel` ends a run. */
  readonly config?: RunConfig | undefined;
  /**
   * Whether a run without viewers goes on, or is cancelled after `cancelAfterMs` without one. At least 100; a viewer that has
   * disconnected counts for up to 3 s more.
   *
   * @defaultValue 'go on'
   */
  readonly whenUnwatched?: 'go on' | { readonly cancelAfterMs: number } | undefined;
  /**
   * A run whose producer has sent neither values nor a heartbeat for so long is `producer_lost`. Heartbeats are sent three times as
   * often. After an engine has stood still for longer, producers have a third of it to renew their leases. @defaultValue 15_000
   */
  readonly leaseMs?: number | undefined;
  /** For how long a run is kept once it is over. @defaultValue 3_600_000, an hour */
  readonly keepMs?: number | undefined;
  /** For how long a run may be open; then it is removed. @defaultValue 86_400_000, a day */
  readonly maxMs?: number | undefined;
  /** Values of a run, at most; one more ends it as `limit`. @defaultValue 100_000 */
  readonly maxEntries?: number | undefined;
  /** Characters of JSON of a run, at most; one more ends it as `limit`. @defaultValue 64 Mi */
  readonly maxChars?: number | undefined;
  /** For how long a store may fail before viewers and producers give up (`store_unavailable`). @defaultValue 30_000 */
  readonly patienceMs?: number | undefined;
  /** Whether late viewers get adjacent deltas merged. @defaultValue true */
  readonly snapshots?: boolean | undefined;
  /** Called with the error for which a producer of this process gave up its run. By default the platform warns. */
  readonly onError?: ((error: unknown, context: { readonly id: string }) => void) | undefined;
  /** Where time comes from; RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** @internal The options with their defaults. */
export interface RunSettings {
  readonly store: RunStore;
  readonly config: RunConfig;
  readonly cancelAfterMs: number | undefined;
  readonly leaseMs: number;
  readonly keepMs: number;
  readonly maxMs: number;
  readonly maxEntries: number;
  readonly maxChars: number;
  readonly patienceMs: number;
  readonly snapshots: boolean;
  readonly onError: DurableRunsOptions['onError'];
  readonly scheduler: SchedulerLike;
}

const DEFAULTS = {
  leaseMs: 15_000,
  keepMs: 3_600_000,
  maxMs: 86_400_000,
  maxEntries: 100_000,
  maxChars: 64 * 1024 * 1024,
  patienceMs: 30_000,
};

/** @internal Throws a `TypeError` that names an invalid option. */
export function checkDurableRunsOptions(options: DurableRunsOptions): RunSettings {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { whenUnwatched = 'go on', snapshots = true, scheduler = asyncScheduler } = options;
  const { config = {}, onError, store = memoryRunStore({ scheduler }) } = options;
  const numbers = Object.fromEntries(
    Object.entries(DEFAULTS).map(([name, value]) => {
      const given = (options as Readonly<Record<string, unknown>>)[name] ?? value;
      return [name, checkNumber(name, given, 1)];
    }),
  ) as typeof DEFAULTS;
  if (typeof (store as Partial<RunStore> | null)?.append !== 'function')
    throw new TypeError(`store must be a RunStore, got ${describeValue(store)}`);
  if (typeof (config as unknown) !== 'object' || (config as unknown) === null)
    throw new TypeError(`config must be an object, got ${describeValue(config)}`);
  if (onError !== undefined && typeof onError !== 'function')
    throw new TypeError(`onError must be a function, got ${describeValue(onError)}`);
  if (typeof snapshots !== 'boolean')
    throw new TypeError(`snapshots must be a boolean, got ${describeValue(snapshots)}`);
  return {
    ...numbers,
    store,
    config,
    snapshots,
    scheduler,
    onError,
    cancelAfterMs: cancelAfterMsOf(whenUnwatched),
  };
}

function cancelAfterMsOf(policy: unknown): number | undefined {
  if (policy === 'go on') return undefined;
  if (typeof policy !== 'object' || policy === null || !('cancelAfterMs' in policy))
    throw new TypeError(
      `whenUnwatched must be 'go on' or { cancelAfterMs }, got ${describeValue(policy)}`,
    );
  return checkNumber('cancelAfterMs', policy.cancelAfterMs, 100);
}

function checkNumber(name: string, value: unknown, least: number): number {
  if (typeof value === 'number' && value >= least && Number.isFinite(value)) return value;
  throw new TypeError(
    `${name} must be a number of at least ${String(least)}, got ${describeValue(value)}`,
  );
}
