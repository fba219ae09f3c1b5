import { type Observable, type OperatorFunction, tap } from 'rxjs';
import { Folding } from './folding.js';

/**
 * @internal A run's input as its events show it: when it is there to begin with, and what an ending says of it.
 */
export interface ShownInput {
  /** Whether the run has been told to begin: a run that has not is told no ending either. */
  readonly begun: boolean;
  /** Calls `tellStart` as soon as there is something to begin with. */
  onBegin(tellStart: (data: object) => void): void;
  /** The chunks, watched for the beginning and for the ending's input. */
  watch(chunks$: Observable<unknown>): Observable<unknown>;
  atEnd(): object;
}

/** An input that was there from the start: a root shows it in its start, a child in its start and its ending. */
export class WholeInput implements ShownInput {
  readonly begun = true;
  private readonly shown: object;
  private readonly isRoot: boolean;

  constructor(input: unknown, isRoot: boolean) {
    this.shown = input === undefined ? {} : { input };
    this.isRoot = isRoot;
  }

  onBegin(tellStart: (data: object) => void): void {
    tellStart(this.shown);
  }

  watch(chunks$: Observable<unknown>): Observable<unknown> {
    return chunks$;
  }

  atEnd(): object {
    return this.isRoot ? {} : this.shown;
  }
}

/** An input still arriving: the run begins with its first chunk or its completion, the ending shows the whole. */
export class ArrivingInput implements ShownInput {
  begun = false;
  private tellStart: ((data: object) => void) | undefined;
  private readonly folding: Folding<unknown, unknown>;

  constructor(fold: OperatorFunction<never, unknown>) {
    this.folding = new Folding(fold as OperatorFunction<unknown, unknown>);
  }

  onBegin(tellStart: (data: object) => void): void {
    this.tellStart = tellStart;
  }

  watch(chunks$: Observable<unknown>): Observable<unknown> {
    return chunks$.pipe(
      tap({
        next: (chunk) => {
          this.begin();
          this.folding.add(chunk);
        },
        complete: () => {
          this.begin();
        },
      }),
    );
  }

  atEnd(): object {
    const input = this.folding.end();
    return input === undefined ? {} : { input };
  }

  private begin(): void {
    if (this.begun) return;
    this.begun = true;
    this.tellStart?.({});
  }
}
