import { describeValue } from '../../core/internal/describe-value.js';
import { dispatchRequest, type PostRequest } from './dispatch-request.js';
import { platformDispatcher } from './dispatcher.js';
import type { ReceivedResponse } from './received-response.js';

/** A function like the platform's `fetch`. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * What sends a model's requests: `auto` is what connects Node's own `fetch`, without the streams of `fetch`, and `fetch` itself on
 * other platforms; `fetch` is always the platform's `fetch`.
 */
export type Transport = 'auto' | 'fetch';

/** Headers that say where a request ends, or to whom it goes: `fetch` refuses them or makes its own. */
const FRAMING: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** A request as data, its headers as `fetch` takes them. */
export interface Post extends Omit<PostRequest, 'headers'> {
  readonly headers: Headers | Readonly<Record<string, string>>;
}

/** @internal The transport, `auto` by default. Throws a `TypeError` that names another value. */
export function readTransport(transport: unknown = 'auto'): Transport {
  if (transport === 'auto' || transport === 'fetch') return transport;
  throw new TypeError(`transport must be 'auto' or 'fetch', got ${describeValue(transport)}`);
}

/** @internal POSTs a request by the transport, or by a given `fetch`. Redirects are not followed. */
export async function post(
  { url, headers, body, signal }: Post,
  transport: Transport | Fetch,
): Promise<Response | ReceivedResponse> {
  const dispatcher = transport === 'auto' ? platformDispatcher() : undefined;
  if (dispatcher !== undefined) {
    const sent = headers instanceof Headers ? headers : new Headers(headers);
    if (![...sent.keys()].some((name) => FRAMING.has(name)))
      return dispatchRequest(dispatcher, { url, headers: sent, body, signal });
  }
  const fetch = typeof transport === 'function' ? transport : globalThis.fetch;
  return fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
}
