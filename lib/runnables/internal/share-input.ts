import {
  defer,
  ignoreElements,
  merge,
  type Observable,
  type OperatorFunction,
  ReplaySubject,
  shareReplay,
  tap,
  takeUntil,
} from 'rxjs';
import type { RunConfig } from '../../core/run-config.js';
import { RunInput } from '../../core/run-input.js';
import type { RunSpec } from '../../core/run/run-spec.js';
import { type OpenRun, runChunks$, runWhole$ } from '../../core/run/run-lifecycle.js';

/**
 * @internal Runs `body` as one run whose input several runs inside may take, and whenever they like: each gets all of
 * it, as chunks or as a whole, and it is made only once.
 *
 * The source of the input is unsubscribed when the body is done. If it fails, the run fails, and those inside are cancelled.
 */
export function runShared$<I, C>(
  spec: RunSpec & { readonly takes: 'whole' | 'chunks' },
  input: RunInput<I>,
  config: RunConfig,
  body: (shared: RunInput<I>, run: OpenRun) => Observable<C>,
): Observable<C> {
  return spec.takes === 'whole'
    ? runWhole$(spec, input, config, (value, run) => body(RunInput.of(value), run))
    : runChunks$(spec, input, config, (chunks$, run) =>
        shareInput(new RunInput(chunks$, input.fold, input.given), (shared) => body(shared, run)),
      );
}

/** An input that was there from the start is shared as it is. */
function shareInput<I, C>(
  input: RunInput<I>,
  work: (shared: RunInput<I>) => Observable<C>,
): Observable<C> {
  if (input.given !== undefined) return work(input);
  return defer(() => {
    const chunks = new ReplaySubject<unknown>(Infinity);
    const done = new ReplaySubject<void>(1);
    const source$ = input.chunks$.pipe(
      tap({
        next: (chunk) => {
          chunks.next(chunk);
        },
        complete: () => {
          chunks.complete();
        },
      }),
      ignoreElements(),
      takeUntil(done),
    );
    const work$ = work(new SharedInput(chunks, input.fold)).pipe(
      tap({
        complete: () => {
          done.next();
        },
      }),
    );
    // The takers first: a synchronous source then feeds all of them chunk by chunk, and stops when they have left.
    return merge(work$, source$);
  });
}

class SharedInput<out I> extends RunInput<I> {
  override readonly whole$: Observable<I>;

  constructor(chunks$: Observable<unknown>, fold: OperatorFunction<never, I>) {
    super(chunks$, fold);
    this.whole$ = (chunks$ as Observable<never>).pipe(
      fold,
      shareReplay({ bufferSize: 1, refCount: true }),
    );
  }
}
