import type { SchedulerLike } from 'rxjs';
import { describeValue } from './internal/describe-value.js';
import { GATE, type Gate } from './demand/gate.js';
import type { ListenerErrorHandler } from './events/report-listener-error.js';
import type { RunListener } from './events/run-event.js';
import { SCOPE, type Scope } from './run/scope.js';

/**
 * The key under which who takes the chunks of runs says that it makes something of each at once, which nothing can
 * take back: a parser, say, for which an attempt that is begun anew would be one too many. Inherited.
 */
export const COMMITS: unique symbol = Symbol.for('rxlm.commits');

/**
 * How one run is to be run. A user's function gets one too, made for its own run: hand it on, and what is run
 * with it shows up as a child.
 *
 * @example
 * const config: RunConfig = { tags: ['nightly'], timeout: 30_000 };
 */
export interface RunConfig {
  /** Inherited by the runs inside. */
  readonly tags?: readonly string[] | undefined;
  /** Inherited by the runs inside, merged by key. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** The name of this run alone, instead of the runnable's. */
  readonly runName?: string | undefined;
  /** The id of this run alone, a UUID; a new one by default. */
  readonly runId?: string | undefined;
  /**
   * Anything that functions, tools and hooks of the run and of the runs inside are to have: a user's id, a connection. It
   * is in no event, and no remote server gets it.
   */
  readonly context?: unknown;
  /** Cancels the run; the view then errors with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds this run may take in total; then it errors with code `timeout`. No limit by default. */
  readonly timeout?: number | undefined;
  /** How many runs of a `batch` go at once. No limit by default. */
  readonly maxConcurrency?: number | undefined;
  /** Told every event of this run and of the runs inside, whatever the view. */
  readonly listeners?: readonly RunListener[] | undefined;
  /**
   * Called with the first error of each listener that throws (or whose promise is rejected), once for a tree of runs.
   * The run goes on, and so do the listener's events. Inherited. By default the platform warns: `process.emitWarning`,
   * or `reportError` where there is no such thing.
   */
  readonly onError?: ListenerErrorHandler | undefined;
  /** Makes run ids; UUID v7 by default. */
  readonly newId?: (() => string) | undefined;
  /** Where time comes from; RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
  readonly [SCOPE]?: Scope | undefined;
  readonly [GATE]?: Gate | undefined;
  readonly [COMMITS]?: boolean | undefined;
}

/**
 * @internal Throws a `TypeError` that names the option and its value where a config cannot be meant.
 */
export function checkConfig(config: RunConfig): void {
  if (typeof (config as unknown) !== 'object' || (config as unknown) === null) {
    throw new TypeError(`config must be an object, got ${describeValue(config)}`);
  }
  const { timeout, maxConcurrency, runName, runId, tags, metadata, listeners, signal } = config;
  const { newId, scheduler, onError } = config;
  check('timeout', timeout, isPositive, 'a number of milliseconds above 0');
  check('maxConcurrency', maxConcurrency, isPositive, 'a number above 0');
  check('runName', runName, isString, 'a string');
  check('runId', runId, (id) => isString(id) && id !== '', 'a non-empty string, best a UUID');
  check('tags', tags, (all) => Array.isArray(all) && all.every(isString), 'an array of strings');
  check('metadata', metadata, (value) => typeof value === 'object' && value !== null, 'an object');
  check(
    'listeners',
    listeners,
    (all) => Array.isArray(all) && all.every(isFunction),
    'an array of functions',
  );
  check('onError', onError, isFunction, 'a function');
  check('signal', signal, isSignal, 'an AbortSignal');
  check('newId', newId, isFunction, 'a function');
  check('scheduler', scheduler, isScheduler, 'a scheduler of RxJS');
}

function check(
  name: string,
  value: unknown,
  ok: (value: unknown) => boolean,
  wanted: string,
): void {
  if (value !== undefined && !ok(value)) {
    throw new TypeError(`config.${name} must be ${wanted}, got ${describeValue(value)}`);
  }
}

const isPositive = (value: unknown) => typeof value === 'number' && value > 0;
const isString = (value: unknown) => typeof value === 'string';
const isFunction = (value: unknown) => typeof value === 'function';
const isSignal = (value: unknown) =>
  typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
const isScheduler = (value: unknown) =>
  typeof value === 'object' && value !== null && 'schedule' in value && 'now' in value;
