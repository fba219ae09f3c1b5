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
import { errorToJson } from '../../errors/error-to-json.js';
import { attempt } from '../internal/try-or-undefined.js';
import { cutOff } from './fail-when.js';
import { Folding } from './fold-as-it-passes.js';
import { Run } from './run.js';
import type { RunConfig } from '../run-config.js';
import type { RunEnding } from '../events/run-event.js';
import type { RunInput } from '../run-input.js';
import type { RunSpec } from './run-spec.js';
import { ArrivingInput, type ShownInput, WholeInput } from './shown-input.js';
import { LONGEST_TIMER } from '../internal/longest-timer.js';

/** The open run, as its body sees it. */
export type OpenRun = Pick<Run, 'runId' | 'configFor' | 'whole'>;

/**
 * Runs `body` as one run once the whole input is there. Emits its start, its chunks and exactly one ending as events in the
 * scope of `config`, and the values of the body.
 */
export function runWhole$<I, C>(
  spec: RunSpec,
  input: RunInput<I>,
  config: RunConfig,
  body: (input: I, run: OpenRun) => Observable<C>,
): Observable<C> {
  const runOn$ = (value: I) =>
    run$(
      spec,
      config,
      ({ isRoot }) =>
        new WholeInput(value, {
          isRoot,
          nested: () => spec.showInput(value as never),
          shownAgainAt: spec.runType === 'tool' ? 'error' : undefined,
          more: attempt(() => spec.inputData?.(value as never)),
        }),
      (run) => body(value, run),
    );
  return input.given === undefined
    ? input.whole$.pipe(mergeMap(runOn$))
    : runOn$(input.given.value);
}

/**
 * Runs `body` as one run for an input that may still be arriving. The run starts with the first chunk of the input, or when
 * the input completes without one; it does not start if the input fails before that.
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
      given === undefined
        ? new ArrivingInput(fold)
        : new WholeInput(given.value, { isRoot: run.isRoot }),
    (run, shown) =>
      body(
        shown === undefined
          ? chunks$
          : shown.watch(chunks$, () => {
              run.begin();
            }),
        run,
      ),
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
    const { timeout = Infinity, scheduler } = config;
    const limited: MonoTypeOperatorFunction<C> = (work$) =>
      timeout > LONGEST_TIMER
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
    return limited(defer(() => body(run, shown))).pipe(emitRun(run, spec, shown));
  });
}

/** Emits the events of a run from its start to its one ending, each before its value is passed on. */
function emitRun<C>(run: Run, spec: RunSpec, input: ShownInput): MonoTypeOperatorFunction<C> {
  return (work$) =>
    defer(() => {
      const { streamEvent } = run;
      const folding = new Folding(spec.fold as OperatorFunction<C, unknown>);
      const whole = () => (run.whole === undefined ? folding.end() : run.whole());
      let emitted = false;
      let output: unknown;
      const partial = () => (emitted ? attempt(whole) : undefined);
      const cancel = () => {
        if (run.over) return;
        run.close();
        run.emitEnding('cancel', shownAt(input, 'cancel', partial()));
      };
      return concat(
        defer(() => {
          if (input.atStart !== undefined) run.begin(input.atStart);
          // A listener of the start may have unsubscribed; RxJS would still subscribe here. `merge` and others emit an error
          // before they unsubscribe the rest. Caught and thrown again, the error comes after that, so that children end
          // before this run does; `concat` does so on completion.
          return run.over
            ? EMPTY
            : work$.pipe(catchError((error: unknown) => throwError(() => error)));
        }),
        defer(() => {
          output = whole();
          return EMPTY;
        }),
      ).pipe(
        tap({
          next: (chunk) => {
            emitted = true;
            if (run.whole === undefined) folding.add(chunk);
            if (streamEvent !== undefined) run.emit(streamEvent, { chunk });
          },
          complete: () => {
            run.begin();
            run.close();
            run.emitEnding('end', shownAt(input, 'end', output));
          },
          error: (error: unknown) => {
            run.close();
            const shown = shownAt(input, 'error', partial());
            run.emitEnding('error', { error: errorToJson(error), ...shown });
          },
          unsubscribe: cancel,
        }),
        // A teardown inside that throws keeps `tap` from hearing of it.
        finalize(cancel),
      );
    });
}

function shownAt(input: ShownInput, ending: RunEnding, output: unknown): object {
  const shown = input.atEnd(ending);
  return output === undefined ? shown : { output, ...shown };
}
