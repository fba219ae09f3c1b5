import { asyncScheduler } from 'rxjs';
import { checkDurableRunsOptions } from '../../lib/runs/durable-run-options.js';

describe('the options of durableRuns', () => {
  it('have defaults', () => {
    expect(checkDurableRunsOptions({})).toMatchObject({
      leaseMs: 15_000,
      keepMs: 3_600_000,
      maxMs: 86_400_000,
      maxEntries: 100_000,
      patienceMs: 30_000,
      snapshots: true,
      cancelAfterMs: undefined,
      scheduler: asyncScheduler,
    });
  });

  it.each([
    ['leaseMs', NaN],
    ['keepMs', -1],
    ['maxMs', Infinity],
    ['maxEntries', '5'],
    ['maxChars', 0],
    ['patienceMs', '1'],
    ['onError', 'x'],
    ['config', null],
    ['snapshots', 'yes'],
  ])('name %s, whose value is invalid', (name, value) => {
    const check = () => checkDurableRunsOptions({ [name]: value });
    expect(check).toThrow(new RegExp(`^${name} must be `));
  });

  it('take a policy for runs that nobody watches', () => {
    const policy = (whenUnwatched: never) => () => checkDurableRunsOptions({ whenUnwatched });
    expect(policy({ cancelAfterMs: 5_000 } as never)()).toMatchObject({ cancelAfterMs: 5_000 });
    expect(policy({ cancelAfterMs: 5 } as never)).toThrow(
      /^cancelAfterMs must be .* at least 100, got 5/,
    );
  });
});
