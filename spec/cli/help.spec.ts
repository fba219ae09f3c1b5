import { HELP } from '../../lib/cli/help';
import { parseCommand } from '../../lib/cli/parse-command';
import { UsageError } from '../../lib/cli/usage-error';

describe('HELP', () => {
  it('names every option, and no other', () => {
    const options = [...new Set(HELP.match(/--[a-z-]+/g))];
    for (const option of options) {
      const refusal = (() => {
        try {
          parseCommand(['stream', 'hi', option, '1']);
          return '';
        } catch (error) {
          return error instanceof UsageError ? error.message : String(error);
        }
      })();
      expect(refusal).not.toMatch(/Unknown option/);
    }
    expect(options).toHaveLength(17);
  });
});
