import { ignoreElements, Observable } from 'rxjs';
import { describeValue } from '../internal/describe-value.js';
import { type EventOptions, splitEventOptions } from './event-options.js';
import { toEventsV1 } from './to-events-v1.js';
import { filterEvents } from './event-filters.js';
import type { RunConfig } from '../run-config.js';
import type { RunEvent } from './run-event.js';

/**
 * @internal The events of what `run` runs with the config it is given: this one, with one more listener.
 */
export function eventsOf(
  config: RunConfig & EventOptions,
  run: (config: RunConfig) => Observable<unknown>,
): Observable<RunEvent> {
  const { version = 'v2', filters, runConfig } = splitEventOptions(config);
  if (!['v1', 'v2'].includes(version)) {
    throw new TypeError(`config.version must be 'v1' or 'v2', got ${describeValue(version)}`);
  }
  const events$ = new Observable<RunEvent>((subscriber) => {
    const listener = (event: RunEvent) => {
      subscriber.next(event);
    };
    // First: what another listener does in answer to an event comes after it.
    const listeners = [listener, ...(runConfig.listeners ?? [])];
    return run({ ...runConfig, listeners })
      .pipe(ignoreElements())
      .subscribe(subscriber);
  });
  const filtered$ = filters === undefined ? events$ : events$.pipe(filterEvents(filters));
  return version === 'v1' ? filtered$.pipe(toEventsV1()) : filtered$;
}
