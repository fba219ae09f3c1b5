import { type OperatorFunction, Subject } from 'rxjs';

/**
 * @internal A fold that is fed by hand, for who passes the chunks on and wants their whole afterwards.
 */
export class Folding<C, O> {
  private readonly chunks = new Subject<C>();
  private whole: O | undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor(fold: OperatorFunction<C, O>) {
    this.chunks.pipe(fold).subscribe({
      next: (whole) => {
        this.whole = whole;
      },
      error: (error: unknown) => {
        this.failure = { error };
      },
    });
  }

  add(chunk: C): void {
    this.chunks.next(chunk);
  }

  /** The whole of the chunks so far, which ends the folding; undefined where there is none. */
  end(): O | undefined {
    this.chunks.complete();
    if (this.failure !== undefined) throw this.failure.error;
    return this.whole;
  }
}
