import { z } from 'zod';
import { describeIssues } from '../../../lib/tools/internal/describe-issues';

describe('describeIssues', () => {
  it('says where each is and what it is', () => {
    expect(
      describeIssues([
        { message: 'Required', path: ['cities', 0, { key: 'name' }] },
        { message: 'Odd', path: [Symbol.for('key')] },
        { message: 'Too cold', path: [] },
        { message: 'Too late' },
      ]),
    ).toBe('cities.0.name: Required; Symbol(key): Odd; Too cold; Too late');
  });

  it('reads the issues of zod', () => {
    const { issues } = z.object({ a: z.object({ b: z.number() }) }).safeParse({ a: {} }).error!;
    expect(describeIssues(issues)).toBe('a.b: Invalid input: expected number, received undefined');
  });

  it.each([
    [
      'Expected number but received "hunter2"',
      { pin: 'hunter2' },
      'Expected number but received …',
    ],
    ["must be a number (was 'hunter2')", [{ deep: ['hunter2'] }], 'must be a number (was …)'],
    ['got hunter2, and hunter2 again', 'hunter2', 'got …, and … again'],
    ['received 12345678', { account: 12345678 }, 'received …'],
    ['received "a\\"b"', { text: 'a"b' }, 'received …'],
    ['Too big: expected at most 10', { n: 10, ok: true }, 'Too big: expected at most 10'],
    ['Required', undefined, 'Required'],
  ])('[21] quotes nothing of the value: %s', (message, value, expected) => {
    expect(describeIssues([{ message, path: ['a'] }], value)).toBe(`a: ${expected}`);
  });

  it('takes a value that holds itself', () => {
    const value: Record<string, unknown> = { secret: 'hunter2' };
    value['self'] = value;
    expect(describeIssues([{ message: 'got hunter2' }], value)).toBe('got …');
  });
});
