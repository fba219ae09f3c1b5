import type { BaseAnthropic } from '@anthropic-ai/sdk';
import { ModelError } from '../../errors/model-error.js';
import {
  acceptResponse,
  type OpenOptions,
  refusalOf,
  unsentError,
} from '../../http/internal/open-response.js';
import { post, type Transport } from '../../http/transport/post.js';
import { receiveResponse } from '../../http/transport/receive-response.js';
import type { ReceivedResponse } from '../../http/transport/received-response.js';
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
 * @internal Sends a request that the SDK has made (its address, authentication and headers), and returns the response if it is
 * an event stream. Everything else is a typed error: the provider's refusal, a redirect, another content type, no connection.
 */
export async function sendMessage(
  client: Pick<BaseAnthropic, 'buildRequest'>,
  request: AnthropicRequest,
  transport: Transport,
  options: SendOptions,
): Promise<ReceivedResponse> {
  const { signal, secrets, errors } = options;
  const { req, url } = await client
    .buildRequest({ method: 'post', path: '/v1/messages', ...sdkOptions(request, options) })
    .catch((error: unknown) => {
      throw unsentError(error, options, false);
    });
  const headers = req.headers as Headers;
  secrets.addSentHeaders(headers, OWN_HEADERS);
  const sent = { url, headers, body: req.body as string, signal };
  const response = await post(sent, transport).catch((error: unknown) => {
    throw unsentError(error, options, true);
  });
  return acceptResponse(await receiveResponse(response, errors), options);
}

/**
 * @internal Has the SDK send a request, by its own `fetch` and middleware, and returns the response as {@link sendMessage} does.
 * The SDK's own retries are off.
 */
export async function sendBySdk(
  client: AnthropicClient,
  request: AnthropicRequest,
  options: SendOptions,
): Promise<ReceivedResponse> {
  const { signal, secrets, errors } = options;
  let refusal: ModelError | undefined;
  // Not `messages.create`, which sends the same, but prints warnings for some models.
  const response = await client
    .post('/v1/messages', {
      ...sdkOptions(request, options),
      fetchOptions: { redirect: 'manual' },
      middleware: [
        async (sent, next) => {
          secrets.addSentHeaders(sent.headers, OWN_HEADERS);
          if (signal.aborted) throw signal.reason;
          // Given to the SDK, it would be bound to a controller of the SDK's, which keeps an aborted response for ever.
          const answer = await next({ ...sent, signal });
          const { status } = answer;
          if (status >= 200 && status < 300) return answer;
          // Read here: the SDK would take a body of any size for the error's message.
          refusal = await refusalOf(await receiveResponse(answer, errors), options);
          return new Response(null, { status: status === 0 ? 502 : status });
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
  return acceptResponse(await receiveResponse(response, errors), options);
}

function sdkOptions({ body, headers }: AnthropicRequest, { timeout }: SendOptions) {
  return { body, headers, stream: true, maxRetries: 0, timeout };
}
