import {
  catchError,
  concat,
  EMPTY,
  finalize,
  ignoreElements,
  interval,
  merge,
  mergeMap,
  Observable,
  of,
  share,
  Subject,
  tap,
} from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { RunStore } from '../run-store.js';
import { ask$ } from './ask-store.js';

/** How often readers look by themselves, as hints may be lost. */
export const POLL_MS = 1_000;
/** For how long a viewer counts as one after its last look. */
const WATCHED_MS = 3 * POLL_MS;

/** @internal What makes the viewers of one run look for more, together: hints of the store and a poll. */
export interface Pulse {
  readonly beat$: Observable<unknown>;
  /** How many beats there were: what was read before one may be older than what it hints at. */
  readonly beats: number;
  /** The run counts its viewers: from now on they are reported to its producer. */
  readonly count: () => void;
}

/** @internal The pulses of the runs that are watched in this process. One watcher and one timer serve all viewers of a run. */
export class Pulses {
  readonly #byId = new Map<string, Pulse>();
  readonly #store: RunStore;
  readonly #scheduler: SchedulerLike;

  constructor(store: RunStore, scheduler: SchedulerLike) {
    this.#store = store;
    this.#scheduler = scheduler;
  }

  of(id: string): Pulse {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const pulse = this.#make(id);
    this.#byId.set(id, pulse);
    return pulse;
  }

  #make(id: string): Pulse {
    const store = this.#store;
    const scheduler = this.#scheduler;
    let isCounted = false;
    const firstCount = new Subject<void>();
    const mark$ = ask$(() => store.keepWatched(id, WATCHED_MS), scheduler).pipe(
      // The next one follows soon.
      catchError(() => EMPTY),
      ignoreElements(),
    );
    const hint$ = new Observable<void>((subscriber) =>
      store.watch(id, () => {
        subscriber.next();
      }),
    );
    const poll$ = interval(POLL_MS, scheduler).pipe(
      mergeMap((beat) => (isCounted ? concat(of(beat), mark$) : of(beat))),
    );
    const pulse = {
      beats: 0,
      beat$: merge(hint$, poll$, firstCount.pipe(mergeMap(() => mark$))).pipe(
        tap(() => {
          pulse.beats += 1;
        }),
        finalize(() => {
          if (this.#byId.get(id) === pulse) this.#byId.delete(id);
        }),
        share(),
      ),
      count: () => {
        if (isCounted) return;
        isCounted = true;
        firstCount.next();
      },
    };
    return pulse;
  }
}
