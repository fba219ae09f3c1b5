import { throwError } from 'rxjs';

/**
 * @internal Reports an unhandled error where RxJS reports its own:
 * `config.onUnhandledError`, or an uncaught exception of a later turn.
 */
export function reportUnhandled(error: unknown): void {
  throwError(() => error).subscribe();
}
