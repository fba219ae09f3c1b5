import { UsageError } from '../../lib/cli/usage-error';

describe('UsageError', () => {
  it('is an error by its own name', () => {
    expect(String(new UsageError('no command given'))).toBe('UsageError: no command given');
  });
});
