import {
  defer,
  filter,
  finalize,
  Observable,
  type ObservableInput,
  type OperatorFunction,
  Subject,
  takeUntil,
} from 'rxjs';
import { GATE } from '../../core/demand/gate.js';
import type { Backlog } from './backlog.js';
import { gated } from './with-gate.js';

/** How a source or some work has ended. */
type Ending = { readonly error: unknown } | 'complete';

interface Work<R> {
  /** What it has given before its turn. */
  readonly results: R[];
  ending: Ending | undefined;
  /** The work whose turn is next. */
  next: Work<R> | undefined;
}

/**
 * @internal Projects each value, `concurrent` of them at a time, and emits the results in the order of the values.
 * Endings wait their turn: that of the source comes after all work, an error of some work after what came before it.
 * Values wait in the backlog, whose gate the source is offered; no work is begun while the edge is closed.
 */
export function inTurn<T, R>(
  makeBacklog: () => Backlog<T>,
  project: (value: T, index: number) => ObservableInput<R>,
  concurrent: number,
): OperatorFunction<T, R> {
  return gated((edge) => {
    edge?.heed();
    const backlog = makeBacklog();
    const work$ = (source$: Observable<T>) =>
      new Observable<R>((subscriber) => {
        if (subscriber.closed) return;
        let first: Work<R> | undefined;
        let last: Work<R> | undefined;
        let underWay = 0;
        let index = 0;
        let ending: Ending | undefined;
        let failed = false;
        let advancing = false;
        let takeBack: (() => void) | undefined;
        /** Emits the number of the first work that is of no use any more, and with it the source is not. */
        const useless = new Subject<number>();

        /** Starts what can start and emits what has its turn. A loop, because work that is done at once must not nest. */
        const advance = () => {
          if (advancing) return;
          advancing = true;
          while (!subscriber.closed && (begin() || emit()));
          advancing = false;
        };

        const begin = (): boolean => {
          if (backlog.isEmpty || underWay >= concurrent || failed) return false;
          if (edge?.closed === true) {
            takeBack ??= edge.onOpen(() => {
              takeBack = undefined;
              advance();
            });
            return false;
          }
          start(backlog.take(), index++);
          return true;
        };

        const start = (value: T, number: number) => {
          const work: Work<R> = { results: [], ending: undefined, next: undefined };
          underWay += 1;
          if (last === undefined) first = work;
          else last.next = work;
          last = work;
          defer(() => project(value, number))
            .pipe(
              takeUntil(useless.pipe(filter((from) => from <= number))),
              // Not when it ends but when it is torn down: no more may be held than may run at once.
              finalize(advance),
            )
            .subscribe({
              next: (result) => {
                // Results from before its turn go first, and may be on their way right now.
                if (work === first && work.results.length === 0) subscriber.next(result);
                else work.results.push(result);
              },
              error: (error: unknown) => {
                work.ending = { error };
                failed = true;
                useless.next(number + 1);
              },
              complete: () => {
                work.ending = 'complete';
              },
              ...{ [GATE]: edge },
            });
        };

        /** Returns whether there may be more to emit. */
        const emit = (): boolean => {
          if (first === undefined) {
            if (ending !== undefined && backlog.isEmpty) end(ending);
            return false;
          }
          // More may come meanwhile.
          for (let at = 0; at < first.results.length && !subscriber.closed; at++)
            subscriber.next(first.results[at] as R);
          first.results.length = 0;
          if (first.ending === undefined) return false;
          if (first.ending !== 'complete') {
            end(first.ending);
            return false;
          }
          underWay -= 1;
          first = first.next;
          if (first === undefined) last = undefined;
          return true;
        };

        const end = (how: Ending) => {
          if (how === 'complete') subscriber.complete();
          else subscriber.error(how.error);
        };

        const endSource = (how: Ending) => {
          ending ??= how;
          advance();
        };

        subscriber.add(() => {
          takeBack?.();
          useless.next(0);
        });
        source$.pipe(takeUntil(useless)).subscribe({
          next: (value) => {
            backlog.put(value);
            advance();
          },
          error: (error: unknown) => {
            endSource({ error });
          },
          complete: () => {
            endSource('complete');
          },
        });
      });
    return [backlog, work$];
  });
}
