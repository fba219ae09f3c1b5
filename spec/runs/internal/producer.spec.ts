import { Subject, VirtualTimeScheduler } from 'rxjs';
import { memoryRunStore, type RunBatch, type RunEnding, type RunStore } from 'rxlm';
import { checkDurableRunsOptions } from '../../../lib/runs/durable-run-options.js';
import { produce$ } from '../../../lib/runs/internal/producer.js';

function produced(broken: (store: RunStore) => Partial<RunStore> = () => ({})) {
  const scheduler = new VirtualTimeScheduler(undefined, 60_000);
  const inner = memoryRunStore({ scheduler });
  const batches: RunBatch[] = [];
  const store = {
    ...inner,
    append: (id: string, token: string, batch: RunBatch) => {
      batches.push(batch);
      return inner.append(id, token, batch);
    },
  };
  const settings = checkDurableRunsOptions({ store, scheduler });
  const claim = { token: 't', leaseMs: 15_000, maxMs: 1e6, keepMs: 1e6 };
  const reply = inner.claim('r', claim) as { epoch: number };
  const source = new Subject<unknown>();
  const stop = new Subject<RunEnding>();
  const run = { id: 'r', token: 't', epoch: reply.epoch };
  const run$ = produce$({ ...store, ...broken(store) }, run, () => source, settings, stop);
  const errors: unknown[] = [];
  const subscription = run$.subscribe({ error: (error: unknown) => errors.push(error) });
  return { scheduler, store, source, stop, batches, subscription, errors };
}

describe('produce$', () => {
  it('completes when the ending is stored, and unsubscribes when it is unsubscribed', () => {
    const one = produced();
    one.source.next('a');
    one.source.complete();
    expect(one.subscription.closed).toBe(true);
    expect(one.batches.map(({ entries, ending }) => [entries, ending])).toEqual([
      [['"a"'], undefined],
      [[], { state: 'end' }],
    ]);
    const other = produced();
    other.subscription.unsubscribe();
    expect(other.source.observed).toBe(false);
  });

  it('appends what comes while a batch is under way with the next one, in order', async () => {
    let answer: (() => void) | undefined;
    const { source, batches, subscription } = produced((store) => ({
      append: (...args) =>
        new Promise((resolve) => {
          const reply = store.append(...args);
          answer = () => {
            resolve(reply);
          };
        }),
    }));
    for (const value of [1, 2, 3]) source.next(value);
    source.complete();
    expect(batches.map(({ entries }) => entries)).toEqual([['1']]);
    answer?.();
    await new Promise(setImmediate);
    expect(batches.map(({ after, entries, ending }) => [after, entries, ending])).toEqual([
      [0, ['1'], undefined],
      [1, ['2', '3'], { state: 'end' }],
    ]);
    answer?.();
    await new Promise(setImmediate);
    expect(subscription.closed).toBe(true);
  });

  it('renews its lease three times in a lease', () => {
    const { scheduler, batches, subscription } = produced();
    scheduler.flush();
    expect(batches.length).toBe(12);
    expect(batches.every(({ entries }) => entries.length === 0)).toBe(true);
    subscription.unsubscribe();
  });

  it('learns of a cancel by a hint at once, without one by the next append', () => {
    const one = produced();
    void one.store.requestCancel('r');
    expect([one.source.observed, one.batches.at(-1)?.ending]).toEqual([
      false,
      { state: 'cancelled' },
    ]);
    const other = produced(() => ({ watchCancel: () => () => undefined }));
    void other.store.requestCancel('r');
    expect(other.source.observed).toBe(true);
    other.source.next('a');
    expect([other.source.observed, other.batches.at(-1)?.ending]).toEqual([
      false,
      { state: 'cancelled' },
    ]);
  });

  it('is ended from its own process', () => {
    const { stop, source, batches, subscription } = produced();
    stop.next({ state: 'producer_lost' });
    expect([source.observed, subscription.closed]).toEqual([false, true]);
    expect(batches.at(-1)?.ending).toEqual({ state: 'producer_lost' });
  });

  it('errors when the store has lost the run, and closes the source first', () => {
    const { store, source, errors } = produced();
    source.next('a');
    void store.delete('r');
    source.next('b');
    expect(source.observed).toBe(false);
    expect(errors).toMatchObject([{ code: 'run_lost' }]);
  });
});
