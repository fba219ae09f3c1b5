import type { OwnerOf } from './owner-of.js';
import type { ReadRunRequestOptions } from './read-run-request.js';
import type { SseOptions } from './sse-options.js';
import type { SseSource } from './sse-source.js';

/** What the routes of runs start, and who may see it. `R` is the server's request. */
export interface RunRoutesOptions<R>
  extends ReadRunRequestOptions, Pick<SseOptions<unknown>, 'heartbeatMs' | 'stallMs' | 'onError'> {
  /** The run that a POST asks for: `(body) => runOf(agent, body)`. */
  readonly source: (
    body: Readonly<Record<string, unknown>>,
    request: R,
  ) => SseSource<unknown> | PromiseLike<SseSource<unknown>>;
  /**
   * Who asks: the id of the user or tenant of the session. Only who started a run sees and cancels it, and idempotency keys are
   * its own. Nothing (undefined, null, an empty text) for a client that may start and see no run: it gets 401 or 404. Without
   * this, who knows an id sees the run.
   */
  readonly owner?: OwnerOf<R> | undefined;
  /** Whether the client may see and cancel a run; if not, it gets the 404 of a run that does not exist. */
  readonly authorize?:
    | ((
        id: string,
        request: R,
        meta: Readonly<Record<string, unknown>> | undefined,
      ) => boolean | PromiseLike<boolean>)
    | undefined;
  /** Kept with the run, beside its `owner`. */
  readonly meta?: ((body: Readonly<Record<string, unknown>>, request: R) => object) | undefined;
}
