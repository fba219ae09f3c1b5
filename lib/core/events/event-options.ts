import type { EventFilters } from './event-filters.js';
import type { RunConfig } from '../run-config.js';

/** What `events$` may be asked beside a config. None of it reaches the runs inside. */
export interface EventOptions extends EventFilters {
  /** The schema's version: `v2`, the default, or Python's `v1`. */
  readonly version?: 'v1' | 'v2' | undefined;
}

/** @internal Parts what is asked of the events from what is asked of the run. */
export function splitEventOptions(config: RunConfig & EventOptions): {
  version: EventOptions['version'];
  filters: EventFilters | undefined;
  runConfig: RunConfig;
} {
  const {
    version,
    includeNames,
    includeTypes,
    includeTags,
    excludeNames,
    excludeTypes,
    excludeTags,
    ...runConfig
  } = config;
  const filters = {
    includeNames,
    includeTypes,
    includeTags,
    excludeNames,
    excludeTypes,
    excludeTags,
  };
  const any = Object.values(filters).some((filter) => filter !== undefined);
  return { version, filters: any ? filters : undefined, runConfig };
}
