import { fromEvent, map, merge, type Observable } from 'rxjs';
import { element, make } from '../elements.js';
import type { Action, PageState } from '../page-state.js';

/** The two lists of runs: the one that is shown, and the one it is compared with. */
export class RunPickers {
  readonly actions$: Observable<Action>;
  readonly #run = element<HTMLSelectElement>('run');
  readonly #compare = element<HTMLSelectElement>('compare');
  #shown: PageState['runs'] | undefined;

  constructor() {
    const changed = (list: HTMLSelectElement, type: 'select' | 'compare') =>
      fromEvent(list, 'change').pipe(map(() => ({ type, id: list.value })));
    this.actions$ = merge(changed(this.#run, 'select'), changed(this.#compare, 'compare'));
  }

  show({ runs, selected = '', compared = '' }: PageState): void {
    if (runs !== this.#shown) {
      const options = () =>
        [...runs.values()].map(({ id, name }, index) =>
          option(id, `${String(index + 1)}: ${name}`),
        );
      this.#run.replaceChildren(...options());
      this.#compare.replaceChildren(option('', 'none'), ...options());
      this.#shown = runs;
    }
    this.#run.value = selected;
    this.#compare.value = compared;
  }
}

function option(value: string, text: string): HTMLOptionElement {
  const made = make('option', '', text);
  made.value = value;
  return made;
}
