import { concat, type Observable, take, throwError } from 'rxjs';
import { type RunConfig, Runnable, type RunInput } from 'rxlm';

type Any = Runnable<string, unknown>;

export const broken = new Error('broken');

/**
 * The first attempt of each run gives some of the chunks and then fails; the one after it is the runnable's own.
 *
 * Runs at the same time begin in any order, and a count for all would fail every attempt of one of them. The attempts
 * of a run have its input in common, and no other run has it.
 */
export class FailsFirst extends Runnable<string, unknown> {
  override readonly takes: 'whole' | 'chunks';
  override readonly fold: Any['fold'];
  readonly #begun = new WeakSet<RunInput<string>>();
  readonly #inner: Any;
  readonly #emits: number;

  constructor(inner: Any, emits: number) {
    super();
    this.#inner = inner;
    this.#emits = emits;
    this.takes = inner.takes;
    this.fold = inner.fold;
  }

  override run$(input: RunInput<string>, config: RunConfig): Observable<unknown> {
    const chunks$ = this.#inner.run$(input, config);
    if (this.#begun.has(input)) return chunks$;
    this.#begun.add(input);
    return concat(
      chunks$.pipe(take(this.#emits)),
      throwError(() => broken),
    );
  }
}
