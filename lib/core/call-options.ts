import type { RunConfig } from './run-config.js';

const RUN_KEYS = new Set([
  'tags',
  'metadata',
  'context',
  'runName',
  'runId',
  'signal',
  'timeout',
  'maxConcurrency',
  'listeners',
  'onError',
  'newId',
  'scheduler',
  // A tool's function is given it with its config, and hands that on.
  'toolCall',
]);

/** What a view takes beside a config, and what never reaches a run. */
const VIEW_KEYS = new Set([
  'version',
  'includeNames',
  'includeTypes',
  'includeTags',
  'excludeNames',
  'excludeTypes',
  'excludeTags',
  'returnExceptions',
]);

/** @internal All keys of a config, also those for a view. */
export const CONFIG_NAMES: readonly string[] = [...RUN_KEYS, ...VIEW_KEYS];

/**
 * @internal What a config says beside how to run: the call options of the runnable that is called, and of no other.
 */
export function callOptions<X extends object>(config: RunConfig & X): X {
  // Only the wanted values are read: reading a run's signal makes it.
  const keys = Object.keys(config).filter((key) => !RUN_KEYS.has(key));
  return Object.fromEntries(keys.map((key) => [key, config[key as keyof X]])) as X;
}

/** @internal The same of the config of a view, which may say more: which events, whether errors are given out. */
export function callOptionsOfView<X extends object>(config: RunConfig & X): Partial<X> {
  const options = Object.entries(callOptions(config));
  return Object.fromEntries(options.filter(([key]) => !VIEW_KEYS.has(key))) as Partial<X>;
}
