import { defer, finalize, map, type Observable, of, type SchedulerLike, share, tap } from 'rxjs';
import type { Reply } from '../run-store.js';
import { ask$, isPromise } from './ask-store.js';

/** @internal Gives those who ask the same at the same time the reply of one call: viewers at one place of a run read it once. */
export class SharedReads {
  readonly #underWay = new Map<string, Observable<unknown>>();
  readonly #scheduler: SchedulerLike;

  constructor(scheduler: SchedulerLike) {
    this.#scheduler = scheduler;
  }

  ask$<T, R>(key: string, call: () => Reply<T>, project: (reply: T) => R): Observable<R> {
    return defer(() => {
      const known = this.#underWay.get(key) as Observable<R> | undefined;
      if (known !== undefined) return known;
      const reply = call();
      return isPromise(reply) ? this.#share(key, reply, project) : of(project(reply));
    });
  }

  #share<T, R>(key: string, reply: PromiseLike<T>, project: (reply: T) => R): Observable<R> {
    const settle = () => {
      if (this.#underWay.get(key) === reply$) this.#underWay.delete(key);
    };
    const reply$ = ask$(() => reply, this.#scheduler).pipe(
      map(project),
      // Before anybody has it: who asks while it is emitted would miss it.
      tap(settle),
      finalize(settle),
      share(),
    );
    this.#underWay.set(key, reply$);
    return reply$;
  }
}
