import { storeConflict } from '../../../lib/redis/internal/store-conflict.js';

describe('storeConflict', () => {
  it('names the key and the remedy', () => {
    const cause = new Error('WRONGTYPE');
    const error = storeConflict('rxlm:run:{a}', cause);
    expect([error.code, error.cause]).toEqual(['store_conflict', cause]);
    expect(error.message).toMatch(
      /^redisRunStore: .* key rxlm:run:\{a\}.* Give the store a prefix/,
    );
  });
});
