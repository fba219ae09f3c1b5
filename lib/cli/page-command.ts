import { concat, defer, finalize, from, ignoreElements, NEVER, type Observable, tap } from 'rxjs';
import { type PageOptions, startPage } from '../page/start-page.js';
import type { Output } from './run-command.js';

/** Serves the page and prints where it is. Never completes; unsubscribing closes it. */
export function pageCommand(options: PageOptions, { out }: Output): Observable<never> {
  return defer(() => {
    const opened = startPage(options);
    return concat(from(opened), NEVER).pipe(
      tap(({ url }) => {
        out(`rxlm page: ${url}\n`);
      }),
      ignoreElements(),
      finalize(() => void opened.then((page) => page.close()).catch(() => undefined)),
    );
  });
}
