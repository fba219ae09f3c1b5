import type { Observable } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import type { RunConfig } from '../../core/run-config.js';
import { isRefusedInput } from '../../core/internal/refused-input.js';
import { badRequest } from './bad-request.js';
import { isRefusal } from './refusal-brand.js';

/**
 * What is sent: an Observable, or a function that makes one with the config that it is given, which hands on that the
 * client can wait: `(config) => model.events$(input, config)`.
 */
export type SseSource<T> = Observable<T> | ((config: RunConfig) => Observable<T>);

/** @internal Under it a source says that its request was refused when it was made: an edge answers at once. */
export const REFUSED_AT_CALL: unique symbol = Symbol.for('rxlm.refusedAtCall');

/** @internal The refusal of a source that was refused when it was made, if it was. */
export function refusedAtCall(source: unknown): unknown {
  return typeof source === 'function' && REFUSED_AT_CALL in source
    ? source[REFUSED_AT_CALL]
    : undefined;
}

/**
 * @internal Throws a `TypeError` for a value that is not a source. The returned function throws a refusal if a runnable
 * refuses its input. Any other error, including a `TypeError`, is an error of the server.
 */
export function observableOf<T>(source: SseSource<T>): (config: RunConfig) => Observable<T> {
  if (typeof source === 'function') {
    return (config) => {
      try {
        return source(config);
      } catch (error) {
        throw isRefusedInput(error) && !isRefusal(error) ? badRequest(error.message, error) : error;
      }
    };
  }
  if (typeof (source as { subscribe?: unknown } | undefined)?.subscribe === 'function')
    return () => source;
  throw new TypeError(
    `what is sent must be an Observable or a function that makes one, got ${describeValue(source)}`,
  );
}
