import type { Observable } from 'rxjs';
import { type PullOptions, toAsyncIterable } from '../core/demand/to-async-iterable.js';

/**
 * The values of an Observable as a web stream, in object mode: one chunk a value.
 *
 * The first `read()` subscribes; values wait for the reader as in {@link toAsyncIterable}, and a model's socket
 * waits with them. `cancel()` unsubscribes at once. An error errors the stream, after the values before it.
 *
 * @example
 * const reader = toReadableStream(of('gold', 'fish')).getReader();
 * (await reader.read()).value // => 'gold'
 */
export function toReadableStream<T>(
  source$: Observable<T>,
  options?: PullOptions,
): ReadableStream<T> {
  const values = toAsyncIterable(source$, options);
  return new ReadableStream<T>(
    {
      async pull(controller) {
        const result = await values.next();
        if (result.done === true) controller.close();
        else controller.enqueue(result.value);
      },
      async cancel() {
        await values.return?.();
      },
    },
    // A mark of zero: nothing is requested before the first read.
    { highWaterMark: 0 },
  );
}
