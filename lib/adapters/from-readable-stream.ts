import { Observable } from 'rxjs';
import { describeValue } from '../core/internal/describe-value.js';
import { pullInto } from './internal/pull-into.js';

/**
 * The chunks of a web stream. Unsubscribing cancels the stream at once and unlocks it.
 *
 * A stream can be read once: pass a function that opens one, and each subscription reads its own. It is read only
 * when the consumer can take a chunk, where that can be known. Errors pass; a stream that is locked errors with the
 * platform's `TypeError`.
 *
 * @example
 * const stream = () => new Blob(['goldfish']).stream().pipeThrough(new TextDecoderStream());
 * await lastValueFrom(fromReadableStream(stream)) // => 'goldfish'
 */
export function fromReadableStream<T>(
  open: ReadableStream<T> | (() => ReadableStream<T>),
): Observable<T> {
  if (
    typeof open !== 'function' &&
    typeof (open as Partial<ReadableStream> | undefined)?.getReader !== 'function'
  ) {
    throw new TypeError(
      `fromReadableStream takes a ReadableStream or a function that opens one, got ${describeValue(open)}`,
    );
  }
  return new Observable((subscriber) => {
    if (subscriber.closed) return;
    const reader = (typeof open === 'function' ? open() : open).getReader();
    const stop = pullInto<T>(
      subscriber,
      async () => reader.read(),
      () => {
        // Nobody is left to hear that it failed meanwhile.
        reader.cancel().catch(() => undefined);
      },
    );
    return () => {
      stop();
      reader.releaseLock();
    };
  });
}
