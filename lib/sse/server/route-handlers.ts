import { type EdgeErrorHandler, reportEdgeError } from '../frames/edge-errors.js';
import { toHttpError } from '../frames/to-http-error.js';
import {
  checkRunRequest,
  type NodeRequestLike,
  readRunRequest,
  type ReadRunRequestOptions,
} from './read-run-request.js';
import { isRefusal } from './refusal-brand.js';
import type { NodeResponse } from './write-sse.js';

/** A request of Node's `http`, Express or Nest. */
export interface NodeRunRequest extends NodeRequestLike {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly originalUrl?: string | undefined;
}

/** Handlers for one server: see {@link runRoutes}, {@link chatRoutes}. */
export interface RunRoutes<R> {
  /** For Fetch handlers. */
  readonly fetch: (request: R & Request) => Promise<Response>;
  /** For Node, Express and Nest (`@Req()`, `@Res()`). Resolves when the answer has begun. */
  readonly node: (request: R & NodeRunRequest, response: NodeResponse) => Promise<void>;
}

/** @internal A request to the routes of runs, whatever server it came to. */
export interface RouteRequest<R> {
  readonly request: R;
  readonly method: string;
  /** Path and query, as the client sent them. */
  readonly url: string;
  readonly header: (name: string) => string | undefined;
  /** Refuses what a page of another site sends. */
  readonly check: () => void;
  /** The same, and reads the body. */
  readonly body: () => Promise<Readonly<Record<string, unknown>>>;
}

/** @internal An answer without a stream. */
export interface ShortAnswer {
  readonly status: number;
  readonly json?: object | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** @internal A stream, for either server. */
export interface StreamAnswer {
  readonly toResponse: () => Response;
  readonly writeTo: (response: NodeResponse) => unknown;
}

/** @internal Handlers that answer by one function. What it rejects with becomes a status, and is reported under the name of `edge`. */
export function routeHandlers<R>(
  edge: string,
  answer: (asked: RouteRequest<R>) => Promise<ShortAnswer | StreamAnswer>,
  options: ReadRunRequestOptions & { readonly onError?: EdgeErrorHandler | undefined },
): RunRoutes<R> {
  const failed = (error: unknown) => {
    const { status, headers, body } = toHttpError(error);
    const when = isRefusal(error) ? 'request' : 'run';
    reportEdgeError(error, { edge, when, status }, options.onError);
    return { status, headers: { ...headers }, body };
  };
  const guarded = (request: Request | NodeRequestLike) => ({
    check: () => {
      checkRunRequest(request, options);
    },
    body: () => readRunRequest(request, options),
  });
  return {
    fetch: async (request) => {
      try {
        const answered = await answer({
          request,
          method: request.method,
          url: request.url,
          header: (name) => request.headers.get(name) ?? undefined,
          ...guarded(request),
        });
        if ('toResponse' in answered) return answered.toResponse();
        const { body, ...init } = texts(answered);
        return new Response(body, init);
      } catch (error) {
        const { body, ...init } = failed(error);
        return new Response(body, init);
      }
    },
    node: async (request, response) => {
      try {
        const answered = await answer({
          request,
          method: request.method ?? 'GET',
          url: request.originalUrl ?? request.url ?? '/',
          header: (name) => [request.headers[name] ?? []].flat()[0],
          ...guarded(request),
        });
        if ('writeTo' in answered) {
          answered.writeTo(response);
          return;
        }
        const { status, headers, body } = texts(answered);
        response.writeHead(status, headers);
        response.end(body);
      } catch (error) {
        const { status, headers, body } = failed(error);
        if (!response.headersSent) response.writeHead(status, headers);
        response.end(body);
      }
    },
  };
}

function texts({ status, json, headers }: ShortAnswer) {
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  return {
    status,
    headers: { ...type, 'cache-control': 'no-store', ...headers },
    body: json === undefined ? undefined : JSON.stringify(json),
  };
}
