import type { Observable } from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import type { RunConfig } from '../core/run-config.js';

/**
 * What is sent: an Observable, or a function that makes one with the config that it is given, which hands on that the
 * client can wait: `(config) => model.events$(input, config)`.
 */
export type SseSource<T> = Observable<T> | ((config: RunConfig) => Observable<T>);

/** @internal Throws a `TypeError` for what is no source. */
export function observableOf<T>(source: SseSource<T>): (config: RunConfig) => Observable<T> {
  if (typeof source === 'function') return source;
  if (typeof (source as { subscribe?: unknown } | undefined)?.subscribe === 'function')
    return () => source;
  throw new TypeError(
    `what is sent must be an Observable or a function that makes one, got ${describeValue(source)}`,
  );
}
