import type { RunConfig } from './run-config.js';

const RUN_KEYS = new Set([
  'tags',
  'metadata',
  'runName',
  'runId',
  'signal',
  'timeout',
  'maxConcurrency',
  'listeners',
  'onError',
  // A tool's function is given it with its config, and hands that on.
  'toolCall',
  'newId',
  'scheduler',
]);

/**
 * @internal What a config says beside how to run: the call options of the runnable that is called, and of no other.
 */
export function callOptions<X extends object>(config: RunConfig & X): X {
  // Only the wanted values are read: reading a run's signal makes it.
  const keys = Object.keys(config).filter((key) => !RUN_KEYS.has(key));
  return Object.fromEntries(keys.map((key) => [key, config[key as keyof X]])) as X;
}
