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
import { describeValue } from './internal/describe-value.js';
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

/** The config of a batch: one for all inputs, or one for each, which then also says whether that input's failure is given out. */
export type BatchConfig<X> =
  (RunConfig & BatchOptions & X) | readonly (RunConfig & BatchOptions & X)[];

/**
 * @internal What `outputOf` emits for each input, as it is completed, `maxConcurrency` of them at a time; of several configs
 * the smallest one counts.
 */
export function runBatch$<I, O>(
  inputs: readonly I[],
  given: BatchConfig<unknown>,
  outputOf: (input: I, config: RunConfig) => Observable<O>,
): Observable<BatchItem<O | Error>> {
  if (!Array.isArray(inputs))
    throw new TypeError(`inputs must be an array, got ${describeValue(inputs)}`);
  const configs = configsOf(given, inputs.length);
  const most = configs.map(({ maxConcurrency = Infinity }) => maxConcurrency);
  return from(inputs as readonly I[]).pipe(
    mergeMap(
      (input, index) => {
        const { returnExceptions = false, ...config } = configs[index] as RunConfig & BatchOptions;
        return defer(() => outputOf(input, config)).pipe(
          catchError((error: unknown) =>
            returnExceptions ? of(toError(error)) : throwError(() => error),
          ),
          map((output) => ({ index, output })),
        );
      },
      most.reduce((a, b) => Math.min(a, b), Infinity),
    ),
  );
}

/** One for each input. */
function configsOf(
  given: BatchConfig<unknown>,
  count: number,
): readonly (RunConfig & BatchOptions)[] {
  if (!isList(given)) {
    if (given.runId !== undefined) {
      throw new TypeError(
        'config.runId names one run: a batch has many, so let it be made for each, or give a config for each input',
      );
    }
    return Array.from({ length: count }, () => given);
  }
  if (given.length !== count) {
    throw new TypeError(
      `a batch takes one config or one for each input: got ${String(given.length)} for ${String(count)}`,
    );
  }
  const ids = given.map(({ runId }) => runId).filter((runId) => runId !== undefined);
  if (new Set(ids).size < ids.length)
    throw new TypeError('config.runId names one run: two configs of a batch have the same');
  return given;
}

/** @internal Whether a batch has a config for each input. */
export function isList<T>(given: T | readonly T[]): given is readonly T[] {
  return Array.isArray(given);
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
