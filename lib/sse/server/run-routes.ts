import { describeValue } from '../../core/internal/describe-value.js';
import { GATE } from '../../core/demand/gate.js';
import type { RunConfig } from '../../core/run-config.js';
import type { DurableRuns } from '../../runs/durable-runs.js';
import { reportEdgeError } from '../frames/edge-errors.js';
import { toHttpError } from '../frames/to-http-error.js';
import { answerRunRequest, type RouteAnswer } from './answer-run-request.js';
import { type NodeRequestLike, readRunRequest } from './read-run-request.js';
import { isRefusal } from './refusal-brand.js';
import type { RunRoutesOptions } from './run-routes-options.js';
import { toSseResponse } from './to-sse-response.js';
import { type NodeResponse, writeSse } from './write-sse.js';

/** A request of Node's `http`, Express or Nest. */
export interface NodeRunRequest extends NodeRequestLike {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly originalUrl?: string | undefined;
}

/** Handlers for one server: see {@link runRoutes}. */
export interface RunRoutes<R> {
  /** For Fetch handlers. */
  readonly fetch: (request: R & Request) => Promise<Response>;
  /** For Node, Express and Nest (`@Req()`, `@Res()`). Resolves when the answer has begun. */
  readonly node: (request: R & NodeRunRequest, response: NodeResponse) => Promise<void>;
}

/**
 * The HTTP routes of durable runs, mounted at one path:
 *
 * - `POST /runs` starts a run: 201 `{ id }` and a `location`, or with `accept: text/event-stream` its values at once. With an
 *   `Idempotency-Key` a repeated request finds the run (200).
 * - `GET /runs/:id` sends its values as server-sent events, each with its id; from behind `?after=` or `Last-Event-ID`.
 *   400: a malformed id. 404: no such run, or not the client's. 409 (`gap`): no such place in it.
 * - `DELETE /runs/:id` cancels it: `{ id, cancelled }`.
 *
 * A client that disconnects does not cancel its run.
 *
 * @example
 * const routes = runRoutes(durableRuns(), { source: () => of('gold', 'fish') });
 * const post = new Request('http://localhost/runs', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
 * (await routes.fetch(post)).status // => 201
 */
export function runRoutes<R = unknown>(
  runs: DurableRuns,
  options: RunRoutesOptions<R>,
): RunRoutes<R> {
  if (typeof (runs as Partial<DurableRuns> | undefined)?.join$ !== 'function')
    throw new TypeError(`runRoutes takes the runs of durableRuns, got ${describeValue(runs)}`);
  const { source, owner, authorize, meta, heartbeatMs, stallMs, onError, scheduler } = options;
  const functions: Readonly<Record<string, unknown>> = { source, owner, authorize, meta };
  for (const [name, value] of Object.entries(functions))
    if (typeof value !== 'function' && (value !== undefined || name === 'source'))
      throw new TypeError(`${name} must be a function, got ${describeValue(value)}`);

  const sent = ({ run, after, headers }: Extract<RouteAnswer, { run: string }>) => ({
    value$: (config: RunConfig) => runs.join$(run, { after, [GATE]: config[GATE] }),
    how: {
      headers,
      heartbeatMs,
      stallMs,
      onError,
      scheduler,
      id: ({ id }: { readonly id: string }) => id,
      data: ({ value }: { readonly value: unknown }) => value,
    },
  });
  const failed = (error: unknown) => {
    const { status, headers, body } = toHttpError(error);
    const when = isRefusal(error) ? 'request' : 'run';
    reportEdgeError(error, { edge: 'runRoutes', when, status }, onError);
    return { status, headers, body };
  };
  const short = ({ status, json, headers }: Extract<RouteAnswer, { status: number }>) => ({
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(json),
  });

  return {
    fetch: async (request) => {
      try {
        const answer = await answerRunRequest(runs, options, {
          request,
          method: request.method,
          url: request.url,
          header: (name) => request.headers.get(name) ?? undefined,
          body: () => readRunRequest(request, options),
        });
        if ('status' in answer) {
          const { body, ...init } = short(answer);
          return new Response(body, init);
        }
        const { value$, how } = sent(answer);
        return toSseResponse(value$, how);
      } catch (error) {
        const { body, ...init } = failed(error);
        return new Response(body, init);
      }
    },
    node: async (request, response) => {
      try {
        const answer = await answerRunRequest(runs, options, {
          request,
          method: request.method ?? 'GET',
          url: request.originalUrl ?? request.url ?? '/',
          header: (name) => [request.headers[name] ?? []].flat()[0],
          body: () => readRunRequest(request, options),
        });
        if ('status' in answer) {
          const { status, headers, body } = short(answer);
          response.writeHead(status, headers);
          response.end(body);
          return;
        }
        const { value$, how } = sent(answer);
        writeSse(response, value$, how);
      } catch (error) {
        const { status, headers, body } = failed(error);
        if (!response.headersSent) response.writeHead(status, { ...headers });
        response.end(body);
      }
    },
  };
}
