import type { RunStore } from 'rxlm';
import { lookupChecks } from '../../../lib/testing/contract/run-store-lookup-checks.js';
import { failedChecks } from '../../support/broken-store.js';

describe('the checks of threads and lists', () => {
  const breakages: Record<string, [string, (store: RunStore) => Partial<RunStore>]> = {
    'forgets which run a thread had before': [
      'a thread has the run that was set last, for its time, and returns the one before',
      (store) => ({
        setLatest: (thread, id, ms) => {
          void store.setLatest(thread, id, ms);
          return undefined;
        },
      }),
    ],
    'keeps the latest run of a thread for ever': [
      'a thread has the run that was set last, for its time, and returns the one before',
      (store) => ({ setLatest: (thread, id) => store.setLatest(thread, id, 1e9) }),
    ],
    'removes a thread with a run of its name': [
      'a thread is apart from a run of its name',
      (store) => ({
        delete: (id) => {
          void store.setLatest(id, '', 0);
          return store.delete(id);
        },
      }),
    ],
    'lists one page and no more': [
      'a list has every run once, page by page, until it is deleted',
      (store) => ({ list: async (query) => ({ runs: (await store.list(query)).runs }) }),
    ],
  };

  it.each(Object.entries(breakages))('find a store that %s', async (_what, [check, broken]) => {
    expect(await failedChecks(lookupChecks, broken)).toContain(check);
  });

  it('pass for a whole store', async () => {
    expect(await failedChecks(lookupChecks, () => ({}))).toEqual([]);
  });
});
