import { concatAll, defer, distinctUntilChanged, filter, map, type Observable } from 'rxjs';
import {
  changedKeys,
  type JsonPath,
  memberAt,
  parsePath,
  type PathSegment,
  type SegmentOf,
  type ValueAt,
} from '../json/internal/json-path.js';

/** What a path with `*` has met. */
export interface PathMatch<T = unknown> {
  /** Where it is: keys as strings, indexes as numbers. */
  readonly path: readonly PathSegment[];
  readonly value: T;
}

/** What {@link atPath} emits: matches if the path has a `*`, else the value. */
export type AtPath<T, P extends JsonPath> =
  string extends SegmentOf<P>
    ? unknown
    : HasWildcard<P> extends true
      ? PathMatch<ValueAt<T, P>>
      : ValueAt<T, P>;

type HasWildcard<P extends JsonPath> = P extends string
  ? `.${P}.` extends `${string}.*.${string}`
    ? true
    : false
  : '*' extends P[number]
    ? true
    : false;

/**
 * Emits what is at a path of JSON values that grow, once it is there and each time it has changed.
 *
 * A path with `*` emits every element or member that has changed as `{ path, value }`, in the order of the document.
 * Values are compared by identity; what two of them share is not compared again. A value that disappears emits nothing.
 *
 *     source                  -{t:'a'}-{t:'ab'}-{t:'ab',x:1}-|
 *     atPath('t')             -'a'-----'ab'------------------|
 *
 * Ends with its source; errors pass. Throws `TypeError` for what is no path.
 *
 * @example
 * of({ t: 'a' }, { t: 'ab' }, { t: 'ab', x: 1 }).pipe(atPath('t')) // => ['a', 'ab']
 *
 * @example
 * json$.pipe(atPath('items.*.title')).subscribe(({ path: [, index], value }) => show(index, value));
 *
 * @see {@link completedElements} for what does not change any more
 */
export function atPath<const P extends JsonPath>(
  path: P,
): <T>(source$: Observable<T>) => Observable<AtPath<T, P>> {
  const segments = parsePath(path);
  const select = segments.includes('*') ? selectMatches : selectValue;
  return <T>(source$: Observable<T>) => select(source$, segments) as Observable<AtPath<T, P>>;
}

function selectValue(
  source$: Observable<unknown>,
  segments: readonly string[],
): Observable<unknown> {
  return source$.pipe(
    map((value) => segments.reduce(memberAt, value)),
    filter((value) => value !== undefined),
    distinctUntilChanged(),
  );
}

function selectMatches(
  source$: Observable<unknown>,
  segments: readonly string[],
): Observable<PathMatch> {
  return defer(() => {
    let previous: unknown;
    return source$.pipe(
      map((next) => {
        const matches: PathMatch[] = [];
        collectChanges(previous, next, segments, [], matches);
        previous = next;
        return matches;
      }),
      filter((matches) => matches.length > 0),
      concatAll(),
    );
  });
}

function collectChanges(
  previous: unknown,
  next: unknown,
  segments: readonly string[],
  path: readonly PathSegment[],
  matches: PathMatch[],
): void {
  const segment = segments[path.length];
  if (segment === undefined) {
    matches.push({ path, value: next });
    return;
  }
  for (const key of changedKeys(previous, next, segment)) {
    collectChanges(memberAt(previous, key), memberAt(next, key), segments, [...path, key], matches);
  }
}
