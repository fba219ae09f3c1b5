import type { SchedulerLike } from 'rxjs';

/** How long a finished body may take to end by itself, and how much may still come. */
const GRACE_MS = 50;
const GRACE_BYTES = 16 * 1024;

/**
 * @internal Lets a body whose message is complete end by itself, in the background and not for long, so that the
 * connection can be used again; then `abort` closes it.
 */
export function finishBody(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  scheduler: SchedulerLike,
  abort: () => void,
): void {
  let size = 0;
  const timer = scheduler.schedule(abort, GRACE_MS);
  const read = (): void => {
    reader.read().then(
      ({ done, value }) => {
        size += value?.byteLength ?? 0;
        if (done) timer.unsubscribe();
        else if (size <= GRACE_BYTES) read();
        else finish();
      },
      // It was aborted, or broke off after all that matters had come.
      () => {
        timer.unsubscribe();
      },
    );
  };
  const finish = () => {
    timer.unsubscribe();
    abort();
  };
  read();
}
