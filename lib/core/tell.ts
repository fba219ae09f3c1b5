import {
  asyncScheduler,
  catchError,
  concat,
  defer,
  EMPTY,
  finalize,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  type OperatorFunction,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { cutOff } from './cut-off.js';
import { Folding } from './folding.js';
import { Run } from './run.js';
import type { RunConfig } from './run-config.js';
import type { RunInput } from './run-input.js';
import type { RunSpec } from './run-spec.js';
import { ArrivingInput, type ShownInput, WholeInput } from './shown-input.js';

/** The open run, as its body sees it. */
export type OpenRun = Pick<Run, 'runId' | 'configFor' | 'whole'>;

/**
 * Runs `body` as one run once the whole input is there: told its start, its chunks and exactly one ending
 * in the scope that `config` brings. Emits what the body emits.
 */
export function runWhole$<I, C>(
  spec: RunSpec,
  input: RunInput<I>,
  config: RunConfig,
  body: (input: I, run: OpenRun) => Observable<C>,
): Observable<C> {
  return input.whole$.pipe(
    mergeMap((value) =>
      run$(
        spec,
        config,
        (run) => new WholeInput(run.isRoot ? value : spec.showInput(value as never), run.isRoot),
        (run) => body(value, run),
      ),
    ),
  );
}

/**
 * Runs `body` as one run for an input that may still be arriving: told its start with the first chunk of the
 * input, or when the input completes without one; not at all if the input fails before that.
 */
export function runChunks$<C>(
  spec: RunSpec,
  input: RunInput<unknown>,
  config: RunConfig,
  body: (chunks$: Observable<unknown>, run: OpenRun) => Observable<C>,
): Observable<C> {
  const { given, fold, chunks$ } = input;
  return run$(
    spec,
    config,
    (run) =>
      given === undefined ? new ArrivingInput(fold) : new WholeInput(given.value, run.isRoot),
    (run, shown) => body(shown === undefined ? chunks$ : shown.watch(chunks$), run),
  );
}

function run$<C>(
  spec: RunSpec,
  config: RunConfig,
  show: (run: Run) => ShownInput,
  body: (run: Run, shown?: ShownInput) => Observable<C>,
): Observable<C> {
  return defer(() => {
    const run = new Run(spec, config);
    const { timeout, scheduler } = config;
    const limited: MonoTypeOperatorFunction<C> = (work$) =>
      timeout === undefined
        ? work$
        : work$.pipe(
            cutOff(timer(timeout, scheduler ?? asyncScheduler), () =>
              spec.timedOut(timeout, run.whole?.()),
            ),
          );
    if (run.listeners.length === 0) {
      return limited(defer(() => body(run))).pipe(
        finalize(() => {
          run.close();
        }),
      );
    }
    const shown = show(run);
    return limited(defer(() => body(run, shown))).pipe(tellRun(run, spec, shown));
  });
}

/** Tells a run from its start to its one ending; each event before what it tells of is passed on. */
function tellRun<C>(run: Run, spec: RunSpec, input: ShownInput): MonoTypeOperatorFunction<C> {
  return (work$) =>
    defer(() => {
      const { streamEvent } = run;
      const folding = new Folding(spec.fold as OperatorFunction<C, unknown>);
      const whole = () => (run.whole === undefined ? folding.end() : run.whole());
      const partial = () => {
        try {
          return emitted ? whole() : undefined;
        } catch {
          // The run has an ending of its own to tell; what cannot be folded halfway is left out of it.
          return undefined;
        }
      };
      let emitted = false;
      let output: unknown;
      return concat(
        defer(() => {
          input.onBegin((data) => {
            run.tellStart(data);
          });
          // Whoever was told the start may have left, and RxJS subscribes on behalf of those who have.
          if (run.over) return EMPTY;
          return work$.pipe(
            tap((chunk) => {
              emitted = true;
              if (run.whole === undefined) folding.add(chunk);
              if (streamEvent !== undefined) run.tell(streamEvent, { chunk });
            }),
            // `merge` and others tell an error before they let the rest go; this lets it go first, so that
            // what ran inside has told its ending before this run tells its own. `concat` does so on completion.
            catchError((error: unknown) => throwError(() => error)),
          );
        }),
        defer(() => {
          output = whole();
          return EMPTY;
        }),
      ).pipe(
        tap({
          complete: () => {
            run.close();
            if (input.begun) run.tellEnd(output, input.atEnd());
          },
          error: (error: unknown) => {
            run.close();
            if (input.begun) run.tellError(error, partial(), input.atEnd());
          },
          unsubscribe: () => {
            run.close();
            if (input.begun) run.tellCancel(partial(), input.atEnd());
          },
        }),
      );
    });
}
