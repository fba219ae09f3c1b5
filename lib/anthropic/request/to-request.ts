import type { AnyMessage } from '../../messages/any-message.js';
import type { AnthropicCallOptions } from '../anthropic-options.js';
import { limitBreakpoints } from './cache-control.js';
import { pendingContainer } from './pending-container.js';
import { toRequestFields, toRequestHeaders } from './to-request-fields.js';
import { toRequestMessages } from './to-request-messages.js';

/** What is sent: the body of `POST /v1/messages`, and headers beside the client's own. */
export interface AnthropicRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | null>>;
}

/**
 * @internal The request for a conversation: its messages in the API's own form, and the options under its names.
 */
export function toRequest(
  messages: readonly AnyMessage[],
  options: AnthropicCallOptions,
): AnthropicRequest {
  const { model, max_tokens, ...fields } = toRequestFields(options);
  const said = toRequestMessages(messages);
  const container = withId(fields['container'], pendingContainer(messages));
  const body = limitBreakpoints({
    model,
    max_tokens,
    ...said,
    ...fields,
    container,
    stream: true,
  });
  return {
    body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
    headers: toRequestHeaders(options),
  };
}

/** A container that is given counts; one of skills alone is that of the answer. */
function withId(given: unknown, id: string | undefined): unknown {
  if (given === undefined || given === null || id === undefined) return given ?? id;
  return typeof given === 'object' ? { id, ...given } : given;
}
