import { z } from 'zod';
import { describeIssues } from '../../lib/tools/describe-issues';

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
});
