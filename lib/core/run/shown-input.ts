import { type Observable, type OperatorFunction, tap } from 'rxjs';
import { attempt } from '../internal/try-or-undefined.js';
import type { RunEnding } from '../events/run-event.js';
import { Folding } from './fold-as-it-passes.js';

/**
 * @internal A run's input as its events show it: when it is there to begin with, and what an ending says of it.
 */
export interface ShownInput {
  /** The data of the start; undefined if the run does not begin before its input. */
  readonly atStart: object | undefined;
  /** The chunks, watched for the beginning and for the ending's input. */
  watch(chunks$: Observable<unknown>, begin: () => void): Observable<unknown>;
  atEnd(ending: RunEnding): object;
}

/** How the events of a run show an input that was there from the start. */
export interface WholeInputOptions {
  readonly isRoot: boolean;
  /** The input as a nested run shows it; what the start of a root shows is the input itself. */
  readonly nested?: () => unknown;
  /** Endings that show the input of a root as well. */
  readonly shownAgainAt?: RunEnding | undefined;
  /** What the start and the ending say beside the input. */
  readonly more?: object | undefined;
}

/** An input that was there from the start: a root shows it in its start, a child in its start and its ending. */
export class WholeInput implements ShownInput {
  readonly atStart: object;
  readonly #input: unknown;
  readonly #options: WholeInputOptions;

  constructor(input: unknown, options: WholeInputOptions) {
    const { isRoot } = options;
    this.#input = input;
    this.#options = options;
    this.atStart = isRoot ? this.#with(input) : this.#with(this.#nested);
  }

  watch(chunks$: Observable<unknown>): Observable<unknown> {
    return chunks$;
  }

  atEnd(ending: RunEnding): object {
    const { isRoot, shownAgainAt, more = {} } = this.#options;
    if (!isRoot) return this.atStart;
    return ending === shownAgainAt ? this.#with(this.#nested) : more;
  }

  /** What cannot be shown fails in the body, as the run that it was given to. */
  get #nested(): unknown {
    const { nested } = this.#options;
    return (nested === undefined ? undefined : attempt(nested)) ?? this.#input;
  }

  #with(input: unknown): object {
    const { more } = this.#options;
    return input === undefined ? { ...more } : { input, ...more };
  }
}

/** An input still arriving: the run begins with its first chunk or its completion, the ending shows the whole. */
export class ArrivingInput implements ShownInput {
  readonly atStart = undefined;
  readonly #folding: Folding<unknown, unknown>;

  constructor(fold: OperatorFunction<never, unknown>) {
    this.#folding = new Folding(fold as OperatorFunction<unknown, unknown>);
  }

  watch(chunks$: Observable<unknown>, begin: () => void): Observable<unknown> {
    return chunks$.pipe(
      tap({
        next: (chunk) => {
          begin();
          this.#folding.add(chunk);
        },
        complete: begin,
      }),
    );
  }

  atEnd(): object {
    const input = attempt(() => this.#folding.end());
    return input === undefined ? {} : { input };
  }
}
