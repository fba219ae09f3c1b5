import { VirtualTimeScheduler } from 'rxjs';
import { memoryRunStore, type RunStore } from 'rxlm';
import { checkDurableRunsOptions } from '../../../lib/runs/durable-run-options.js';
import { ClientGate } from '../../../lib/core/demand/client-gate.js';
import { Pulses } from '../../../lib/runs/internal/heartbeats.js';
import { SharedReads } from '../../../lib/runs/internal/shared-reads.js';
import { join$ } from '../../../lib/runs/internal/viewer.js';

function viewing(broken: (store: RunStore) => Partial<RunStore> = () => ({})) {
  const scheduler = new VirtualTimeScheduler(undefined, 1e6);
  const store = memoryRunStore({ scheduler });
  const times = { leaseMs: 1e7, keepMs: 1e6 };
  const { epoch } = store.claim('r', { ...times, token: 't', maxMs: 1e7 }) as { epoch: number };
  const append = (after: number, entries: string[], more = {}) =>
    store.append('r', 't', { ...times, epoch, after, entries, ...more });
  const settings = checkDurableRunsOptions({ store: { ...store, ...broken(store) }, scheduler });
  const place = {
    settings,
    pulses: new Pulses(settings.store, scheduler),
    reads: new SharedReads(scheduler),
  };
  const watch = (gate?: ClientGate, seq = 0) => {
    const seen: unknown[] = [];
    const cursor = seq === 0 ? undefined : { epoch, seq };
    join$(place, 'r', cursor, gate).subscribe({
      next: ({ value }) => seen.push(value),
      error: ({ code }: { code: string }) => seen.push(code),
      complete: () => seen.push('end'),
    });
    return seen;
  };
  return { scheduler, store, append, watch };
}

describe('a viewer', () => {
  it('writes down that the store has lost what it has seen: later viewers find it', () => {
    const { store, append, watch, scheduler } = viewing();
    append(0, ['1', '2']);
    const seen = watch();
    void store.delete('r');
    expect(seen).toEqual([1, 2, 'stream_lost']);
    expect(watch()).toEqual(['stream_lost']);
    scheduler.maxFrames = 0;
  });

  it('reads no more while its gate is closed, and goes on when it opens', () => {
    const { append, watch } = viewing();
    const gate = new ClientGate(() => undefined);
    append(0, ['1']);
    const seen = watch(gate);
    gate.closed = true;
    append(1, ['2']);
    append(2, ['3']);
    // What it had asked for still comes.
    expect(seen).toEqual([1, 2]);
    gate.closed = false;
    gate.open();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('finds what is new by itself where no hint comes', () => {
    const { append, watch, scheduler } = viewing(() => ({ watch: () => () => undefined }));
    const seen = watch();
    append(0, ['1'], { ending: { state: 'end' } });
    expect(seen).toEqual([]);
    scheduler.flush();
    expect(seen).toEqual([1, 'end']);
    expect(scheduler.frame).toBe(1_000);
  });

  it('reads a long run page by page', () => {
    const reads: number[] = [];
    const { append, watch, scheduler } = viewing((store) => ({
      read: (id, query) => {
        reads.push(query.after);
        return store.read(id, query);
      },
    }));
    const all = Array.from({ length: 10_000 }, (_, at) => String(at));
    append(0, all, { ending: { state: 'end' } });
    const seen = watch();
    scheduler.flush();
    expect(seen).toEqual([...all.map(Number), 'end']);
    expect(reads.length).toBe(40);
    // None of them waited for a poll.
    expect(scheduler.frame).toBe(0);
  });

  it('ends where the store never answers', () => {
    const { watch, scheduler } = viewing(() => ({
      read: () => {
        throw new Error('connection refused');
      },
    }));
    const seen = watch();
    scheduler.flush();
    expect(seen).toEqual(['store_unavailable']);
  });
});
