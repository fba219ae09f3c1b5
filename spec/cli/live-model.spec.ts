import { LIVE_MODEL } from '../../lib/cli/live-model';
import { HELP } from '../../lib/cli/help';

describe('LIVE_MODEL', () => {
  it('is what the help names', () => {
    expect(HELP).toContain(`(${LIVE_MODEL} by default`);
  });
});
