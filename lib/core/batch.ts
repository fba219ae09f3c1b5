import {
  catchError,
  defer,
  from,
  map,
  mergeMap,
  type Observable,
  of,
  type OperatorFunction,
  throwError,
  toArray,
} from 'rxjs';
import { describeValue } from './describe-value.js';
import type { RunConfig } from './run-config.js';

/** What a batch may be asked beside a config. */
export interface BatchOptions {
  /** Gives a failed item's error in its place instead of failing and cancelling the others. */
  readonly returnExceptions?: boolean | undefined;
}

/** One output of a batch, and the place of its input. */
export interface BatchItem<O> {
  index: number;
  output: O;
}

/**
 * @internal What `outputOf` emits for each input, as it is completed, `maxConcurrency` of them at a time.
 */
export function runBatch$<I, O>(
  inputs: readonly I[],
  { returnExceptions = false, ...config }: RunConfig & BatchOptions,
  outputOf: (input: I, config: RunConfig) => Observable<O>,
): Observable<BatchItem<O | Error>> {
  if (!Array.isArray(inputs))
    throw new TypeError(`inputs must be an array, got ${describeValue(inputs)}`);
  if (config.runId !== undefined) {
    throw new TypeError('config.runId names one run: a batch has many, so let it be made for each');
  }
  return from(inputs as readonly I[]).pipe(
    mergeMap(
      (input, index) =>
        defer(() => outputOf(input, config)).pipe(
          catchError((error: unknown) =>
            returnExceptions ? of(toError(error)) : throwError(() => error),
          ),
          map((output) => ({ index, output })),
        ),
      config.maxConcurrency,
    ),
  );
}

/** @internal All outputs of a batch at once, in the order of its inputs. */
export function inOrder<O>(): OperatorFunction<BatchItem<O>, O[]> {
  return (items$) =>
    items$.pipe(
      toArray(),
      map((items) => items.sort((a, b) => a.index - b.index).map(({ output }) => output)),
    );
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}
