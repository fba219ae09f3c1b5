import { setOwn } from './set-own.js';
import type { UsageMetadata } from '../usage-metadata.js';

interface Counts {
  readonly [name: string]: number | Counts | undefined;
}

/**
 * @internal A sum of usage in which what one part has cost `before` is replaced by what it has cost by now. A count that no
 * part says is absent.
 */
export function replaceUsage(
  sum: UsageMetadata | undefined,
  before: UsageMetadata | undefined,
  now: UsageMetadata,
): UsageMetadata {
  return replaceCounts(sum as Counts, before as Counts, now as Counts);
}

function replaceCounts(sum: Counts = {}, before: Counts = {}, now: Counts = {}): Counts {
  const replaced = { ...sum };
  for (const name of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const counts = [sum, before, now].map((each) => own(each, name));
    if (counts.some((count) => typeof count === 'object')) {
      const [a, b, c] = counts.map((count) => (typeof count === 'object' ? count : undefined));
      setOwn(replaced, name, replaceCounts(a, b, c));
    } else {
      const [a, b, c] = counts.map((count) => (typeof count === 'number' ? count : 0));
      setOwn(replaced, name, (a as number) - (b as number) + (c as number));
    }
  }
  return replaced;
}

function own(counts: Counts, name: string): Counts[string] {
  return Object.hasOwn(counts, name) ? counts[name] : undefined;
}
