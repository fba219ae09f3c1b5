import type { AnyMessage } from '../messages/any-message.js';
import type { SystemMessage } from '../messages/system-message.js';
import type { AnthropicCallOptions } from './anthropic-options.js';
import { toContent } from './to-content.js';
import { toRequestMessages } from './to-request-messages.js';
import { toRequestFields, toRequestHeaders } from './to-request-fields.js';

/** What is sent: the body of `POST /v1/messages`, and headers beside the client's own. */
export interface AnthropicRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | null>>;
}

/**
 * @internal The request for a conversation. Content goes as it came: thinking, signatures and encrypted fields byte for
 * byte; only what rxlm added for streaming (`index`) is taken off.
 */
export function toRequest(
  messages: readonly AnyMessage[],
  options: AnthropicCallOptions,
): AnthropicRequest {
  const { system, rest } = splitSystem(messages);
  const { model, max_tokens, ...fields } = toRequestFields(options);
  const body = {
    model,
    max_tokens,
    system,
    messages: toRequestMessages(rest),
    ...fields,
    stream: true,
  };
  return {
    body: Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)),
    headers: toRequestHeaders(options),
  };
}

/** Leading system messages are the request's `system`; later ones stay where they were said. */
function splitSystem(messages: readonly AnyMessage[]): {
  system: unknown;
  rest: readonly AnyMessage[];
} {
  const first = messages.findIndex(({ type }) => type !== 'system');
  const count = first === -1 ? messages.length : first;
  const leading = messages.slice(0, count) as readonly SystemMessage[];
  const [only] = leading;
  const system =
    leading.length <= 1
      ? only && toContent(only.content)
      : leading.flatMap(({ content }) =>
          typeof content === 'string'
            ? [{ type: 'text', text: content }]
            : (toContent(content) as object[]),
        );
  return { system, rest: messages.slice(count) };
}
