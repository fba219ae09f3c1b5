import { describeValue } from '../../core/internal/describe-value.js';

/** Time in which a chat that joins anew replaces its aborted request, and in which an unanswered request reaches the server. */
const SETTLE_MS = 250;

/**
 * A `fetch` for `DefaultChatTransport` of the AI SDK, by which the Stop of `useChat` stops the run at a server of
 * {@link chatRoutes}: `new DefaultChatTransport({ fetch: stoppableFetch() })`. For the server a Stop looks like a page that is
 * closed, so where the chat aborts its request, this sends `DELETE {api}/{chat}/stream`, with the headers of that request.
 *
 * A page that is closed or reloaded aborts nothing, and a chat that joins its stream anew replaces its own request: neither stops
 * the run. `fetch` is the one that sends, the platform's by default.
 *
 * @example
 * const fetch = stoppableFetch();
 * typeof fetch // => 'function'
 */
export function stoppableFetch(fetch: typeof globalThis.fetch = globalThis.fetch): typeof fetch {
  if (typeof fetch !== 'function')
    throw new TypeError(`fetch must be a function, got ${describeValue(fetch)}`);
  /** The request that reads the stream of a chat now, by its address. */
  const reading = new Map<string, symbol>();

  return async (input, init = {}) => {
    const url = streamUrl(input, init);
    const { signal, headers, credentials } = init;
    if (url === undefined || signal == null) return await fetch(input, init);
    const own = Symbol();
    reading.set(url, own);
    let isAnswered = false;
    const stop = () => {
      if (reading.get(url) !== own) return;
      reading.delete(url);
      const asked = { method: 'DELETE', headers: withoutType(headers), keepalive: true };
      fetch(url, credentials === undefined ? asked : { ...asked, credentials }).catch(
        () => undefined,
      );
    };
    signal.addEventListener(
      'abort',
      () => {
        if (isAnswered && init.method === 'POST') stop();
        else setTimeout(stop, SETTLE_MS);
      },
      { once: true },
    );
    const response = await fetch(input, init);
    isAnswered = true;
    return response;
  };
}

/** The address of the chat's stream: that of a GET, or made of the chat's id in a POST. */
function streamUrl(input: RequestInfo | URL, { method, body }: RequestInit): string | undefined {
  const url = input instanceof Request ? input.url : String(input);
  if (method === 'GET') return url;
  if (method !== 'POST' || typeof body !== 'string') return undefined;
  const id = chatIdIn(body);
  if (id === undefined) return undefined;
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(url) ?? [];
  return `${path.endsWith('/') ? path.slice(0, -1) : path}/${encodeURIComponent(id)}/stream${query}`;
}

function chatIdIn(body: string): string | undefined {
  try {
    const { id } = JSON.parse(body) as { readonly id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

/** A DELETE has no body. */
function withoutType(headers: HeadersInit | undefined): Headers {
  const own = new Headers(headers);
  own.delete('content-type');
  return own;
}
