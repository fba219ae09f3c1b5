import { IncrementalJson } from '../../lib/json/incremental-json.js';
import type { JsonProblem } from '../../lib/json/json-problem.js';

it.each<[string, JsonProblem]>([
  ['x', { reason: 'syntax', position: 0, message: 'expected a value' }],
  ['[x', { reason: 'syntax', position: 1, message: "expected a value or ']'" }],
  ['{x', { reason: 'syntax', position: 1, message: "expected a key in double quotes or '}'" }],
  ['{"k":1,x', { reason: 'syntax', position: 7, message: 'expected a key in double quotes' }],
  ['{"k"x', { reason: 'syntax', position: 4, message: "expected ':'" }],
  ['[[]x', { reason: 'syntax', position: 3, message: "expected ',' or ']'" }],
  ['{"k":"v"x', { reason: 'syntax', position: 8, message: "expected ',' or '}'" }],
  ['{}x', { reason: 'syntax', position: 2, message: 'expected nothing but whitespace' }],
  ['"\n', { reason: 'syntax', position: 1, message: 'expected the rest of a string' }],
  ['{"\n', { reason: 'syntax', position: 2, message: 'expected the rest of a key' }],
  [
    'tx',
    {
      reason: 'syntax',
      position: 1,
      message: 'expected the rest of a number, true, false or null',
    },
  ],
  [
    '1e999 ',
    { reason: 'range', position: 5, message: 'expected a number within the range of a double' },
  ],
  ['[1,', { reason: 'incomplete', position: 3, message: 'the text ended before a value' }],
  ['[[[[', { reason: 'limit', position: 3, message: 'no more than 3 levels are read' }],
  [
    '"12345678901',
    { reason: 'limit', position: 10, message: 'no more than 10 characters are read' },
  ],
])('%j has the problem %j', (text, problem) => {
  const json = new IncrementalJson({ maxDepth: 3, maxLength: 10 });
  json.push(text);
  expect(json.finish()).toEqual(problem);
});
