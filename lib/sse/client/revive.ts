import { reviveMessages } from '../../messages/internal/revive-messages.js';
import { checkMessageJson } from './check-message-json.js';

/** @internal Messages of untrusted JSON. Throws a `bad_stream` error for a message whose fields are not a message's. */
export function revive(value: unknown): unknown {
  return reviveMessages(value, checkMessageJson);
}
