import type { RunPage, RunStore } from 'rxlm';
import { storeChecks } from '../../../lib/testing/contract/run-store-checks.js';
import { failedChecks } from '../../support/broken-store.js';

const page = (store: RunStore, ...args: Parameters<RunStore['read']>): RunPage | undefined =>
  store.read(...args) as RunPage | undefined;

describe('the checks of a store', () => {
  it('pass on a store that is whole', async () => {
    expect(await failedChecks(storeChecks, () => ({}))).toEqual([]);
  });

  const breakages: Record<string, [string, (store: RunStore) => Partial<RunStore>]> = {
    'takes every token for the run’s': [
      'an append of another token changes nothing',
      (store) => {
        const tokens = new Map<string, string>();
        return {
          claim: (id, claim) => {
            tokens.set(id, tokens.get(id) ?? claim.token);
            return store.claim(id, claim);
          },
          append: (id, _token, batch) => store.append(id, tokens.get(id)!, batch),
        };
      },
    ],
    'appends a repeated batch again': [
      'an append that is repeated, in part or as a whole, appends nothing twice',
      (store) => ({
        append: (id, token, batch) => {
          const last = page(store, id, { after: 0, limit: 0, maxChars: 1 })?.last ?? 0;
          return store.append(id, token, { ...batch, after: Math.max(batch.after, last) });
        },
      }),
    ],
    'forgets a loss': [
      'an append beyond the end of the log ends the run as stream_lost for everybody',
      (store) => ({
        append: (id, token, batch) => {
          const last = page(store, id, { after: 0, limit: 0, maxChars: 1 })?.last ?? 0;
          return store.append(id, token, { ...batch, after: Math.min(batch.after, last) });
        },
      }),
    ],
    'gives an entry twice at the seam of two pages': [
      'a page has what comes strictly after an entry, in order, so many and so large at most',
      (store) => ({
        read: (id, query) => store.read(id, { ...query, after: Math.max(0, query.after - 1) }),
      }),
    ],
    'gives a second claim the run': [
      'a claim answers its own repetition as before, and any other token that the id exists',
      (store) => {
        const claims = new Map<string, Parameters<RunStore['claim']>[1]>();
        return {
          claim: (id, claim) => {
            claims.set(id, claims.get(id) ?? claim);
            return store.claim(id, claims.get(id)!);
          },
        };
      },
    ],
    'keeps no snapshot': [
      'a page may begin with the last snapshot beyond what the reader has',
      (store) => ({ read: (id, query) => store.read(id, { ...query, snapshot: false }) }),
    ],
  };

  it.each(Object.entries(breakages))('find a store that %s', async (_what, [check, broken]) => {
    expect(await failedChecks(storeChecks, broken)).toContain(check);
  });
});
