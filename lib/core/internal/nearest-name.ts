/**
 * @internal The name that was most likely meant by an unknown one: the same but for case, `_` and `-`, else the one that
 * the fewest changed letters make of it, if they are few.
 *
 * @example
 * nearestName('max_tokens', ['model', 'maxTokens']) // => 'maxTokens'
 */
export function nearestName(unknown: string, names: Iterable<string>): string | undefined {
  const plain = plainName(unknown);
  // A third of the letters may differ: beyond that it is another word.
  let best = {
    name: undefined as string | undefined,
    distance: Math.floor(plain.length / 3) + 0.5,
  };
  for (const name of names) {
    const distance = editDistance(plain, plainName(name), best.distance);
    if (distance < best.distance) best = { name, distance };
  }
  return best.name;
}

/** Longer names are not compared whole: they come from outside. */
const MAX_LENGTH = 40;

function plainName(name: string): string {
  return name
    .slice(0, MAX_LENGTH)
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Letters inserted, removed or replaced between two words (Levenshtein). */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
