import {
  animationFrames,
  fromEvent,
  map,
  merge,
  type Observable,
  switchMap,
  takeUntil,
  takeWhile,
} from 'rxjs';
import { element, setText } from '../elements.js';
import type { History } from '../history.js';
import type { Action } from '../page-state.js';

const goTo = (to: number): Action => ({ type: 'go', to });
const step = (by: number): Action => ({ type: 'step', by });

/** Goes through a run: a slider, steps, and a replay in the run's own time. */
export class Scrubber {
  readonly actions$: Observable<Action>;
  readonly #range = element<HTMLInputElement>('position');
  #run: History | undefined;

  constructor() {
    const click = (id: string) => fromEvent(element(id), 'click');
    const moved$ = merge(
      fromEvent(this.#range, 'input').pipe(map(() => goTo(Number(this.#range.value)))),
      click('back').pipe(map(() => step(-1))),
      click('on').pipe(map(() => step(1))),
    );
    const replayed$ = click('replay').pipe(
      switchMap(() => this.#replay().pipe(map(goTo), takeUntil(moved$))),
    );
    this.actions$ = merge(moved$, replayed$);
  }

  show(run: History, count: number): void {
    this.#run = run;
    const total = String(run.events.length);
    this.#range.max = total;
    this.#range.value = String(count);
    setText(element('position-shown'), `${String(count)} of ${total}`);
  }

  #replay(): Observable<number> {
    const events = this.#run?.events ?? [];
    const begin = events[0]?.timestamp ?? 0;
    let count = 0;
    return animationFrames().pipe(
      map(({ elapsed }) => {
        while ((events[count]?.timestamp ?? Infinity) - begin <= elapsed) count += 1;
        return count;
      }),
      takeWhile((shown) => shown < events.length, true),
    );
  }
}
