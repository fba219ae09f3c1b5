import { defer, Observable, of, share } from 'rxjs';

/** The key under which a signal carries its one listener: of more than ten, Node warns. */
const ABORTED: unique symbol = Symbol.for('rxlm.aborted');

/**
 * @internal Emits a signal's reason once it is aborted, at once if it already is, and then completes.
 * All who wait for a signal share one listener, and leave none when they are unsubscribed.
 */
export function aborted(signal: SharedSignal): Observable<unknown> {
  return defer(() =>
    signal.aborted ? of(signal.reason) : (signal[ABORTED] ??= abortOf(signal).pipe(share())),
  );
}

function abortOf(signal: AbortSignal): Observable<unknown> {
  return new Observable((subscriber) => {
    const onAbort = () => {
      subscriber.next(signal.reason);
      subscriber.complete();
    };
    signal.addEventListener('abort', onAbort);
    return () => {
      signal.removeEventListener('abort', onAbort);
    };
  });
}

interface SharedSignal extends AbortSignal {
  [ABORTED]?: Observable<unknown> | undefined;
}
