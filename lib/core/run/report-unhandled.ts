import { throwError } from 'rxjs';

/**
 * @internal Reports an error that nobody can handle where RxJS reports its own:
 * `config.onUnhandledError`, or an uncaught exception of a later turn.
 */
export function reportUnhandled(error: unknown): void {
  throwError(() => error).subscribe();
}
