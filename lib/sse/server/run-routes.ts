import { GATE } from '../../core/demand/gate.js';
import { describeValue } from '../../core/internal/describe-value.js';
import type { RunConfig } from '../../core/run-config.js';
import type { DurableRuns } from '../../runs/durable-runs.js';
import { answerRunRequest } from './answer-run-request.js';
import { routeHandlers, type RunRoutes } from './route-handlers.js';
import type { RunRoutesOptions } from './run-routes-options.js';
import { toSseResponse } from './to-sse-response.js';
import { writeSse } from './write-sse.js';

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
  checkRuns(runs, 'runRoutes');
  const { source, owner, authorize, meta, heartbeatMs, stallMs, onError, scheduler } = options;
  checkFunctions({ source, owner, authorize, meta });

  return routeHandlers<R>(
    'runRoutes',
    async (asked) => {
      const answer = await answerRunRequest(runs, options, asked);
      if ('status' in answer) return answer;
      const { run, after, headers } = answer;
      const value$ = (config: RunConfig) => runs.join$(run, { after, [GATE]: config[GATE] });
      const how = {
        headers,
        heartbeatMs,
        stallMs,
        onError,
        scheduler,
        id: ({ id }: { readonly id: string }) => id,
        data: ({ value }: { readonly value: unknown }) => value,
      };
      return {
        toResponse: () => toSseResponse(value$, how),
        writeTo: (response) => writeSse(response, value$, how),
      };
    },
    options,
  );
}

/** @internal Throws a `TypeError` for what is not the runs of `durableRuns`. */
export function checkRuns(runs: unknown, edge: string): void {
  if (typeof (runs as Partial<DurableRuns> | undefined)?.join$ !== 'function')
    throw new TypeError(`${edge} takes the runs of durableRuns, got ${describeValue(runs)}`);
}

/** @internal Throws a `TypeError` for an option that is no function; `source` must be there. */
export function checkFunctions(functions: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(functions))
    if (typeof value !== 'function' && (value !== undefined || name === 'source'))
      throw new TypeError(`${name} must be a function, got ${describeValue(value)}`);
}
