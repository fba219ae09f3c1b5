import { isRecord } from '../../core/internal/is-record.js';
import type { Secrets } from '../secrets.js';

/** @internal A JSON value without secrets in any of its strings and keys; the value itself where there are none. */
export function scrubValue(value: unknown, secrets: Secrets): unknown {
  if (typeof value === 'string') return secrets.scrub(value);
  const text = JSON.stringify(value) as string | undefined;
  // What hides in a string shows in its JSON, too: the forms of a secret include that one.
  if (text === undefined || secrets.scrub(text) === text) return value;
  const scrub = (_key: string, each: unknown) => {
    if (typeof each === 'string') return secrets.scrub(each);
    return isRecord(each)
      ? Object.fromEntries(Object.entries(each).map(([key, inner]) => [secrets.scrub(key), inner]))
      : each;
  };
  const clean = JSON.stringify(JSON.parse(text, scrub));
  return clean === text ? value : (JSON.parse(clean) as unknown);
}
