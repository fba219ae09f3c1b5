import { merge, type MonoTypeOperatorFunction } from 'rxjs';
import { aborted } from './aborted-promise.js';
import { cutOff } from './fail-when.js';
import { type RunConfig } from '../run-config.js';
import { SCOPE } from './scope.js';

/**
 * @internal Cancels its source when the config's signal is aborted, or that of the run it was made for, and then
 * errors with the signal's reason.
 */
export function abortWith<T>(config: RunConfig): MonoTypeOperatorFunction<T> {
  const signals = new Set(
    [config.signal, config[SCOPE]?.signal].filter((signal) => signal !== undefined),
  );
  return signals.size === 0
    ? (source$) => source$
    : cutOff(merge(...[...signals].map(aborted)), (reason) => reason);
}
