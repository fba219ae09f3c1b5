import { Observable } from 'rxjs';

/**
 * @internal Emits a signal's reason once it is aborted, at once if it already is, and then completes.
 * Leaves no listener on the signal when it is unsubscribed.
 */
export function aborted(signal: AbortSignal): Observable<unknown> {
  return new Observable((subscriber) => {
    const onAbort = () => {
      subscriber.next(signal.reason);
      subscriber.complete();
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort);
    return () => {
      signal.removeEventListener('abort', onAbort);
    };
  });
}
