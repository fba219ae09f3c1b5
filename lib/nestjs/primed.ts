import { isObservable, Observable, type Subscriber, Subscription } from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import type { RunEvent } from '../core/run-event.js';
import { phaseOf } from '../operators/phase-of.js';
import { type ResponseWithHeaders, toHttpException } from './to-http-exception.js';

/** Whom a primed Observable is for. */
export interface PrimedOptions {
  /** Nest's `@SseSignal()`: the run is let go of when the client leaves before the first value. */
  readonly signal?: AbortSignal | undefined;
  /** `@Res({ passthrough: true })`: on it `retry-after` is set. */
  readonly response?: ResponseWithHeaders | undefined;
}

/** How long a primed Observable that nobody subscribes to holds its source. */
const UNCLAIMED_MS = 10_000;

/**
 * A promise of the same Observable, with its first value at hand: what fails before that rejects the promise, so that a
 * handler of Nest that returns it answers with a real HTTP status instead of an error in a 200.
 *
 * Waits for the first value; of events, for the first chunk of any run, because runs are told as begun before their
 * requests are answered. An error of rxlm becomes an `HttpException`: 429 with `retry-after`, 503 where the model is
 * overloaded, 504 for a timeout, else 502 (a key that the provider refuses is the server's); any other error stays as it
 * is. Its body tells `code`, a safe `message` and `retryable`.
 *
 * On a route with an interceptor (a global one counts) Nest answers 200 before the handler's promise has settled, so that
 * there the error is an event after all.
 *
 * It subscribes at once, and its Observable is for one subscriber, which takes the run over. The run is let go of when
 * the `signal` is aborted before that, or when nobody has subscribed 10 s after the promise has settled.
 *
 * @example
 * // @Sse('chat', { method: RequestMethod.POST })
 * // async chat(@Body() { text }: Ask, @SseSignal() signal: AbortSignal, @Res({ passthrough: true }) response: Response) {
 * //   const chunk$ = await primed(this.model.stream$(text), { signal, response });
 * //   return chunk$.pipe(toMessageEvents());
 * // }
 */
export function primed<T>(
  source$: Observable<T>,
  options: PrimedOptions = {},
): Promise<Observable<T>> {
  if (!isObservable(source$))
    throw new TypeError(`primed takes an Observable, got ${describeValue(source$)}`);
  const { signal, response } = options;
  return new Promise((resolve, reject) => {
    const run = new Subscription();
    /** What came before somebody has taken the run over, and how it ended, if it has. */
    const held: T[] = [];
    let ending: ((subscriber: Subscriber<T>) => void) | undefined;
    let taker: Subscriber<T> | undefined;
    let isTaken = false;
    let isReady = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const rest$ = new Observable<T>((subscriber) => {
      if (isTaken || run.closed) {
        subscriber.error(new TypeError('a primed Observable is for one subscriber: prime another'));
        return;
      }
      isTaken = true;
      stopWaiting();
      subscriber.add(run);
      // More may come while it is told.
      while (held.length > 0 && !subscriber.closed) subscriber.next(held.shift() as T);
      taker = subscriber;
      ending?.(subscriber);
    });
    const stopWaiting = () => {
      signal?.removeEventListener('abort', onAbort);
      clearTimeout(timer);
    };
    const ready = () => {
      if (isReady) return;
      isReady = true;
      timer = setTimeout(() => {
        stopWaiting();
        run.unsubscribe();
      }, UNCLAIMED_MS);
      resolve(rest$);
    };
    const onAbort = () => {
      stopWaiting();
      run.unsubscribe();
      if (!isReady) reject(signal?.reason as Error);
    };
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    const end = (how: (subscriber: Subscriber<T>) => void) => {
      ending = how;
      if (taker !== undefined) how(taker);
    };
    run.add(
      source$.subscribe({
        next: (value) => {
          if (taker === undefined) held.push(value);
          else taker.next(value);
          if (isFirst(value)) ready();
        },
        error: (error: unknown) => {
          end((subscriber) => {
            subscriber.error(error);
          });
          if (isReady) return;
          stopWaiting();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
          reject(toHttpException(error, response));
        },
        complete: () => {
          end((subscriber) => {
            subscriber.complete();
          });
          ready();
        },
      }),
    );
  });
}

/** Runs are told as begun before anything has been answered. */
function isFirst(value: unknown): boolean {
  const { event, run_id } = (value ?? {}) as Partial<RunEvent>;
  return event === undefined || run_id === undefined || phaseOf(event) === 'stream';
}
