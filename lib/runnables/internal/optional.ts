import { defaultIfEmpty, defer, from, type Observable, type ObservableInput, of, take } from 'rxjs';
import { isObservable } from 'rxjs';
import { reportTeardown } from '../../core/run/report-teardown.js';

/** @internal The first of what a hook gives, now or later; undefined where it gives nothing. */
export function optional$<T extends object>(
  make: () => T | undefined | ObservableInput<T | undefined>,
): Observable<T | undefined> {
  return defer(() => {
    const made = make();
    const later = isObservable(made) || (made !== undefined && 'then' in made);
    return later ? from(made as ObservableInput<T | undefined>) : of(made as T | undefined);
  }).pipe(reportTeardown(), take(1), defaultIfEmpty(undefined));
}
