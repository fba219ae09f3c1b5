import {
  concat,
  concatAll,
  defer,
  filter,
  map,
  type Observable,
  of,
  type OperatorFunction,
} from 'rxjs';
import {
  changedKeys,
  isIndex,
  type JsonPath,
  memberAt,
  parsePath,
  type PathSegment,
} from '../json/internal/json-path.js';

/**
 * Emits each element of the array at a path of JSON values that grow, as soon as it cannot change any more: when
 * something behind it has begun to show, in its array or around it, and the last one when the source completes.
 *
 * With `*` in the path, the elements of every array that it meets. An error of the source comes after all elements
 * that were complete; the one that was not is not emitted. Throws `TypeError` for what is no path.
 *
 *     source                   -[1]-[1,'a']-[1,'ab']-[1,'ab',{}]-|
 *     completedElements('')    -----1----------------'ab'--------({}|)
 *
 * @example
 * of([1], [1, 'a'], [1, 'ab'], [1, 'ab', {}]).pipe(completedElements('')) // => [1, 'ab', {}]
 *
 * @example
 * json$.pipe(completedElements<Recipe>('recipes'), concatMap((recipe) => save(recipe)))
 *
 * @see {@link atPath} for what grows
 */
export function completedElements<T = unknown>(path: JsonPath): OperatorFunction<unknown, T> {
  const segments = parsePath(path);
  return (source$) =>
    defer(() => {
      let latest: Snapshot = { value: undefined, ended: false };
      const advance = (next: Snapshot) => {
        const elements: unknown[] = [];
        collectCompleted(latest, next, segments, elements);
        latest = next;
        return elements;
      };
      return concat(
        source$.pipe(map((value) => advance({ value, ended: false }))),
        defer(() => of(advance({ ...latest, ended: true }))),
      ).pipe(
        filter((elements) => elements.length > 0),
        concatAll(),
      ) as Observable<T>;
    });
}

interface Snapshot {
  readonly value: unknown;
  /** Whether nothing in it can change any more. */
  readonly ended: boolean;
}

function collectCompleted(
  previous: Snapshot,
  next: Snapshot,
  [segment, ...rest]: readonly string[],
  elements: unknown[],
): void {
  if (segment === undefined) {
    const complete = completeCount(next);
    for (let at = completeCount(previous); at < complete; at++)
      elements.push(memberAt(next.value, at));
    return;
  }
  const openBefore = openKeys(previous, segment);
  const openNow = openKeys(next, segment);
  const changed = changedKeys(previous.value, next.value, segment);
  for (const key of new Set([...openBefore, ...changed])) {
    collectCompleted(
      { value: memberAt(previous.value, key), ended: !openBefore.has(key) },
      { value: memberAt(next.value, key), ended: !openNow.has(key) },
      rest,
      elements,
    );
  }
}

function completeCount({ value, ended }: Snapshot): number {
  if (!Array.isArray(value)) return 0;
  return ended ? value.length : Math.max(0, value.length - 1);
}

/** Those members that a segment stands for which may still change. */
function openKeys({ value, ended }: Snapshot, segment: string): ReadonlySet<PathSegment> {
  if (ended || typeof value !== 'object' || value === null) return new Set();
  const isMeant = (key: PathSegment) => segment === '*' || segment === String(key);
  if (Array.isArray(value)) return new Set([value.length - 1].filter(isMeant));
  const keys = Object.keys(value);
  const last = keys.at(-1);
  // Keys that are numbers are in front, whenever they came: any of them may be the latest.
  return new Set(keys.filter((key) => (key === last || isIndex(key)) && isMeant(key)));
}
