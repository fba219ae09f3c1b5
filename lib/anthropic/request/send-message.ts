import { ModelError } from '../../errors/model-error.js';
import { webResponse } from '../../http/internal/web-response.js';
import {
  acceptResponse,
  type OpenOptions,
  refusalOf,
  unsentError,
} from '../../http/internal/open-response.js';
import type { AnthropicClient } from '../anthropic-options.js';
import type { AnthropicRequest } from './to-request.js';

/** Headers that the SDK sends by itself, and whose values are no secrets. */
const OWN_HEADERS = /^(anthropic-(version|beta|dangerous-.*)|x-stainless-.*)$/i;

export interface SendOptions extends OpenOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until the SDK gives up on the response's head. */
  readonly timeout: number;
}

/**
 * @internal Sends a request through the SDK, which brings authentication and headers, and returns the response if it is an
 * event stream. Everything else is a typed error: the provider's refusal, a redirect, another content type, no
 * connection. The SDK's own retries are off.
 */
export async function sendMessage(
  client: AnthropicClient,
  request: AnthropicRequest,
  options: SendOptions,
): Promise<Response> {
  const { signal, timeout, secrets, errors } = options;
  let refusal: ModelError | undefined;
  // Not `messages.create`, which sends the same, but prints warnings for some models.
  const response = await client
    .post('/v1/messages', {
      body: request.body,
      stream: true,
      maxRetries: 0,
      timeout,
      headers: request.headers,
      fetchOptions: { redirect: 'manual' },
      middleware: [
        async (sent, next) => {
          secrets.addSentHeaders(sent.headers, OWN_HEADERS);
          if (signal.aborted) throw signal.reason;
          // Given to the SDK, it would be bound to a controller of the SDK's, which keeps an aborted response for ever.
          const answer = await webResponse(await next({ ...sent, signal }), errors);
          // Read here: the SDK would take a body of any size for the error's message.
          refusal = await refusalOf(answer, options);
          if (refusal === undefined) return answer;
          return new Response(null, { status: answer.status === 0 ? 502 : answer.status });
        },
      ],
    })
    .asResponse()
    .catch((error: unknown) => {
      // The SDK names what `fetch` failed with; anything else it refused to send.
      const isConnection = (error as { name?: string }).name?.startsWith('APIConnection') === true;
      if (refusal !== undefined || ModelError.is(error)) throw refusal ?? error;
      throw unsentError(error, options, isConnection);
    });
  return acceptResponse(response, options);
}
