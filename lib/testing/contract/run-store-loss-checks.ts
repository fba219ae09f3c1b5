import { deepEqual, equal, ok } from 'node:assert/strict';
import type { RunEnding } from '../../runs/run-ending.js';
import {
  begin,
  both,
  END,
  newId,
  page,
  type RunStoreChecks,
  texts,
  why,
} from './run-store-checks.js';

const ERROR: RunEnding = { state: 'error', error: { name: 'RxlmError', code: 'x', __a: 'ü🐟' } };

/** How runs end: by themselves, by a cancel, by the loss of their producer or of what the store had. */
export const lossChecks: RunStoreChecks = {
  'an ending': {
    'comes with the last entries, as data, and is the only one': async (subject) => {
      const { id, append } = await begin(subject.store);
      await append(0, ['a']);
      equal(why(await append(1, ['b'], { ending: ERROR })), 'ok');
      equal(why(await append(1, ['b'], { ending: ERROR })), 'ok');
      equal(why(await append(2, ['c'])), 'ended');
      equal(why(await append(2, ['c'], { ending: END })), 'ended');
      equal(why(await append(2, [])), 'ended');
      for (const store of both(subject)) {
        const found = await page(store, id);
        deepEqual([texts(found), found.ending], [['a', 'b'], ERROR]);
        equal(found.leaseLeftMs, 0);
      }
    },
    'is kept for as long as the claim says, then the run is unknown': async ({
      store,
      advance,
    }) => {
      const { id, append } = await begin(store);
      await append(0, ['a'], { ending: END, keepMs: 200 });
      await advance(300);
      equal(await store.read(id, { after: 0, limit: 1, maxChars: 1 }), undefined);
      equal(await store.requestCancel(id), false);
    },
  },

  'an open run': {
    'is removed when its longest time is over, however it is renewed': async ({
      store,
      advance,
    }) => {
      const { id, append } = await begin(store, { maxMs: 400 });
      await append(0, ['a']);
      await advance(200);
      await append(1, []);
      await advance(400);
      equal(await store.read(id, { after: 0, limit: 1, maxChars: 1 }), undefined);
    },
    'can be asked to be cancelled from anywhere: its producer learns of it': async (subject) => {
      const { id, append } = await begin(subject.store);
      for (const store of both(subject)) equal(await store.requestCancel(id), true);
      equal((await page(subject.store, id)).cancelRequested, true);
      deepEqual(await append(0, []), { ok: true, last: 0, cancelRequested: true });
      await append(0, [], { ending: { state: 'cancelled' } });
      equal(await subject.store.requestCancel(id), false);
      equal(await subject.store.requestCancel(newId()), false);
    },
    'counts for how long nobody has watched, if its claim says so': async (subject) => {
      const { id, append } = await begin(subject.store, { countsViewers: true });
      equal((await page(subject.store, id)).countsViewers, true);
      await subject.advance(50);
      const before = await append(0, []);
      ok(before.ok && Number(before.unwatchedMs) >= 50, 'since the claim');
      await both(subject)[1].keepWatched(id, 60_000);
      const watched = await append(0, []);
      equal(watched.ok && watched.unwatchedMs, 0);
    },
  },

  'a lease': {
    'expires without appends, and then any reader may declare the run lost, once': async (
      subject,
    ) => {
      const { id, epoch, append } = await begin(subject.store, { leaseMs: 100 });
      const evidence = { state: 'producer_lost', epoch, keepMs: 60_000 } as const;
      await append(0, ['a']);
      await subject.advance(200);
      ok((await page(subject.store, id)).leaseLeftMs <= 0, 'the lease has expired');
      const said = await Promise.all(
        both(subject).map(async (store) => await store.declareLost(id, evidence)),
      );
      equal(said.filter(Boolean).length, 1);
      equal(why(await append(1, ['zombie'])), 'ended');
      const found = await page(subject.store, id);
      deepEqual([texts(found), found.ending], [['a'], { state: 'producer_lost' }]);
    },
    'is renewed by appends and by heartbeats: nobody can declare the run lost': async ({
      store,
      advance,
    }) => {
      const { id, epoch, append } = await begin(store, { leaseMs: 100 });
      const evidence = { state: 'producer_lost', epoch, keepMs: 60_000 } as const;
      await append(0, [], { leaseMs: 60_000 });
      await advance(200);
      ok((await page(store, id)).leaseLeftMs > 0, 'renewed by a heartbeat');
      equal(await store.declareLost(id, evidence), false);
      await append(0, [], { leaseMs: 100 });
      await append(0, ['a'], { leaseMs: 60_000 });
      await advance(200);
      equal(await store.declareLost(id, evidence), false);
      equal(await store.declareLost(id, { ...evidence, epoch: epoch + 1 }), false);
      equal(why(await append(1, ['b'])), 'ok');
    },
    'that has expired can be renewed as long as nobody has declared the run lost': async ({
      store,
      advance,
    }) => {
      const { id, epoch, append } = await begin(store, { leaseMs: 100 });
      await advance(200);
      equal(why(await append(0, ['late'], { leaseMs: 60_000 })), 'ok');
      equal(await store.declareLost(id, { state: 'producer_lost', epoch, keepMs: 1 }), false);
    },
  },

  'a log that is shorter than what a reader has seen': {
    'can be declared stream_lost, and no other can': async ({ store }) => {
      const { id, epoch, append } = await begin(store);
      await append(0, ['a', 'b']);
      const evidence = { state: 'stream_lost', epoch, seen: 2, keepMs: 60_000 } as const;
      equal(await store.declareLost(id, evidence), false);
      equal(await store.declareLost(id, { ...evidence, epoch: epoch + 1, seen: 9 }), false);
      equal(await store.declareLost(id, { ...evidence, seen: 3 }), true);
      equal(await store.declareLost(id, { ...evidence, seen: 3 }), false);
      deepEqual((await page(store, id)).ending, { state: 'stream_lost' });
      equal(why(await append(2, ['c'])), 'ended');
    },
    'also where the run is gone': async ({ store }) => {
      const evidence = { state: 'stream_lost', epoch: 7, seen: 3, keepMs: 60_000 } as const;
      const id = newId();
      equal(await store.declareLost(id, { ...evidence, seen: 0 }), false);
      equal(await store.declareLost(id, { ...evidence, state: 'producer_lost' }), false);
      equal(await store.declareLost(id, evidence), true);
      const found = await page(store, id);
      deepEqual([found.last, found.epoch, found.ending], [0, 7, { state: 'stream_lost' }]);
    },
  },
};
