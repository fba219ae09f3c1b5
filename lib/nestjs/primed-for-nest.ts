import type { Observable } from 'rxjs';
import { primed, type PrimedOptions } from '../sse/server/primed.js';
import { reportEdgeError } from '../sse/frames/edge-errors.js';
import { statusOf } from '../sse/frames/safe-error.js';
import { isRefusal } from '../sse/server/refusal-brand.js';
import type { SseSource } from '../sse/server/sse-source.js';
import { type ResponseWithHeaders, toHttpException } from './to-http-exception.js';

/** Whom a primed Observable is for. */
export interface PrimedForNestOptions extends PrimedOptions {
  /** `@Res({ passthrough: true })`: on it `retry-after` is set. */
  readonly response?: ResponseWithHeaders | undefined;
}

/**
 * A promise of the same Observable, with its first value at hand: what fails before that rejects the promise, so that a
 * handler of Nest that returns it answers with a real HTTP status instead of an error in a 200.
 *
 * As `primed` of `rxlm/sse`, and an error of rxlm becomes an `HttpException`: 429 with `retry-after`, 503 where the model
 * is overloaded, 504 for a timeout, else 502 (a key that the provider refuses is the server's); any other error stays as
 * it is. Its body tells `code`, a safe `message`, `retryable` and what else a remote run makes the same error of.
 *
 * On a route with an interceptor (a global one counts) Nest answers 200 before the handler's promise has settled, so that
 * there the error is an event after all.
 *
 * @example
 * // @Sse('chat', { method: RequestMethod.POST })
 * // async chat(@Body() { text }: Ask, @SseSignal() signal: AbortSignal, @Res({ passthrough: true }) response: Response) {
 * //   const chunk$ = await primedForNest(this.model.stream$(text), { signal, response });
 * //   return chunk$.pipe(toMessageEvents());
 * // }
 */
export function primedForNest<T>(
  source: SseSource<T>,
  options: PrimedForNestOptions = {},
): Promise<Observable<T>> {
  return primed(source, options).catch((error: unknown) => {
    const { onError } = options;
    // Without it Nest logs what it does not know itself.
    if (onError !== undefined) {
      const when = isRefusal(error) ? 'request' : 'run';
      reportEdgeError(
        error,
        { edge: 'primedForNest', when, status: statusOf(error) ?? 500 },
        onError,
      );
    }
    throw toHttpException(error, options.response);
  });
}
