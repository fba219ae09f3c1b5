import type { Observable } from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import { badRequest } from './bad-request.js';
import { statusOf } from './safe-error.js';

/**
 * What is sent: an Observable, or a function that makes one with the config that it is given, which hands on that the
 * client can wait: `(config) => model.events$(input, config)`.
 */
export type SseSource<T> = Observable<T> | ((config: RunConfig) => Observable<T>);

/**
 * @internal Throws a `TypeError` for what is no source. The function that it gives throws {@link badRequest} where a runnable
 * refuses the input when it is asked for a run; a `TypeError` that comes later is a bug, and not the client's.
 */
export function observableOf<T>(source: SseSource<T>): (config: RunConfig) => Observable<T> {
  if (typeof source === 'function') {
    return (config) => {
      try {
        return source(config);
      } catch (error) {
        throw error instanceof TypeError && statusOf(error) === undefined
          ? badRequest(error.message, error)
          : error;
      }
    };
  }
  if (typeof (source as { subscribe?: unknown } | undefined)?.subscribe === 'function')
    return () => source;
  throw new TypeError(
    `what is sent must be an Observable or a function that makes one, got ${describeValue(source)}`,
  );
}
