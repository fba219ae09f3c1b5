import type { RunEvent } from '../core/events/run-event.js';
import type { AnyMessage } from '../messages/any-message.js';

/** A message or a chunk of one, as `stream$` of a model or an agent emits it, or an event, as `events$` does. */
export type ModelOutput = AnyMessage | RunEvent;
