import type { SchedulerLike } from 'rxjs';
import type { ByteSource } from './byte-source.js';

/** How long a finished body may take to end by itself, and how much may still come. */
const GRACE_MS = 50;
const GRACE_BYTES = 16 * 1024;

/**
 * @internal Lets a body whose message is complete end by itself, in the background and not for long, so that the
 * connection can be used again; then `abort` closes it.
 */
export function finishBody(source: ByteSource, scheduler: SchedulerLike, abort: () => void): void {
  // What came whole needs no timer.
  if (source.ended) return;
  let size = 0;
  const timer = scheduler.schedule(abort, GRACE_MS);
  const over = () => {
    timer.unsubscribe();
  };
  source.pipe({
    bytes: (pieces) => {
      for (const { byteLength } of pieces) size += byteLength;
      if (timer.closed || size <= GRACE_BYTES) return;
      over();
      abort();
    },
    end: over,
    // It was aborted, or broke off after all that matters had come.
    lost: over,
  });
  source.resume();
}
