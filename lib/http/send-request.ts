import { acceptResponse, type OpenOptions, unsentError } from './internal/open-response.js';
import { receiveResponse } from './transport/receive-response.js';
import { type Fetch, post, type Transport } from './transport/post.js';
import type { ReceivedResponse } from './transport/received-response.js';

/** A request to a model, as data. */
export interface ModelRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body: unknown;
}

export interface SendOptions extends OpenOptions {
  readonly signal: AbortSignal;
  readonly transport: Transport | Fetch;
}

/** @internal POSTs a request and returns its response, if it is a stream of the expected media type. */
export async function sendRequest(
  { url, headers, body }: ModelRequest,
  options: SendOptions,
): Promise<ReceivedResponse> {
  const { signal, mediaType, secrets, transport } = options;
  secrets.addSentHeaders(Object.entries(headers));
  const response = await post(
    {
      url,
      headers: { 'content-type': 'application/json', accept: mediaType, ...headers },
      body: JSON.stringify(body),
      signal,
    },
    transport,
  ).catch((error: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw unsentError(error, options, isConnectionError(error));
  });
  return acceptResponse(await receiveResponse(response, options.errors), options);
}

/** `fetch` says so, with what went wrong as its cause; of what it refuses to send there is no cause. */
function isConnectionError(error: unknown): boolean {
  const { name, cause } = Object(error) as { name?: unknown; cause?: unknown };
  return name !== 'TypeError' || cause !== undefined || isNetworkText(error);
}

/** Browsers have no cause. */
function isNetworkText(error: unknown): boolean {
  return /fetch|network|load failed/i.test(String((error as { message?: unknown }).message));
}
