import type { StandardIssue } from '../standard-schema.js';

/**
 * @internal The issues of a value in one line that a model can act on. It quotes nothing of the value: some libraries do,
 * and errors go to logs.
 *
 * @example
 * describeIssues([{ message: 'Required', path: ['cities', 0] }, { message: 'Too cold' }]) // => 'cities.0: Required; Too cold'
 * describeIssues([{ message: 'Expected number but received "hunter2"' }], { pin: 'hunter2' }) // => 'Expected number but received …'
 */
export function describeIssues(issues: readonly StandardIssue[], value?: unknown): string {
  const texts = textsIn(value);
  return issues
    .map(({ message, path = [] }) => {
      const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
      const shown = withoutTexts(message, texts);
      return keys.length === 0 ? shown : `${keys.join('.')}: ${shown}`;
    })
    .join('; ');
}

/** Shorter texts and numbers occur in any message by chance. */
const MIN_TEXT = 3;
const MIN_DIGITS = 4;
const MAX_TEXTS = 10_000;

function withoutTexts(message: string, texts: readonly string[]): string {
  let shown = message;
  for (const text of texts) {
    if (!shown.includes(text)) continue;
    for (const quoted of [`"${text}"`, `'${text}'`, `\`${text}\``, text])
      shown = shown.replaceAll(quoted, '…');
  }
  return shown;
}

/** The texts and numbers within a value, plain and as JSON, the longest first. */
function textsIn(value: unknown): string[] {
  const texts = new Set<string>();
  const waiting = [value];
  const seen = new Set<unknown>();
  while (waiting.length > 0 && seen.size < MAX_TEXTS) {
    const each = waiting.pop();
    if (seen.has(each)) continue;
    seen.add(each);
    if (typeof each === 'object' && each !== null) {
      for (const inner of Object.values(each)) waiting.push(inner);
    } else if (typeof each === 'string' && each.length >= MIN_TEXT) {
      texts.add(each).add(JSON.stringify(each).slice(1, -1));
    } else if (typeof each === 'number' && String(each).length >= MIN_DIGITS) {
      texts.add(String(each));
    }
  }
  return [...texts].sort((a, b) => b.length - a.length);
}
