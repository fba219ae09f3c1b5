import { createHash } from 'node:crypto';
import { hashOf } from '../../../lib/sse/server/hash-of.js';

describe('hashOf', () => {
  it('is the SHA-256 of the JSON', async () => {
    const value = ['ü', null, { a: 1 }];
    expect(await hashOf(value)).toBe(
      createHash('sha256').update(JSON.stringify(value)).digest('hex'),
    );
  });
});
