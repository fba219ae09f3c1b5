import {
  catchError,
  filter,
  finalize,
  identity,
  map,
  mergeMap,
  type MonoTypeOperatorFunction,
  Observable,
  type OperatorFunction,
  Subject,
  throwError,
  timer,
} from 'rxjs';
import { attempt } from '../../core/internal/try-or-undefined.js';
import { callOptions } from '../../core/call-options.js';
import { cutOff } from '../../core/run/fail-when.js';
import { foldChunks } from '../../core/fold-chunks.js';
import { findGate, GATE } from '../../core/demand/gate.js';
import type { RunConfig } from '../../core/run-config.js';
import type { RunType } from '../../core/events/run-event.js';
import { RunInput } from '../../core/run-input.js';
import { Runnable } from '../../core/runnable.js';
import { SCOPE } from '../../core/run/scope.js';
import { runWhole$ } from '../../core/run/run-lifecycle.js';
import { LONGEST_TIMER } from '../../core/internal/longest-timer.js';
import { rootChunks } from '../../operators/root-chunks.js';
import { isCancellation } from '../../errors/internal/is-cancellation.js';
import { isRunEvent, RelayedRuns } from './relayed-runs.js';
import { remoteError } from './remote-error.js';
import { checkRemoteOptions, type RemoteOptions } from './remote-options.js';
import { remoteValues$ } from './remote-values.js';
import { withPartial } from '../frames/with-partial.js';
import { withRootId } from './with-root-id.js';

/**
 * A runnable whose runs go on at a server: see {@link remoteRunnable}. A class of your own may say its `runType` and `fold`.
 */
export class RemoteRunnable<in I = unknown, out O = unknown, out C = O> extends Runnable<I, O, C> {
  static override readonly lcName: string = 'RemoteRunnable';
  // Private also to consoles: its headers are credentials.
  readonly #remote: ReturnType<typeof checkRemoteOptions>;
  readonly #ownName: string | undefined;
  /** @internal Whether a value that the server sends is a chunk, where it must be a message: any value is one by default. */
  readonly isChunk: ((value: unknown) => boolean) | undefined;

  constructor(url: string | URL, options: RemoteOptions = {}) {
    super();
    this.#remote = checkRemoteOptions(url, options);
    this.#ownName = options.name;
  }

  override get name(): string {
    return this.#ownName ?? super.name;
  }

  override run$(input: RunInput<I>, config: RunConfig): Observable<C> {
    return input.whole$.pipe(mergeMap((value) => this.#ask$(value, config)));
  }

  /** The first value shows which it is: events of runs on the server, or chunks of a run that is emitted here. */
  #ask$(input: I, config: RunConfig): Observable<C> {
    const { tags, metadata, runName, runId, timeout, scheduler } = config;
    const listeners = [...(config.listeners ?? []), ...(config[SCOPE]?.listeners ?? [])];
    const events = listeners.length > 0;
    // Headers are for a provider called from here, and their values credentials.
    const { headers: _headers, ...options } = callOptions<{ headers?: unknown }>(config);
    const asked = { tags, metadata, runName, runId, ...options };
    const body = { input, events, config: asked };
    return new Observable<C>((subscriber) => {
      let values: Subject<unknown> | undefined;
      const begin = (first$: (values$: Observable<unknown>) => Observable<C>) => {
        const own = new Subject<unknown>();
        values = own;
        subscriber.add(first$(own).subscribe(subscriber));
        return own;
      };
      const here = (values$: Observable<unknown>) => this.#here$(input, config, values$);
      const relayed = (values$: Observable<unknown>) =>
        relayed$<C>(
          runId === undefined ? values$ : values$.pipe(withRootId(runId)),
          new RelayedRuns(config, () => this.#shown(input)),
          this.#checkChunks<C>(),
        );
      const gate = findGate(subscriber) ?? config[GATE];
      const request$ = remoteValues$(body, { scheduler, [GATE]: gate }, this.#remote).pipe(
        // Reading a run's signal would make it: only what the request needs is handed on.
        timeout === undefined || timeout > LONGEST_TIMER
          ? identity
          : cutOff(timer(timeout, scheduler), () => this.timedOut(timeout, undefined)),
      );
      subscriber.add(
        request$.subscribe({
          next: (value) => {
            values ??= begin(isRunEvent(value) ? relayed : here);
            values.next(value);
          },
          error: (error: unknown) => {
            (values ?? begin(here)).error(error);
          },
          complete: () => {
            (values ?? begin(here)).complete();
          },
        }),
      );
    });
  }

  /** What cannot be shown is what the server has to say something about. */
  #shown(input: I): unknown {
    return attempt(() => this.showInput(input)) ?? input;
  }

  /** The chunks as those of a run that is emitted here. */
  #here$(input: I, config: RunConfig, values$: Observable<unknown>): Observable<C> {
    return runWhole$(this, RunInput.of(input), config, () =>
      (values$ as Observable<C>).pipe(this.#checkChunks<C>(), withPartial()),
    );
  }

  #checkChunks<T>(): MonoTypeOperatorFunction<T> {
    const { isChunk } = this;
    if (isChunk === undefined) return identity;
    return map((value) => {
      if (isChunk(value)) return value;
      throw remoteError('bad_stream', 'among the chunks of a message came something else');
    });
  }
}

/** Emits the events at their place, and the chunks of their root. */
function relayed$<C>(
  values$: Observable<unknown>,
  runs: RelayedRuns,
  checkChunks: MonoTypeOperatorFunction<C>,
): Observable<C> {
  return values$.pipe(
    filter((event) => {
      if (isRunEvent(event)) return runs.relay(event);
      throw remoteError('bad_stream', 'among the events of a run came something else');
    }),
    rootChunks<C>() as OperatorFunction<unknown, C>,
    checkChunks,
    withPartial(),
    catchError((error: unknown) => {
      runs.close(isCancellation(error) ? undefined : error);
      return throwError(() => error);
    }),
    finalize(() => {
      runs.close();
    }),
  );
}

/**
 * Makes a runnable whose runs happen on a server that answers with {@link toSseResponse}, {@link writeSse} or Nest's
 * `toMessageEvents()`, with the values of `stream$` or of `events$`. Chunks, events and errors are the same as there.
 *
 * Each subscription POSTs `{ input, events, config }` as JSON. `events` says whether there are listeners here. `config` has
 * tags, metadata, name and id of the run, and the call options except `headers`; the server decides which of them it uses,
 * see {@link runOf}. If the server sends no events, a single run is emitted here. Unsubscribing closes the connection, which
 * cancels the run on the server. A run succeeds only with the server's `event: end`; a connection that ends without it is a
 * `ModelError` with code `truncated` and the message so far. Without `resumable` it does not reconnect. It works in
 * browsers, and needs no client of a provider there.
 *
 * @example
 * const chain = remoteRunnable<{ question: string }, string>('/api/answer');
 * chain.name // => 'RemoteRunnable'
 */
export function remoteRunnable<I = unknown, O = unknown, C = O>(
  url: string | URL,
  options: RemoteOptions & {
    readonly fold?: OperatorFunction<C, O> | undefined;
    readonly runType?: RunType | undefined;
  } = {},
): Runnable<I, O, C> {
  const { fold = foldChunks<C, O>(), runType = 'chain', ...rest } = options;
  const remote = new RemoteRunnable<I, O, C>(url, rest);
  return Object.assign(remote, { fold, runType });
}
