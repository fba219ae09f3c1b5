import type { IncomingMessage } from 'node:http';
import { type Builtins, builtins } from './builtins.js';
import { bodyOf } from './http-body.js';
import { decodedBody } from './decoded-body.js';
import { isFetchUntouched } from './is-fetch-untouched.js';
import { closeIdle, isStale } from './stale-socket.js';

/** What is known here of a request; one with anything else in it is `fetch`'s. */
const KNOWN: ReadonlySet<string> = new Set(['method', 'headers', 'body', 'signal', 'redirect']);

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

/** Milliseconds in which an address must let one in, as of `fetch`. */
const CONNECT_MS = 10_000;

/** Answers that have no body. */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * @internal `fetch`, over Node's own HTTP client where that can do the same for a request to a model. A delta that comes
 * alone costs half as much that way: in Node's `fetch` it goes through three streams and an async iterator.
 *
 * What a server answers with the end of a connection that was kept from a request before is sent once more, over a new one:
 * many servers end connections that they have promised to keep, and nobody can know before asking.
 *
 * Everything else goes to the platform's `fetch`: in a browser, a worker or another runtime; where somebody has put another
 * function in its place, or has told it how to connect by a dispatcher (a proxy, certificates, a mock).
 */
export const httpFetch: typeof fetch = async (input, init) => {
  const builtin = builtins();
  if (builtin === undefined || !isUrl(input) || !isKnown(init) || !isFetchUntouched())
    return globalThis.fetch(input, init);
  const headers = [...new Headers(init.headers)];
  return headers.some(([name]) => FRAMING.has(name))
    ? globalThis.fetch(input, init)
    : send(builtin, new URL(input), init, headers);
};

type KnownInit = RequestInit & { readonly method: string; readonly body: string };

function isUrl(input: unknown): input is string | URL {
  return typeof input === 'string' || input instanceof URL;
}

function isKnown(init: RequestInit | undefined): init is KnownInit {
  return (
    init?.method === 'POST' &&
    typeof init.body === 'string' &&
    init.redirect === 'manual' &&
    Object.entries(init).every(([key, value]) => KNOWN.has(key) || value === undefined)
  );
}

function send(
  builtin: Builtins,
  url: URL,
  { method, body, signal }: KnownInit,
  given: readonly (readonly [string, string])[],
): Promise<Response> {
  const secure = url.protocol === 'https:';
  const { request: ask, globalAgent } = secure ? builtin('node:https') : builtin('node:http');
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // Of what comes in small pieces nothing is gained by compressing each.
    const headers = { 'accept-encoding': 'identity', ...Object.fromEntries(given) };
    const attempt = (isFirst: boolean) => {
      const request = ask(url, { method, headers });
      let bytesBefore = 0;
      const abort = () => {
        request.destroy();
      };
      const fail = (cause: unknown) => {
        if (isFirst && signal?.aborted !== true && isStale(request, cause, bytesBefore)) {
          closeIdle(globalAgent, url);
          attempt(false);
          return;
        }
        // As `fetch` says it.
        const error = new TypeError('fetch failed', { cause: withTlsCode(cause) });
        reject(signal?.aborted === true ? (signal.reason as Error) : error);
      };
      signal?.addEventListener('abort', abort);
      request.on('close', () => {
        signal?.removeEventListener('abort', abort);
      });
      request.on('error', fail);
      request.on('socket', (socket) => {
        bytesBefore = socket.bytesRead;
        if (!socket.connecting) return;
        socket.setTimeout(CONNECT_MS, () => {
          request.destroy(Object.assign(new Error('connect timed out'), { code: 'ETIMEDOUT' }));
        });
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          socket.setTimeout(0);
        });
      });
      request.on('upgrade', (_, socket) => {
        socket.destroy();
        fail(new Error('the server wants another protocol'));
      });
      request.on('response', (message) => {
        // The request's error says what is wrong with the body; the message's own would only say that it was cut off.
        request.on('error', (error) => {
          if (!message.complete) message.destroy(error);
        });
        try {
          resolve(responseOf(message, builtin));
        } catch (error) {
          fail(error);
          abort();
        }
      });
      // As text it would be sent together with the head, whose bytes are not UTF-8.
      request.end(new TextEncoder().encode(body));
    };
    attempt(true);
  });
}

/** What TLS has against it, this client says in words only. */
function withTlsCode(error: unknown): unknown {
  const { code, message = '' } = error as { code?: unknown; message?: string };
  const reason = /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1];
  if (code !== 'EPROTO' || reason === undefined) return error;
  return Object.assign(error as object, {
    code: `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`,
  });
}

function responseOf(message: IncomingMessage, builtin: Builtins): Response {
  const { statusCode: status = 0, rawHeaders } = message;
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] as string, rawHeaders[at + 1] as string);
  if (EMPTY.has(status)) message.resume();
  const body = EMPTY.has(status) ? null : bodyOf(decodedBody(message, builtin));
  // A `Response` cannot be made with what is no status at all, but be given it it can.
  const isKnown = status <= 599;
  const response = new Response(body, { status: isKnown ? status : 502, headers });
  return isKnown ? response : Object.defineProperty(response, 'status', { value: status });
}
