import { createHash } from 'node:crypto';
import { SCRUBBER_HASH, SCRUBBER_SCRIPT } from '../../../lib/marbles/internal/scrubber-script';

describe('SCRUBBER_SCRIPT', () => {
  it('has the hash that the page’s policy names', () => {
    const hash = createHash('sha256').update(SCRUBBER_SCRIPT).digest('base64');
    expect(SCRUBBER_HASH).toBe(`sha256-${hash}`);
  });
  it('cannot end its element', () => {
    expect(SCRUBBER_SCRIPT).not.toContain('</');
  });
});
