import { deepEqual, equal, ok } from 'node:assert/strict';
import type { RunEnding } from '../../runs/run-ending.js';
import type { AppendReply, RunBatch, RunClaim, RunPage, RunStore } from '../../runs/run-store.js';
import type { RunStoreSubject } from './run-store-subject.js';

export type RunStoreCheck = (subject: RunStoreSubject) => Promise<void>;
export type RunStoreChecks = Readonly<Record<string, Readonly<Record<string, RunStoreCheck>>>>;

export const END: RunEnding = { state: 'end' };

/** An id that no other check has. */
export const newId = (): string => `check:${crypto.randomUUID()}`;

/** A run in the making, as its producer drives it. */
export interface Producer {
  readonly id: string;
  readonly token: string;
  readonly epoch: number;
  readonly append: (
    after: number,
    entries: readonly string[],
    more?: Partial<RunBatch>,
  ) => Promise<AppendReply>;
}

export async function begin(
  store: RunStore,
  claim: Partial<RunClaim> = {},
  id = newId(),
): Promise<Producer> {
  const token = claim.token ?? crypto.randomUUID();
  const whole = { leaseMs: 60_000, maxMs: 600_000, keepMs: 60_000, ...claim, token };
  const reply = await store.claim(id, whole);
  ok(reply.ok, 'a new id can be claimed');
  ok(Number.isSafeInteger(reply.epoch) && reply.epoch > 0, 'an epoch is a positive integer');
  const { leaseMs, keepMs } = whole;
  const { epoch } = reply;
  return {
    id,
    token,
    epoch,
    append: async (after, entries, more) =>
      await store.append(id, token, { epoch, after, entries, leaseMs, keepMs, ...more }),
  };
}

export async function page(
  store: RunStore,
  id: string,
  after = 0,
  more: { limit?: number; maxChars?: number; snapshot?: boolean } = {},
): Promise<RunPage> {
  const found = await store.read(id, { after, limit: 256, maxChars: 1e6, ...more });
  ok(found, 'the run is there');
  return found;
}

export const texts = ({ entries }: RunPage): string[] => entries.map(({ data }) => data);
export const why = (reply: AppendReply): string => (reply.ok ? 'ok' : reply.why);
export const both = ({ store, other = store }: RunStoreSubject) => [store, other] as const;

