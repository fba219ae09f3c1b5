import { defer, finalize, type Observable, throwError } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import { RxlmError } from '../../errors/rxlm-error.js';

/**
 * An operator that lets no more than `max` of all the Observables that it is applied to be subscribed at once. One more
 * errors at once with an `RxlmError` of code `rate_limited`, which an edge answers with 429 and `retry-after`. An
 * Observable counts from its subscription until it completes, errors or is unsubscribed.
 *
 * Make one for a server, and give it to {@link runOf} (which counts a run once its request's body has been read) or pipe
 * runs through it.
 *
 * @example
 * const limit = limitStreams(100);
 * // writeSse(response, runOf(model, readRunRequest(request), { limit }), { primed: true });
 * // writeUIMessageStream(response, (config) => agent.stream$(messages, config).pipe(limit));
 */
export function limitStreams(
  max: number,
  { retryAfterMs = 1000 }: { readonly retryAfterMs?: number | undefined } = {},
): <T>(source$: Observable<T>) => Observable<T> {
  for (const [name, value] of Object.entries({ max, retryAfterMs })) {
    if (typeof value !== 'number' || !(value > 0))
      throw new TypeError(`${name} must be a number above 0, got ${describeValue(value)}`);
  }
  let open = 0;
  return (source$) =>
    defer(() => {
      if (open >= max) {
        const message = `${max} streams are open, and no more are accepted. Raise the limit, or try again later.`;
        const error = new RxlmError(message, { code: 'rate_limited' });
        return throwError(() => Object.assign(error, { retryable: true, retryAfterMs }));
      }
      open += 1;
      return source$.pipe(
        finalize(() => {
          open -= 1;
        }),
      );
    });
}
