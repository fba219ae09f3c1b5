import type { RunStore } from 'rxlm';
import { lossChecks } from '../../../lib/testing/contract/run-store-loss-checks.js';
import { failedChecks } from '../../support/broken-store.js';

describe('the checks of endings and losses', () => {
  it('pass on a store that is whole', async () => {
    expect(await failedChecks(lossChecks, () => ({}))).toEqual([]);
  });

  const breakages: Record<string, [string, (store: RunStore) => Partial<RunStore>]> = {
    'lets anybody declare a living run lost': [
      'a lease is renewed by appends and by heartbeats: nobody can declare the run lost',
      (store) => ({
        declareLost: (id, evidence) =>
          store.declareLost(id, { ...evidence, state: 'stream_lost', seen: 9 }),
      }),
    ],
    'never forgets': [
      'an ending is kept for as long as the claim says, then the run is unknown',
      (store) => ({
        append: (id, token, batch) => store.append(id, token, { ...batch, keepMs: 1e9 }),
      }),
    ],
  };

  it.each(Object.entries(breakages))('find a store that %s', async (_what, [check, broken]) => {
    expect(await failedChecks(lossChecks, broken)).toContain(check);
  });
});
