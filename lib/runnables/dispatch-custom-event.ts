import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import { SCOPE } from '../core/run/scope.js';

/**
 * Emits an event of your own, as `on_custom_event` with this name and data, for the run of `config`, which is the config
 * that a function receives. After the end of that run nothing is emitted.
 *
 * Throws a `TypeError` for a config that does not belong to a run.
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
