import {
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  firstValueFrom,
  lastValueFrom,
  map,
  mergeMap,
  type Observable,
  of,
  Subject,
  tap,
} from 'rxjs';
import { GATE, type Gate } from '../core/demand/gate.js';
import { describeValue } from '../core/internal/describe-value.js';
import { emitWarning } from '../core/internal/emit-warning.js';
import { newRunId } from '../core/run/run-id.js';
import { checkDurableRunsOptions, type DurableRunsOptions } from './durable-run-options.js';
import { ask$, patiently } from './internal/ask-store.js';
import { type OwnRun, produce$, type RunSource } from './internal/producer.js';
import { Pulses } from './internal/heartbeats.js';
import { formatCursor, isRunId, parseCursor } from './internal/run-cursor.js';
import { runError } from './internal/run-errors.js';
import { SharedReads } from './internal/shared-reads.js';
import { info$, join$ } from './internal/viewer.js';
import type { RunEnding, RunState } from './run-ending.js';

/** How a run is started. */
export interface StartRunOptions {
  /** Kept as JSON with the run, for instance its owner. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
  /** Whether an existing run of this id is accepted (a repeated request) instead of being an error. @defaultValue false */
  readonly idempotent?: boolean | undefined;
  /**
   * The name of a sequence of runs, for instance a conversation; the characters of an id. The run becomes the latest one of its
   * thread, and the one before it is cancelled, as by `switchMap`.
   */
  readonly thread?: string | undefined;
}

/** Where a viewer joins a run. */
export interface JoinRunOptions {
  /** The id of the last value that the viewer has. Without it, it gets the run from its beginning. */
  readonly after?: string | undefined;
  readonly [GATE]?: Gate | undefined;
}

/** A value of a run, with an id to join behind it. */
export interface RunValue<T> {
  /** `epoch.seq`. Merged deltas have the id of the last one. */
  readonly id: string;
  readonly value: T;
}

/** The status of a run. */
export interface RunStatus {
  readonly id: string;
  readonly state: 'open' | RunState;
  /** How many values it has. */
  readonly values: number;
  /** The id of the last value; `epoch.0` while there is none. */
  readonly last: string;
  readonly cancelRequested: boolean;
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
}

/** The runs of a store, as {@link durableRuns} gives them. */
export interface DurableRuns {
  /**
   * Starts a run, with or without viewers, and resolves once the store has it. `started` is false where `idempotent` found a run.
   * Rejects with code `exists` for an id that was used before, `store_unavailable` where the store does not answer.
   */
  readonly start: <T>(
    id: string,
    source: (config: Parameters<RunSource>[0]) => Observable<T>,
    options?: StartRunOptions,
  ) => Promise<{ readonly id: string; readonly started: boolean }>;
  /**
   * The values of a run: first what was, then what comes, each once and in order, until the run is over. Completes if its source
   * completed; else it errors: with the source's error, or an `RxlmError` of code `cancelled`, `limit`, `producer_lost`, `stream_lost`.
   * `unknown_run`: there is no such run. `gap`: `after` is no place in it. `store_unavailable`: the store does not answer.
   *
   * Cold. Unsubscribing does not affect the run. Values are as JSON gives them back; messages and chunks are instances again. A
   * viewer that joins from the beginning may get adjacent deltas merged, as `coalesce` merges them.
   */
  readonly join$: <T = unknown>(id: string, options?: JoinRunOptions) => Observable<RunValue<T>>;
  /** The id of the run that was started last in a thread; undefined where none is kept. */
  readonly latest: (thread: string) => Promise<string | undefined>;
  /** Requests the end of a run, from any process. False where there is no open run of this id. Viewers get the ending `cancelled`. */
  readonly cancel: (id: string) => Promise<boolean>;
  /** The status of a run, and each change of it. Completes with the run's ending; errors with `unknown_run`. */
  readonly state$: (id: string) => Observable<RunStatus>;
  /** Ends the runs that this process produces, as `producer_lost`, and resolves when that is stored: for the end of a process. */
  readonly close: () => Promise<void>;
}

/**
 * Runs that outlive their viewers. A run is started once, joined by any number of viewers at any time, and cancelled from
 * anywhere; a viewer that unsubscribes does not affect it. With `memoryRunStore` in one process, with `redisRunStore` of `rxlm/redis` in any.
 *
 * A value is stored before any viewer sees it. Every viewer that reaches an ending has seen every value once, in order. A loss
 * is an error (`producer_lost`, `stream_lost`), never a short success.
 *
 * @example
 * const runs = durableRuns();
 * await runs.start('answer-1', () => of('gold', 'fish'));
 * const text$ = runs.join$<string>('answer-1').pipe(map(({ value }) => value));
 * text$ // => ['gold', 'fish']
 */
