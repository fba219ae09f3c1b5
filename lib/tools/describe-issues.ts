import type { StandardIssue } from './standard-schema.js';

/**
 * @internal What is wrong with a value, in a line that a model can act on.
 *
 * @example
 * describeIssues([{ message: 'Required', path: ['cities', 0] }, { message: 'Too cold' }]) // => 'cities.0: Required; Too cold'
 */
export function describeIssues(issues: readonly StandardIssue[]): string {
  return issues
    .map(({ message, path = [] }) => {
      const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
      return keys.length === 0 ? message : `${keys.join('.')}: ${message}`;
    })
    .join('; ');
}
