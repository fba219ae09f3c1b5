import { ok } from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { begin, newId, type RunStoreChecks } from './run-store-checks.js';

/** How long a hint may take: it is one that may be lost, but not always. */
const HINT_MS = 5_000;

/** Waits until a hint has come; meanwhile it is provoked again, as a hint may be lost before the watcher is ready. */
async function comes(hinted: () => boolean, provoke: () => Promise<unknown>): Promise<void> {
  for (const deadline = Date.now() + HINT_MS; !hinted() && Date.now() < deadline;) {
    await provoke();
    for (let rounds = 0; rounds < 10 && !hinted(); rounds += 1) await wait(10);
  }
  ok(hinted(), 'a wake-up has come');
}

/** What a hint is. */
export const watchChecks: RunStoreChecks = {
  'a watcher': {
    'is woken by entries of its run, from any process, and not once it has stopped': async ({
      store,
      other = store,
    }) => {
      const { append, id } = await begin(store);
      let woken = 0;
      let stopped = 0;
      const stop = other.watch(id, () => (woken += 1));
      other.watch(id, () => (stopped += 1))();
      let last = 0;
      await comes(
        () => woken > 0,
        () => append(last++, ['x']),
      );
      stop();
      const before = woken;
      await append(last, ['y']);
      await wait(50);
      ok(woken === before && stopped === 0, 'nobody is woken who has stopped');
    },
    'is woken by an ending': async ({ store, other = store }) => {
      let woken = 0;
      const stops: (() => void)[] = [];
      await comes(
        () => woken > 0,
        async () => {
          const { append, id } = await begin(store);
          stops.push(other.watch(id, () => (woken += 1)));
          await wait(50);
          await append(0, [], { ending: { state: 'end' } });
        },
      );
      for (const stop of stops) stop();
    },
    'of cancels is woken by a cancel, and not by entries': async ({ store, other = store }) => {
      const { append, id } = await begin(store);
      let woken = 0;
      const stop = store.watchCancel(id, () => (woken += 1));
      await append(0, ['x']);
      await wait(50);
      ok(woken === 0, 'entries do not wake it');
      await comes(
        () => woken > 0,
        async () => await other.requestCancel(id),
      );
      stop();
    },
    'may watch many runs, also such as do not exist': async ({ store }) => {
      const stops = Array.from({ length: 100 }, () => store.watch(newId(), () => undefined));
      const { append, id } = await begin(store);
      let woken = 0;
      stops.push(store.watch(id, () => (woken += 1)));
      let last = 0;
      await comes(
        () => woken > 0,
        () => append(last++, ['x']),
      );
      for (const stop of stops) stop();
    },
  },
};
