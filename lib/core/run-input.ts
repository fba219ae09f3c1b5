import { type Observable, of, type OperatorFunction, take } from 'rxjs';

/**
 * What a run is given: one input, perhaps still arriving.
 *
 * `chunks$` are its chunks as they arrive, `whole$` is the same through the fold of the step before. Both are cold.
 */
export class RunInput<out I> {
  readonly chunks$: Observable<unknown>;
  readonly whole$: Observable<I>;
  /** Makes the whole of the chunks. */
  readonly fold: OperatorFunction<never, I>;
  /** The input itself, where it was there from the start. */
  readonly given: { readonly value: I } | undefined;

  constructor(
    chunks$: Observable<unknown>,
    fold: OperatorFunction<never, I>,
    given?: { readonly value: I },
  ) {
    this.chunks$ = chunks$;
    this.fold = fold;
    this.whole$ = (chunks$ as Observable<never>).pipe(fold);
    this.given = given;
  }

  /** An input that is there already. */
  static of<I>(value: I): RunInput<I> {
    return new RunInput<I>(of(value), take<I>(1), { value });
  }
}
