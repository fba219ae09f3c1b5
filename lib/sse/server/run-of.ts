import { defer, from, identity, map, mergeMap, type Observable } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import { type EventFilters, filterEvents } from '../../core/events/event-filters.js';
import type { RunConfig } from '../../core/run-config.js';
import { isRunnable, type Runnable } from '../../core/runnable.js';
import { badRequest } from './bad-request.js';
import {
  CLIENT_CONFIG_KEYS,
  clientConfig,
  type ClientConfigKey,
  underConfig,
} from './client-config.js';
import { clientInput } from './client-input.js';
import { rootAnd, shownChunk } from './client-view.js';
import { checkClientMessagesPolicy, type ClientMessagesPolicy } from './client-messages-policy.js';
import { REFUSED_AT_CALL, type SseSource } from './sse-source.js';

/** What a client may see of a run, and what of its request counts. The defaults are for a client that is not trusted. */
export interface RunOfOptions {
  /**
   * The events that a client gets which asks for them: `true` for all, or those of the runs that filters select. These show
   * everything: system prompts, retrieved documents, tags and metadata of the server, inputs and results of tools. Of a root that the
   * filters do not select, its events show its input, its chunks and its output, with results of tools as of `toolResults`.
   * Without it, the client gets the root's chunks.
   *
   * @defaultValue false
   */
  readonly events?: boolean | EventFilters | undefined;
  /** Whether the results of tools among the root's chunks and in its output keep their content. An artifact is never sent, but an
   * agent's structured answer. @defaultValue false: they are emptied */
  readonly toolResults?: boolean | undefined;
  /**
   * The keys of the client's config that count, under the server's own. Of the others nothing is used.
   *
   * @defaultValue []
   */
  readonly clientConfig?: readonly ClientConfigKey[] | undefined;
  /** What messages the input may have; `'unchecked'` for any. @defaultValue user text and inline images */
  readonly history?: ClientMessagesPolicy | 'unchecked' | undefined;
  /** Limits how many runs there are at once, see {@link limitStreams}: a run counts once its request has been read. */
  readonly limit?: (<T>(source$: Observable<T>) => Observable<T>) | undefined;
  /** The config of the server. */
  readonly config?: RunConfig | undefined;
}

/**
 * The run that a request of {@link remoteRunnable} asks for, as a source for {@link writeSse}, {@link primedSseResponse} and
 * Nest's `primed`. The server decides what the client sees: by default the chunks of the root run, and no events, results of
 * tools, tags or metadata. Of the client's config nothing is used by default, and of a conversation user text and inline
 * images are accepted. {@link RunOfOptions} says more.
 *
 * `body` is what {@link readRunRequest} gives (its promise will do), or the request's JSON, parsed by a parser that limits its
 * size: `{ input, events?, config? }`. An invalid body is refused with status 400 when the source is used, by whichever
 * edge; called by itself, the source throws a `TypeError`. Wrong options throw a `TypeError` at once.
 *
 * @example
 * const length = lambda((text: string) => text.length);
 * // app.post('/chat', (request, response) => {
 * //   writeSse(response, runOf(length, readRunRequest(request)), { primed: true });
 * // });
 * runOf(length, { input: 'gold' })({}) // => [4]
 */
export function runOf<I, C>(
  runnable: Runnable<I, unknown, C>,
  body: unknown,
  options: RunOfOptions = {},
): SseSource<unknown> & ((config: RunConfig) => Observable<unknown>) {
  if (!isRunnable(runnable))
    throw new TypeError(`runOf takes a runnable, got ${describeValue(runnable)}`);
  const settings = checkOptions(options);
  const runOfBody = (given: unknown) => makeRun(runnable, given, settings);
  if (isPromise(body)) {
    const run = Promise.resolve(body).then(runOfBody);
    // Whether anybody uses the source or not.
    run.catch(() => undefined);
    return (config) => defer(() => from(run)).pipe(mergeMap((make) => make(config)));
  }
  try {
    return runOfBody(body);
  } catch (error) {
    const refuse = (): never => {
      throw error;
    };
    return Object.assign(refuse, { [REFUSED_AT_CALL]: error });
  }
}

function makeRun<I, C>(
  runnable: Runnable<I, unknown, C>,
  body: unknown,
  { events, toolResults, accept, rules, limit, own }: ReturnType<typeof checkOptions>,
): (config: RunConfig) => Observable<unknown> {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, 'input'))
    throw badRequest(`the body must be { input, events?, config? }, got ${describeValue(body)}`);
  const { input: given, events: asked, config: theirs } = body as Readonly<Record<string, unknown>>;
  const input = (rules === undefined ? given : clientInput(runnable, given, rules)) as I;
  try {
    runnable.checkInput(input);
  } catch (cause) {
    throw badRequest((cause as Error).message, cause);
  }
  const client = clientConfig(theirs, accept);
  return (config) => {
    const both = underConfig(client, underConfig(config, own));
    const run$: Observable<unknown> =
      asked === true && events !== false
        ? runnable
            .events$(input, both)
            .pipe(events === true ? identity : rootAnd(events, toolResults))
        : runnable.stream$(input, both).pipe(map(shownChunk(toolResults)));
    return limit(run$);
  };
}

function checkOptions(options: RunOfOptions) {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new TypeError(`options must be an object, got ${describeValue(options)}`);
  const { events = false, toolResults = false, clientConfig: accept = [], config = {} } = options;
  const { history = {}, limit = identity } = options;
  if (typeof events === 'object') filterEvents(events);
  else if (typeof events !== 'boolean')
    throw new TypeError(`events must be a boolean or filters, got ${describeValue(events)}`);
  if (typeof toolResults !== 'boolean')
    throw new TypeError(`toolResults must be a boolean, got ${describeValue(toolResults)}`);
  if (!Array.isArray(accept) || !accept.every((key) => CLIENT_CONFIG_KEYS.includes(key)))
    throw new TypeError(
      `clientConfig must be an array of ${CLIENT_CONFIG_KEYS.join(', ')}, got ${describeValue(accept)}`,
    );
  if (typeof limit !== 'function')
    throw new TypeError(`limit must be a function, got ${describeValue(limit)}`);
  if (typeof (config as unknown) !== 'object' || (config as unknown) === null)
    throw new TypeError(`config must be an object, got ${describeValue(config)}`);
  const rules = history === 'unchecked' ? undefined : checkClientMessagesPolicy(history);
  return { events, toolResults, accept, rules, limit, own: config };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
