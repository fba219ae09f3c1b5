import { type Observable, type OperatorFunction, tap } from 'rxjs';
import { attempt } from './attempt.js';
import { Folding } from './folding.js';

/**
 * @internal A run's input as its events show it: when it is there to begin with, and what an ending says of it.
 */
export interface ShownInput {
  /** What the start tells; undefined where the run is not to begin before its input does. */
  readonly atStart: object | undefined;
  /** The chunks, watched for the beginning and for the ending's input. */
  watch(chunks$: Observable<unknown>, begin: () => void): Observable<unknown>;
  atEnd(): object;
}

/** An input that was there from the start: a root shows it in its start, a child in its start and its ending. */
export class WholeInput implements ShownInput {
  readonly atStart: object;
  private readonly isRoot: boolean;

  constructor(input: unknown, isRoot: boolean) {
    this.atStart = input === undefined ? {} : { input };
    this.isRoot = isRoot;
  }

  watch(chunks$: Observable<unknown>): Observable<unknown> {
    return chunks$;
  }

  atEnd(): object {
    return this.isRoot ? {} : this.atStart;
  }
}

/** An input still arriving: the run begins with its first chunk or its completion, the ending shows the whole. */
export class ArrivingInput implements ShownInput {
  readonly atStart = undefined;
  private readonly folding: Folding<unknown, unknown>;

  constructor(fold: OperatorFunction<never, unknown>) {
    this.folding = new Folding(fold as OperatorFunction<unknown, unknown>);
  }

  watch(chunks$: Observable<unknown>, begin: () => void): Observable<unknown> {
    return chunks$.pipe(
      tap({
        next: (chunk) => {
          begin();
          this.folding.add(chunk);
        },
        complete: begin,
      }),
    );
  }

  atEnd(): object {
    const input = attempt(() => this.folding.end());
    return input === undefined ? {} : { input };
  }
}
