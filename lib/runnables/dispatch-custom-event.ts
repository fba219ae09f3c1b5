import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import { SCOPE } from '../core/run/scope.js';

/**
 * Tells an event of your own, as `on_custom_event` with that name and data, of the run that `config` was made for: the
 * config that a function is given. Once that run is over, nothing is emitted.
 *
 * Throws a `TypeError` for a config that no run was made for.
 *
 * @example
 * const work = lambda((q: string, config) => { dispatchCustomEvent('progress', { percent: 50 }, config); return q; });
 * const custom$ = work.events$('moon').pipe(filter(({ event }) => event === 'on_custom_event'), map(({ data }) => data));
 * await lastValueFrom(custom$) // => { percent: 50 }
 */
export function dispatchCustomEvent(name: string, data: unknown, config: RunConfig): void {
  if (typeof name !== 'string' || name === '')
    throw new TypeError(`name must be a non-empty string, got ${describeValue(name)}`);
  const scope = (config as RunConfig | undefined)?.[SCOPE];
  if (scope === undefined) {
    throw new TypeError(
      `dispatchCustomEvent: "${name}" has no run. Pass on the config that your function received`,
    );
  }
  scope.emit('on_custom_event', data, name);
}
