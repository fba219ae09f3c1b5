import { flatText } from '../../../lib/core/internal/flat-text';

describe('flatText', () => {
  it.each(['', 'a', '\0', 'ä🐟', 'x'.repeat(5000), 'abc'.slice(1) + 'd'.repeat(20)])(
    'is the same text',
    (text) => {
      expect(flatText(text)).toBe(text);
    },
  );
});