/** What one reader and one producer can rely on. */
export const storeChecks: RunStoreChecks = {
  'a claim': {
    'makes an open, empty run with its meta, which any process sees': async (subject) => {
      const meta = { owner: 'ü🐟', deep: [{ n: 1 }], ['__proto__']: 'data' };
      const { id, epoch } = await begin(subject.store, { meta });
      for (const store of both(subject)) {
        const found = await page(store, id);
        equal(found.epoch, epoch);
        equal(found.last, 0);
        equal(found.ending, undefined);
        equal(found.cancelRequested, false);
        equal(found.countsViewers, false);
        ok(found.leaseLeftMs > 0, 'the lease has begun');
        deepEqual(found.entries, []);
        equal(JSON.stringify(found.meta), JSON.stringify(meta));
      }
    },
    'answers its own repetition as before, and any other token that the id exists': async (
      subject,
    ) => {
      const { id, token, epoch, append } = await begin(subject.store);
      const claim = { leaseMs: 60_000, maxMs: 600_000, keepMs: 60_000 };
      for (const state of ['open', 'over']) {
        if (state === 'over') await append(0, ['a'], { ending: END });
        for (const store of both(subject)) {
          deepEqual(await store.claim(id, { ...claim, token }), { ok: true, epoch });
          deepEqual(await store.claim(id, { ...claim, token: 'else' }), {
            ok: false,
            why: 'exists',
          });
        }
      }
      deepEqual(texts(await page(subject.store, id)), ['a']);
    },
    'gives one of many at once the run': async (subject) => {
      const id = newId();
      const claims = Array.from({ length: 8 }, async (_, at) => {
        const store = both(subject)[at % 2] ?? subject.store;
        return await store.claim(id, {
          token: `t${String(at)}`,
          leaseMs: 60_000,
          maxMs: 600_000,
          keepMs: 60_000,
        });
      });
      equal((await Promise.all(claims)).filter((reply) => reply.ok).length, 1);
    },
    'has a new epoch after the run was deleted': async ({ store, advance }) => {
      const first = await begin(store);
      equal(await store.delete(first.id), true);
      await advance(5);
      const second = await begin(store, {}, first.id);
      ok(second.epoch !== first.epoch, 'the epoch is new');
      equal(why(await first.append(0, ['stale'])), 'fenced');
      equal(why(await first.append(7, ['stale'])), 'fenced');
      const found = await page(store, first.id);
      deepEqual([texts(found), found.ending], [[], undefined]);
    },
  },

  'an append': {
    'numbers entries 1, 2, 3 and keeps each text as it is': async (subject) => {
      const { id, append } = await begin(subject.store);
      const odd = ['', '"', '{"a":"\\n"}', 'ü🐟\u0000\u2028', 'x'.repeat(100_000), '-1', ':'];
      deepEqual(await append(0, odd.slice(0, 3)), { ok: true, last: 3, cancelRequested: false });
      deepEqual(await append(3, odd.slice(3)), { ok: true, last: 7, cancelRequested: false });
      for (const store of both(subject)) {
        const found = await page(store, id);
        deepEqual(texts(found), odd);
        deepEqual(
          found.entries.map(({ seq }) => seq),
          [1, 2, 3, 4, 5, 6, 7],
        );
        equal(found.last, 7);
      }
    },
    'that is repeated, in part or as a whole, appends nothing twice': async ({ store }) => {
      const { id, append } = await begin(store);
      await append(0, ['a', 'b']);
      equal(why(await append(0, ['a', 'b'])), 'ok');
      equal(why(await append(1, ['b', 'c'])), 'ok');
      equal(why(await append(0, ['a'])), 'ok');
      deepEqual(texts(await page(store, id)), ['a', 'b', 'c']);
    },
    'of another token changes nothing': async (subject) => {
      const { id, epoch } = await begin(subject.store);
      const batch = { epoch, after: 0, entries: ['x'], leaseMs: 60_000, keepMs: 60_000 };
      for (const store of both(subject)) {
        equal(why(await store.append(id, 'else', batch)), 'fenced');
        equal(why(await store.append(id, 'else', { ...batch, after: 9 })), 'fenced');
        equal(why(await store.append(id, 'else', { ...batch, ending: END })), 'fenced');
      }
      const found = await page(subject.store, id);
      deepEqual([found.last, found.ending], [0, undefined]);
    },
    'beyond the end of the log ends the run as stream_lost for everybody': async (subject) => {
      const { id, append } = await begin(subject.store);
      await append(0, ['a']);
      equal(why(await append(5, ['f'])), 'lost');
      for (const store of both(subject)) {
        const found = await page(store, id);
        deepEqual([texts(found), found.ending], [['a'], { state: 'stream_lost' }]);
      }
      equal(why(await append(1, ['b'])), 'ended');
    },
    'to a run that is gone leaves an ended run, stream_lost': async (subject) => {
      const { id, token, epoch, append } = await begin(subject.store);
      await append(0, ['a', 'b']);
      await subject.store.delete(id);
      equal(why(await append(2, ['c'])), 'lost');
      for (const store of both(subject)) {
        const found = await page(store, id);
        deepEqual([found.last, found.ending], [0, { state: 'stream_lost' }]);
        equal(found.epoch, epoch);
      }
      ok(!(await append(0, ['a'])).ok, 'nothing is appended to it');
      const claim = { token, leaseMs: 60_000, maxMs: 600_000, keepMs: 60_000 };
      equal((await subject.store.claim(id, claim)).ok, false);
    },
  },

  'a page': {
    'has what comes strictly after an entry, in order, so many and so large at most': async ({
      store,
    }) => {
      const { id, append } = await begin(store);
      const all = Array.from({ length: 600 }, (_, at) => `entry ${String(at + 1)}`);
      await append(0, all.slice(0, 400));
      await append(400, all.slice(400));
      const first = await page(store, id);
      deepEqual([first.entries.length, first.last], [256, 600]);
      deepEqual(texts(await page(store, id, 590)), all.slice(590));
      deepEqual(texts(await page(store, id, 599, { limit: 1 })), ['entry 600']);
      deepEqual(texts(await page(store, id, 0, { limit: 0 })), []);
      deepEqual(texts(await page(store, id, 0, { maxChars: 16 })), ['entry 1', 'entry 2']);
      deepEqual(texts(await page(store, id, 3, { maxChars: 1 })), ['entry 4']);
      for (const after of [600, 601, Number.MAX_SAFE_INTEGER])
        deepEqual(texts(await page(store, id, after)), []);
    },
    'of a run that does not exist is none': async ({ store }) => {
      for (const id of [newId(), '__proto__', 'constructor', 'a:b', '..', '~'])
        equal(await store.read(id, { after: 0, limit: 1, maxChars: 1 }), undefined);
    },
    'may begin with the last snapshot beyond what the reader has': async (subject) => {
      const { id, append } = await begin(subject.store);
      const snapshot = { seq: 2, data: 'ü"🐟' };
      await append(0, ['a', 'b', 'c'], { snapshot });
      for (const store of both(subject)) {
        const found = await page(store, id, 0, { snapshot: true });
        deepEqual([found.snapshot, texts(found)], [snapshot, ['c']]);
        const plain = await page(store, id);
        deepEqual([plain.snapshot, texts(plain)], [undefined, ['a', 'b', 'c']]);
        const beyond = await page(store, id, 2, { snapshot: true });
        deepEqual([beyond.snapshot, texts(beyond)], [undefined, ['c']]);
      }
      await append(3, [], { snapshot: { seq: 3, data: 'all' } });
      await append(0, ['a', 'b', 'c'], { snapshot });
      const found = await page(subject.store, id, 0, { snapshot: true });
      deepEqual([found.snapshot, texts(found)], [{ seq: 3, data: 'all' }, []]);
    },
  },
};