export function durableRuns(options: DurableRunsOptions = {}): DurableRuns {
  const settings = checkDurableRunsOptions(options);
  const { store, scheduler, leaseMs, maxMs, keepMs, cancelAfterMs, onError } = settings;
  const place = {
    settings,
    pulses: new Pulses(store, scheduler),
    reads: new SharedReads(scheduler),
  };
  const closing = new Subject<RunEnding>();
  const own = new Set<Promise<unknown>>();

  const giveUp = (error: unknown, id: string) => {
    if (onError === undefined)
      emitWarning(error, {
        what: `The durable run ${id} was given up by its producer`,
        remedy: 'Give onError to durableRuns to handle it yourself.',
        name: 'RxlmRunWarning',
        code: 'RXLM_RUN',
      });
    else onError(error, { id });
  };
  const begin = (run: OwnRun, source: RunSource) => {
    const ended$ = produce$(store, run, source, settings, closing).pipe(
      catchError((error: unknown) => {
        giveUp(error, run.id);
        return EMPTY;
      }),
    );
    const ends = lastValueFrom(ended$, { defaultValue: undefined });
    own.add(ends);
    void ends.finally(() => own.delete(ends));
  };
  const patient$ = <T>(call: () => T | PromiseLike<T>) =>
    ask$(call, scheduler).pipe(patiently(settings));

  const cancel$ = (id: string) => patient$(() => store.requestCancel(id));
  /** Emits the run before it in its thread, if there is one. */
  const becomeLatest$ = (id: string, thread: string | undefined) =>
    thread === undefined
      ? of(undefined)
      : patient$(() => store.setLatest(thread, id, maxMs + keepMs)).pipe(
          map((before) => (before === id ? undefined : before)),
        );

  return {
    start: async (id, source, { meta, thread, idempotent = false } = {}) => {
      checkId(id);
      if (thread !== undefined) checkId(thread, 'thread');
      if (typeof source !== 'function')
        throw new TypeError(
          `a run's source must be a function that makes an Observable, got ${describeValue(source)}`,
        );
      const token = newRunId();
      const claim = {
        token,
        leaseMs,
        maxMs,
        keepMs,
        meta,
        countsViewers: cancelAfterMs !== undefined,
      };
      const started$ = patient$(() => store.claim(id, claim)).pipe(
        mergeMap((reply) => {
          if (!reply.ok && !idempotent) throw runError('exists');
          if (!reply.ok) return of({ id, started: false });
          return becomeLatest$(id, thread).pipe(
            tap(() => {
              begin({ id, token, epoch: reply.epoch }, source);
            }),
            mergeMap((before) => (before === undefined ? of(false) : cancel$(before))),
            map(() => ({ id, started: true })),
          );
        }),
      );
      return await firstValueFrom(started$);
    },
    join$: <T>(id: string, { after, [GATE]: gate }: JoinRunOptions = {}) => {
      checkId(id);
      const cursor = after === undefined ? undefined : parseCursor(after);
      if (after !== undefined && cursor === undefined)
        throw new TypeError(`after must be the id of a value, got ${describeValue(after)}`);
      return join$(place, id, cursor, gate) as Observable<RunValue<T>>;
    },
    latest: async (thread) => {
      checkId(thread, 'thread');
      return await firstValueFrom(patient$(() => store.latest(thread)));
    },
    cancel: async (id) => {
      checkId(id);
      return await firstValueFrom(cancel$(id));
    },
    state$: (id) => {
      checkId(id);
      return defer(() =>
        info$(place, id).pipe(
          map(({ ending, epoch, last, cancelRequested, meta }) => ({
            id,
            state: ending?.state ?? ('open' as const),
            values: last,
            last: formatCursor({ epoch, seq: last }),
            cancelRequested,
            ...(meta === undefined ? {} : { meta }),
          })),
          distinctUntilChanged(
            (a, b) =>
              a.state === b.state &&
              a.values === b.values &&
              a.cancelRequested === b.cancelRequested,
          ),
        ),
      );
    },
    close: async () => {
      closing.next({ state: 'producer_lost' });
      await Promise.all(own);
    },
  };
}

function checkId(id: unknown, what = "a run's id"): void {
  if (!isRunId(id))
    throw new TypeError(
      `${what} must be 1 to 128 of the characters A-Z a-z 0-9 . _ ~ : -, got ${describeValue(id)}`,
    );
}
