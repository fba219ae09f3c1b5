import { deepEqual, equal } from 'node:assert/strict';
import { begin, both, newId, type RunStoreChecks, why } from './run-store-checks.js';

export const lookupChecks: RunStoreChecks = {
  'a thread': {
    'has the run that was set last, for its time, and returns the one before': async ({
      advance,
      ...subject
    }) => {
      const thread = newId();
      const [store, other] = both({ advance, ...subject });
      equal(await store.latest(thread), undefined);
      equal(await store.setLatest(thread, 'one', 60_000), undefined);
      equal(await other.setLatest(thread, 'two', 200), 'one');
      equal(await store.latest(thread), 'two');
      await advance(250);
      for (const each of [store, other]) equal(await each.latest(thread), undefined);
      equal(await store.setLatest(thread, 'three', 60_000), undefined);
    },
    'is apart from a run of its name': async ({ store }) => {
      const { id, append } = await begin(store);
      await store.setLatest(id, 'any', 60_000);
      equal(why(await append(0, ['a'])), 'ok');
      equal(await store.latest(id), 'any');
      await store.delete(id);
      equal(await store.latest(id), 'any');
    },
  },

  'a list': {
    'has every run once, page by page, until it is deleted': async (subject) => {
      const ids = await Promise.all(
        Array.from({ length: 5 }, async () => (await begin(subject.store)).id),
      );
      const listed = async (): Promise<string[]> => {
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const { runs, cursor: next } = await both(subject)[1].list({ limit: 2, cursor });
          for (const run of runs) if (ids.includes(run.id)) found.push(run.id);
          cursor = next;
        } while (cursor !== undefined);
        return found.sort();
      };
      deepEqual(await listed(), [...ids].sort());
      const [first = '', ...others] = ids;
      equal(await subject.store.delete(first), true);
      equal(await subject.store.delete(first), false);
      deepEqual(await listed(), others.sort());
    },
  },
};
