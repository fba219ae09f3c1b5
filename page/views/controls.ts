import { from, fromEvent, map, merge, type Observable, startWith, switchMap, tap } from 'rxjs';
import { element, make, setText } from '../elements.js';
import type { Asked } from '../run-scenario.js';

interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly code: string;
}

/** The form with which a scenario is chosen, sent and stopped. */
export class Controls {
  /** What the user sends. */
  readonly sent$: Observable<Asked>;
  readonly stopped$: Observable<unknown>;
  readonly #scenario = element<HTMLSelectElement>('scenario');
  readonly #speed = element<HTMLInputElement>('speed');
  readonly #chunk = element<HTMLInputElement>('chunk');
  readonly #stop = element<HTMLButtonElement>('stop');

  constructor() {
    this.stopped$ = fromEvent(this.#stop, 'click');
    this.sent$ = fromEvent(element('start'), 'submit').pipe(
      tap((event) => {
        event.preventDefault();
      }),
      map(() => this.#asked()),
    );
  }

  /** Shows the scenarios that the server has and the code of the chosen one. Never ends. */
  shown$(): Observable<unknown> {
    const scenarios$ = from(
      fetch('/scenarios').then((response) => response.json() as Promise<Scenario[]>),
    ).pipe(
      tap((scenarios) => {
        this.#scenario.replaceChildren(
          ...scenarios.map(({ name, title }) => {
            const option = make('option', '', title);
            option.value = name;
            return option;
          }),
        );
      }),
      switchMap((scenarios) =>
        fromEvent(this.#scenario, 'change').pipe(
          startWith(undefined),
          tap(() => {
            this.#showCode(scenarios);
          }),
        ),
      ),
    );
    return merge(
      scenarios$,
      merge(fromEvent(this.#speed, 'input'), fromEvent(this.#chunk, 'input')).pipe(
        startWith(undefined),
        tap(() => {
          const { speed, chunk } = this.#asked();
          setText(element('speed-shown'), `${speed.toFixed(speed < 1 ? 2 : 0)}×`);
          setText(element('chunk-shown'), chunk === 0 ? 'an event' : String(chunk));
        }),
      ),
    );
  }

  /** Whether a run is under way. */
  set running(running: boolean) {
    this.#stop.disabled = !running;
  }

  #showCode(scenarios: readonly Scenario[]): void {
    const chosen = scenarios.find(({ name }) => name === this.#scenario.value);
    setText(element('code'), chosen?.code ?? '');
  }

  #asked(): Asked {
    const chunk = Number(this.#chunk.value);
    return {
      id: crypto.randomUUID(),
      scenario: this.#scenario.value,
      speed: 2 ** Number(this.#speed.value),
      chunk: chunk === 0 ? 0 : 2 ** (chunk - 1),
    };
  }
}
