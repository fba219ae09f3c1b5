import type { SchedulerLike } from 'rxjs';
import type { Reply, RunStore } from 'rxlm';

/** What becomes of one call of a store. */
export type Fate = 'ok' | 'slow' | 'not sent' | 'reply lost';

/** A reply that comes later, on the clock of a scheduler. */
function later<T>(scheduler: SchedulerLike, ms: number, call: () => Reply<T>): PromiseLike<T> {
  return {
    then: (resolve, reject) => {
      scheduler.schedule(() => {
        try {
          resolve?.(call() as T);
        } catch (error) {
          reject?.(error);
        }
      }, ms);
      return later(scheduler, ms, () => undefined as never);
    },
  };
}

/** A store as it is seen over a network: `fate` says what becomes of each call. Hints are lost while calls are not sent. */
export function flakyStore(store: RunStore, scheduler: SchedulerLike, fate: () => Fate): RunStore {
  const over = <A extends unknown[], T>(call: (...args: A) => Reply<T>) => {
    return (...args: A): Reply<T> => {
      switch (fate()) {
        case 'ok':
          return call(...args);
        case 'slow':
          return later(scheduler, 20, () => call(...args));
        case 'not sent':
          throw new Error('connection refused');
        case 'reply lost':
          void call(...args);
          throw new Error('connection reset');
      }
    };
  };
  const hinted = (wake: () => void) => () => {
    if (fate() !== 'not sent') wake();
  };
  return {
    claim: over(store.claim),
    append: over(store.append),
    read: over(store.read),
    requestCancel: over(store.requestCancel),
    declareLost: over(store.declareLost),
    keepWatched: over(store.keepWatched),
    setLatest: over(store.setLatest),
    latest: over(store.latest),
    list: over(store.list),
    delete: over(store.delete),
    watch: (id, wake) => store.watch(id, hinted(wake)),
    watchCancel: (id, wake) => store.watchCancel(id, hinted(wake)),
  };
}
