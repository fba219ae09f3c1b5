import {
  defaultIfEmpty,
  defer,
  from,
  map,
  type Observable,
  type ObservableInput,
  of,
  take,
} from 'rxjs';
import { isObservable } from 'rxjs';
import { reportTeardown } from '../../core/run/report-teardown.js';

/** @internal The first of what a hook gives, now or later; undefined where it gives nothing. */
export function optional$<T extends object>(
  make: () => T | undefined | ObservableInput<T | undefined>,
): Observable<T | undefined> {
  return defer(() => {
    const made = make();
    const later = isObservable(made) || 'then' in Object(made) || Symbol.iterator in Object(made);
    return later ? from(made as ObservableInput<T | undefined>) : of(made as T | undefined);
  }).pipe(
    reportTeardown(),
    take(1),
    defaultIfEmpty(undefined),
    // In JavaScript a hook may say so, too.
    map((value) => value ?? undefined),
  );
}
