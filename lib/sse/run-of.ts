import type { Observable } from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { Runnable } from '../core/runnable.js';
import { badRequest } from './bad-request.js';

/**
 * What a request of {@link remoteRunnable} asks for, as a source for {@link writeSse} and {@link toSseResponse}: a run of
 * `runnable` with the request's input, its events if somebody listens there, else its chunks. `body` is the request's JSON,
 * already parsed, by a parser that limits its size.
 *
 * Of the config that comes along, only tags, metadata, the run's name and its id (a UUID) are taken. Throws a `TypeError` for
 * a body that is none, or an input that cannot be meant; Express, Fastify, Nest and Hono answer it with 400.
 *
 * @example
 * const length = lambda((text: string) => text.length);
 * // app.post('/chat', express.json(), (request, response) => { writeSse(response, runOf(length, request.body)); });
 * runOf(length, { input: 'gold' })({}) // => [4]
 */
export function runOf<I, C>(
  runnable: Runnable<I, unknown, C>,
  body: unknown,
): (config: RunConfig) => Observable<unknown> {
  if (typeof body !== 'object' || body === null || !('input' in body))
    throw badRequest(`the body must be { input, events?, config? }, got ${describeValue(body)}`);
  const { input, events, config: given } = body as Body<I>;
  try {
    runnable.checkInput(input);
  } catch (cause) {
    throw badRequest((cause as Error).message, cause);
  }
  const own = configOf(given ?? {});
  return (config) => {
    const both = { ...config, ...own };
    return events === true ? runnable.events$(input, both) : runnable.stream$(input, both);
  };
}

interface Body<I> {
  readonly input: I;
  readonly events?: unknown;
  readonly config?: {
    readonly tags?: unknown;
    readonly metadata?: unknown;
    readonly runName?: unknown;
    readonly runId?: unknown;
  };
}

/** Somebody else's word: what is not of its type is left out. */
function configOf({
  tags,
  metadata,
  runName,
  runId,
}: NonNullable<Body<unknown>['config']>): RunConfig {
  const areTags = Array.isArray(tags) && tags.every((tag) => typeof tag === 'string');
  const isObject = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  return {
    ...(areTags ? { tags } : {}),
    ...(isObject ? { metadata: metadata as Record<string, unknown> } : {}),
    ...(typeof runName === 'string' ? { runName } : {}),
    ...(typeof runId === 'string' && UUID.test(runId) ? { runId } : {}),
  };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
