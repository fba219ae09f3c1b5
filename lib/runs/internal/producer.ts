import {
  catchError,
  concatWith,
  defer,
  EMPTY,
  exhaustMap,
  finalize,
  ignoreElements,
  interval,
  map,
  merge,
  Observable,
  of,
  repeat,
  Subject,
  take,
  takeUntil,
  takeWhile,
  tap,
  throwError,
} from 'rxjs';
import { GATE } from '../../core/demand/gate.js';
import type { RunConfig } from '../../core/run-config.js';
import { reportTeardown } from '../../core/run/report-teardown.js';
import { errorToJson } from '../../errors/error-to-json.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import type { RunSettings } from '../durable-run-options.js';
import type { RunEnding } from '../run-ending.js';
import type { AppendReply, RunStore } from '../run-store.js';
import { ask$, patiently } from './ask-store.js';
import { OutgoingLog } from './outgoing-log.js';

/** @internal A run that this process has claimed. */
export interface OwnRun {
  readonly id: string;
  readonly token: string;
  readonly epoch: number;
}

/** @internal Makes the values of a run. */
export type RunSource<T = unknown> = (config: RunConfig) => Observable<T>;

/**
 * @internal Appends the values of a source to its run, its ending behind them, and completes when that is stored. Errors if the
 * run is no longer this process's, or if the store cannot be reached for too long; the source is unsubscribed first.
 *
 * One append is under way at a time, and what comes meanwhile goes with the next one. `stop$` ends the run from here.
 */
export function produce$(
  store: RunStore,
  { id, token, epoch }: OwnRun,
  source: RunSource,
  settings: RunSettings,
  stop$: Observable<RunEnding>,
): Observable<never> {
  const { scheduler, leaseMs, keepMs, cancelAfterMs, config } = settings;
  const heartbeatMs = Math.min(leaseMs / 3, (cancelAfterMs ?? Infinity) / 2);
  return defer(() => {
    const log = new OutgoingLog(settings);
    const filled = new Subject<void>();
    const stopped = new Subject<RunEnding>();
    const over = new Subject<void>();

    const source$ = defer(() => source({ ...config, scheduler, [GATE]: log.gate })).pipe(
      reportTeardown(),
      tap((value) => {
        if (log.put(value)) filled.next();
        else stopped.next({ state: 'limit' });
      }),
      ignoreElements(),
      concatWith(of<RunEnding>({ state: 'end' })),
      catchError((error: unknown) => of<RunEnding>({ state: 'error', error: errorToJson(error) })),
    );
    const ended$ = merge(stopped, stop$, source$).pipe(
      take(1),
      tap((ending) => {
        log.ending = ending;
        filled.next();
      }),
    );

    const checkReply = (reply: AppendReply) => {
      if (!reply.ok) throw new RxlmError(LOST[reply.why], { code: `run_${reply.why}` });
      log.appended();
      if (reply.cancelRequested || (reply.unwatchedMs ?? 0) > (cancelAfterMs ?? Infinity))
        stopped.next({ state: 'cancelled' });
    };
    const append$ = defer(() => {
      const batch = { epoch, leaseMs, keepMs, ...log.take() };
      return ask$(() => store.append(id, token, batch), scheduler).pipe(
        patiently(settings),
        tap(checkReply),
      );
    });
    const cancelHint$ = new Observable<void>((subscriber) =>
      store.watchCancel(id, () => {
        subscriber.next();
      }),
    );
    const mustAsk$ = merge(interval(heartbeatMs, scheduler), cancelHint$).pipe(
      tap(() => {
        log.mustAsk = true;
      }),
    );
    const appends$ = merge(filled, mustAsk$).pipe(
      exhaustMap(() =>
        append$.pipe(repeat({ delay: () => (log.hasMore ? of(undefined) : EMPTY) })),
      ),
      map(() => log.isDone),
      takeWhile((isDone) => !isDone),
      catchError((error: unknown) => {
        // First the provider's connection closes.
        over.next();
        return throwError(() => error);
      }),
      finalize(() => {
        over.next();
      }),
    );
    return merge(appends$, ended$.pipe(takeUntil(over))).pipe(ignoreElements());
  });
}

const LOST = {
  fenced: 'durable run: the run belongs to another producer. What this one appended is rejected',
  ended: 'durable run: the run was ended by another process, which took this producer for lost',
  lost: 'durable run: the store has lost a part of the run, and has ended it',
} as const;
