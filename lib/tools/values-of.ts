import {
  defer,
  from,
  isObservable,
  mergeMap,
  type Observable,
  of,
  type OperatorFunction,
} from 'rxjs';
import { fromAsyncIterable } from '../adapters/from-async-iterable.js';
import { foldChunks } from '../core/fold-chunks.js';
import { reportTeardown } from '../core/run/report-teardown.js';
import type { RunConfig } from '../core/run-config.js';
import { RunInput } from '../core/run-input.js';
import { isRunnable, type Runnable } from '../core/runnable.js';
import type { AIMessage } from '../messages/ai-message.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import { withReturned, withReturnedAsync } from './internal/generator-result.js';
import { wholeWithProgress } from './internal/whole-with-progress.js';

/** The type of the value of a function with this return type. */
export type ValueOf<R> =
  R extends Promise<infer V>
    ? ValueOf<V>
    : R extends Runnable<never, infer O, unknown, never>
      ? O
      : R extends Observable<infer V>
        ? WholeOfChunks<V>
        : R extends AsyncGenerator<infer V, infer T, unknown>
          ? ReturnedOr<T, V>
          : R extends Generator<infer V, infer T, unknown>
            ? ReturnedOr<T, V>
            : R extends AsyncIterable<infer V>
              ? WholeOfChunks<V>
              : R;

type WholeOfChunks<V> = V extends AIMessageChunk ? AIMessage : V;
/** A generator without a return value has the return type `void` or `undefined`. */
type ReturnedOr<T, V> = [T] extends [ReturnType<() => void>] ? WholeOfChunks<V> : T;

/** @internal The input of a function, and the consumer of its progress. */
export interface Work {
  /** The input of the function, which is also the input of a runnable that it returns. */
  readonly input: unknown;
  readonly config: RunConfig;
  /** Receives the values before the last. */
  readonly progress: (value: unknown) => void;
  readonly scheduler: Parameters<typeof wholeWithProgress>[1];
}

/**
 * @internal Folds the result of a function to one value, as a lambda does: a runnable runs and uses its own fold, the values
 * of an Observable or async iterable are folded by `foldChunks`, and the return value of a generator counts. Emits once;
 * the values before are progress.
 */
export function wholeOf$(result: unknown, work: Work): Observable<unknown> {
  const { input, config, progress, scheduler } = work;
  const whole = wholeWithProgress<unknown>(progress, scheduler, foldChunks());
  if (isObservable(result)) return result.pipe(reportTeardown(), whole);
  if (typeof result !== 'object' || result === null) return of(result);
  if (isRunnable(result)) {
    const { fold } = result as Runnable<unknown, unknown>;
    const chunks$ = defer(() =>
      (result as Runnable<unknown, unknown>).run$(RunInput.of(input), config),
    );
    return chunks$.pipe(
      wholeWithProgress(progress, scheduler, fold as OperatorFunction<unknown, unknown>),
    );
  }
  if ('then' in result && typeof result.then === 'function')
    return from(result as PromiseLike<unknown>).pipe(mergeMap((value) => wholeOf$(value, work)));
  if (Symbol.asyncIterator in result)
    return fromAsyncIterable(withReturnedAsync(result as AsyncIterable<unknown>)).pipe(whole);
  if (isGenerator(result)) return from(withReturned(result)).pipe(whole);
  return of(result);
}

/** A list or a map is a value; an iterator with `next` is work. */
function isGenerator(value: object): value is Iterator<unknown> {
  return Symbol.iterator in value && 'next' in value && typeof value.next === 'function';
}
