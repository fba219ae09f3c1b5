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

/** @internal The first value that a hook returns, synchronously or later; undefined if it returns nothing. */
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
    // A JavaScript hook may return null.
    map((value) => value ?? undefined),
  );
}
