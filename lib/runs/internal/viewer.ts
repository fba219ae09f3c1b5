import {
  concat,
  concatMap,
  defer,
  EMPTY,
  finalize,
  ignoreElements,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  repeat,
  Subject,
  take,
  takeUntil,
  takeWhile,
  tap,
  throwError,
  timer,
} from 'rxjs';
import type { Gate } from '../../core/demand/gate.js';
import { opened } from '../../operators/internal/when-gate-open.js';
import type { RunSettings } from '../durable-run-options.js';
import type { RunEnding } from '../run-ending.js';
import type { RunInfo } from '../run-store.js';
import { ask$, patiently } from './ask-store.js';
import { errorOfEnding, runError } from './run-errors.js';
import { formatCursor, type RunCursor } from './run-cursor.js';
import { type ReadRun, readRun$, type ReadValue } from './read-run.js';
import type { Pulses } from './heartbeats.js';
import type { SharedReads } from './shared-reads.js';

/** @internal What the viewers of a process share. */
export interface ViewerPlace {
  readonly settings: RunSettings;
  readonly pulses: Pulses;
  readonly reads: SharedReads;
}

/** @internal What a viewer sees at once. */
interface Sight {
  readonly info: RunInfo;
  readonly values: readonly ReadValue[];
  /** Set once everything before it has been seen. */
  readonly ending: RunEnding | undefined;
}

/** Pages after which other work of the process gets its turn. */
const PAGES_AT_ONCE = 32;

/** @internal The values of a run behind a place, and then its ending: completion, or an error. */
export function join$(
  place: ViewerPlace,
  id: string,
  cursor: RunCursor | undefined,
  gate: Gate | undefined,
): Observable<{ readonly id: string; readonly value: unknown }> {
  return look$(place, id, cursor, gate, true).pipe(
    concatMap(({ info: { epoch }, values, ending }) => {
      const found = values.map(([seq, value]) => ({ id: formatCursor({ epoch, seq }), value }));
      const error = ending === undefined ? undefined : errorOfEnding(ending);
      return error === undefined
        ? found
        : concat(
            found,
            throwError(() => error),
          );
    }),
  );
}

/** @internal What is known of a run, whenever the run has changed; completes with its ending. */
export function info$(place: ViewerPlace, id: string): Observable<RunInfo> {
  return look$(place, id, undefined, undefined, false).pipe(map(({ info }) => info));
}

function look$(
  { settings, pulses, reads }: ViewerPlace,
  id: string,
  cursor: RunCursor | undefined,
  gate: Gate | undefined,
  isReading: boolean,
): Observable<Sight> {
  const { store, scheduler, leaseMs, keepMs } = settings;
  return defer(() => {
    let { epoch, seq } = cursor ?? { epoch: undefined, seq: 0 };
    /** Whether this viewer has read from the run itself: only then it knows of a loss. */
    let hasRead = false;
    let isStale = false;
    let expiredSince: number | undefined;
    let pages = 0;
    const beats = new Subject<void>();
    const over = new Subject<void>();
    const pulse = pulses.of(id);
    gate?.heed();

    const declare$ = (evidence: Parameters<typeof store.declareLost>[1]) =>
      ask$(() => store.declareLost(id, evidence), scheduler).pipe(
        tap(() => {
          isStale = true;
        }),
        ignoreElements(),
      );
    /** Writes the loss down first, so that every later viewer finds it. */
    const streamLost$ = (seen: number) =>
      concat(
        epoch === undefined ? EMPTY : declare$({ state: 'stream_lost', epoch, seen, keepMs }),
        throwError(() => runError('stream_lost')),
      );
    const checkLease$ = ({ epoch: of }: RunInfo): Observable<never> => {
      expiredSince ??= scheduler.now();
      // An engine that stood still has expired all leases: a living producer renews its own in that time.
      return scheduler.now() - expiredSince < leaseMs / 3
        ? EMPTY
        : declare$({ state: 'producer_lost', epoch: of, keepMs });
    };
    const see = (read: ReadRun | undefined): Observable<Sight> => {
      if (read === undefined)
        return hasRead ? streamLost$(Math.max(seq, 1)) : throwError(() => runError('unknown_run'));
      const { info, values } = read;
      const ending = info.last > (values.at(-1)?.[0] ?? seq) && isReading ? undefined : info.ending;
      if (epoch !== undefined && epoch !== info.epoch)
        return throwError(() => runError(hasRead ? 'stream_lost' : 'gap'));
      if (isReading && info.last < seq && info.ending?.state !== 'stream_lost')
        return hasRead ? streamLost$(seq) : throwError(() => runError('gap'));
      hasRead = true;
      epoch = info.epoch;
      seq = values.at(-1)?.[0] ?? seq;
      if (info.countsViewers && ending === undefined) pulse.count();
      isStale ||= isReading && seq < info.last;
      const sight = { info, values, ending };
      const isAlive = info.ending !== undefined || info.leaseLeftMs > 0;
      if (!isAlive) return concat(of(sight), checkLease$(info));
      expiredSince = undefined;
      return of(sight);
    };
    const page$ = defer(() => {
      isStale = false;
      pages += 1;
      return readRun$(store, reads, id, isReading ? seq : undefined, pulse.beats);
    }).pipe(mergeMap(see));
    const next$ = (): Observable<unknown> => {
      if (gate?.closed === true) return opened(gate).pipe(take(1));
      if (!isStale) return beats.pipe(take(1));
      return pages % PAGES_AT_ONCE === 0 ? timer(0, scheduler) : of(undefined);
    };
    const sights$ = page$.pipe(
      repeat({ delay: next$ }),
      // One subscription for all pages. What has been seen outlives an attempt.
      patiently(settings),
      takeWhile(({ ending }) => ending === undefined, true),
      finalize(() => {
        over.next();
      }),
    );
    const beat$ = pulse.beat$.pipe(
      tap(() => {
        isStale = true;
        beats.next();
      }),
      ignoreElements(),
      takeUntil(over),
    );
    return merge(beat$, sights$);
  });
}
