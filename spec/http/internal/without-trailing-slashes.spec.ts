import { withoutTrailingSlashes } from '../../../lib/http/internal/without-trailing-slashes.js';

describe('withoutTrailingSlashes', () => {
  it.each([
    ['https://a.bc/v1', 'https://a.bc/v1'],
    ['https://a.bc/v1//', 'https://a.bc/v1'],
    ['https://a.bc', 'https://a.bc'],
    ['///', ''],
    ['', ''],
  ])('makes %p %p', (url, without) => {
    expect(withoutTrailingSlashes(url)).toBe(without);
  });
});
