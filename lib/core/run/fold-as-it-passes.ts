import { defer, Observable, type OperatorFunction, type Subscriber } from 'rxjs';

/**
 * @internal A fold that is fed by hand, for who passes the chunks on and wants their whole afterwards.
 */
export class Folding<C, O> {
  #chunks: Subscriber<C> | undefined;
  #whole: O | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(fold: OperatorFunction<C, O>) {
    const chunks$ = new Observable<C>((subscriber) => {
      this.#chunks = subscriber;
    });
    defer(() => fold(chunks$)).subscribe({
      next: (whole) => {
        this.#whole = whole;
      },
      error: (error: unknown) => {
        this.#failure = { error };
      },
    });
  }

  add(chunk: C): void {
    this.#chunks?.next(chunk);
  }

  /** The whole of the chunks so far, which ends the folding; undefined where there is none. */
  end(): O | undefined {
    this.#chunks?.complete();
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#whole;
  }
}
