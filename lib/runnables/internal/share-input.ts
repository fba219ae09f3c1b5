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
 * @internal Runs `body` as one run whose child runs share its input. Each child may read it at any time, as chunks or as a
 * whole, and gets all of it; the source is subscribed only once.
 *
 * The source is unsubscribed when the body completes. If the source fails, the run fails, and the child runs are cancelled.
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

/** An input that is already complete needs no sharing. */
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
    // The consumers subscribe first: a synchronous source then feeds all of them chunk by chunk, and stops when they leave.
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
