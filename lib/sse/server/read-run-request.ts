import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import { JsonDepth } from '../../json/internal/json-depth.js';
import { badRequest } from './bad-request.js';
import { type NodeBody, readFetchBody, readNodeBody, tooLarge } from './read-body.js';
import { checkContentType, checkOrigin, type RequestHead } from './request-head.js';

/** What is accepted of a request. */
export interface ReadRunRequestOptions {
  /** Bytes of the body. @defaultValue 1 MiB */
  readonly maxBytes?: number | undefined;
  /** Milliseconds until the whole body must have arrived. @defaultValue 10_000 */
  readonly timeoutMs?: number | undefined;
  /** Other origins whose pages may ask, as `https://app.example.com`. The server's own always may. @defaultValue [] */
  readonly origins?: readonly string[] | undefined;
  /**
   * The host names under which the server is asked, as `chat.example.com`. By default any, but for a server that listens on
   * a loopback address: then those of the machine itself, so that no page reaches it under a name of its own. A `Request`
   * (Hono, Next.js, Deno, Bun) does not say at which address it came: give the names of a local server.
   */
  readonly hosts?: readonly string[] | undefined;
  /** How deep the JSON may nest. @defaultValue 64 */
  readonly maxDepth?: number | undefined;
  /** Where time comes from; RxJS's `asyncScheduler` by default. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** A request of Node, Express or Nest, or of Fastify (whose own has it as `raw`), as far as it is used. */
export interface NodeRequestLike {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What a parser before has made of the body. */
  readonly body?: unknown;
  readonly raw?: object | undefined;
  readonly socket?: { readonly localAddress?: string | undefined } | undefined;
}

/**
 * The JSON of a request's body, for {@link runOf} (which takes the promise) and {@link checkClientMessages}. Takes a request of
 * Node, Express, Nest or Fastify, or a `Request` (Next.js, Hono's `c.req.raw`, Deno, Bun).
 *
 * Rejects with a refusal, which every edge and framework answers with its status: 403 for a page of another origin or an
 * unknown `Host`, 415 for what is not JSON, 413 for a body that is too large (it is read no further), 408 for one that is too
 * slow, 400 for invalid JSON. A body that a parser has read before is taken from the request; that parser limits its size.
 * Wrong options reject with a `TypeError`.
 *
 * @example
 * // app.post('/chat', (request, response) => {
 * //   writeSse(response, runOf(model, readRunRequest(request)), { primed: true });
 * // });
 *
 * @example
 * // export const POST = (request: Request) =>
 * //   primedSseResponse(runOf(model, readRunRequest(request)), { signal: request.signal });
 */
export async function readRunRequest(
  request: Request | NodeRequestLike,
  options: ReadRunRequestOptions = {},
): Promise<Readonly<Record<string, unknown>>> {
  const rules = checkOptions(options);
  const head = headOf(request);
  checkOrigin(head, rules);
  checkContentType(head);
  if (Number(head.header('content-length') ?? 0) > rules.maxBytes) throw tooLarge(rules.maxBytes);
  const parsed = 'arrayBuffer' in request ? undefined : parsedBody(request);
  if (parsed !== undefined) return checkBody(parsed);
  const pieces =
    'arrayBuffer' in request
      ? await readFetchBody(request.body, rules)
      : await readNodeBody((request.raw ?? request) as NodeBody, rules);
  return checkBody(parse(pieces, rules.maxDepth));
}

/** @internal Refuses a request that a page of another site sends, or one for another host, as `readRunRequest` does. */
export function checkRunRequest(
  request: Request | NodeRequestLike,
  options: ReadRunRequestOptions,
): void {
  checkOrigin(headOf(request), checkOptions(options));
}

function headOf(request: Request | NodeRequestLike): RequestHead {
  const { headers } = Object(request) as Partial<Request & NodeRequestLike>;
  if (typeof headers !== 'object')
    throw new TypeError(
      `readRunRequest takes a request of Node or a Request, got ${describeValue(request)}`,
    );
  if ('arrayBuffer' in request) {
    const header = (name: string) => request.headers.get(name) ?? undefined;
    const host = header('host') ?? new URL(request.url).host;
    return { header, host, isLoopback: false };
  }
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
  const address = request.socket?.localAddress ?? '';
  return {
    header,
    // Of `http2`.
    host: header('host') ?? header(':authority'),
    isLoopback: /^(?:::ffff:)?127\.|^::1$/.test(address),
  };
}

/** What Express (`express.json()`), Nest and Fastify have read before the handler. */
function parsedBody({ body }: NodeRequestLike): unknown {
  return typeof body === 'object' && body !== null && !isBytes(body) ? body : undefined;
}

function isBytes(value: object): boolean {
  return ArrayBuffer.isView(value) || 'getReader' in value || 'pipe' in value;
}

function parse(pieces: readonly Uint8Array[], maxDepth: number): unknown {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const depth = new JsonDepth();
  let text = '';
  try {
    for (const piece of pieces) text += decoder.decode(piece, { stream: true });
    text += decoder.decode();
  } catch (cause) {
    throw badRequest('the body is not UTF-8', cause);
  }
  depth.add(text);
  if (depth.max > maxDepth) throw badRequest(`the body nests deeper than ${maxDepth} levels`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Its error quotes the body.
    throw badRequest('the body is not valid JSON');
  }
}

function checkBody(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Readonly<Record<string, unknown>>;
  throw badRequest(`the body must be a JSON object, got ${describeValue(body)}`);
}

function checkOptions(options: ReadRunRequestOptions) {
  const {
    maxBytes = 1024 * 1024,
    timeoutMs = 10_000,
    maxDepth = 64,
    origins = [],
    hosts,
  } = options;
  for (const [name, value] of Object.entries({ maxBytes, timeoutMs, maxDepth })) {
    if (typeof value !== 'number' || !(value > 0))
      throw new TypeError(`${name} must be a number above 0, got ${describeValue(value)}`);
  }
  for (const [name, value] of Object.entries({ origins, hosts: hosts ?? [] })) {
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
      throw new TypeError(`${name} must be an array of strings, got ${describeValue(value)}`);
  }
  return {
    maxBytes,
    timeoutMs,
    maxDepth,
    origins,
    hosts,
    scheduler: options.scheduler ?? asyncScheduler,
  };
}
