import { VirtualTimeScheduler } from 'rxjs';
import { AIMessage, memoryRunStore } from 'rxlm';
import { type ReadRun, readRun$ } from '../../../lib/runs/internal/read-run.js';
import { SharedReads } from '../../../lib/runs/internal/shared-reads.js';

describe('readRun$', () => {
  const store = memoryRunStore();
  const times = { leaseMs: 1e6, keepMs: 1e6 };
  const { epoch } = store.claim('r', { ...times, token: 't', maxMs: 1e6 }) as { epoch: number };
  const message = JSON.stringify(new AIMessage('hi'));
  void store.append('r', 't', {
    ...times,
    epoch,
    after: 0,
    entries: ['1', message, '{"__proto__":{"a":1}}'],
    snapshot: { seq: 2, data: `[[1,1],[2,${message}]]` },
  });
  const read = (after: number | undefined, id = 'r'): ReadRun | undefined => {
    const seen: (ReadRun | undefined)[] = [];
    readRun$(store, new SharedReads(new VirtualTimeScheduler()), id, after, 0).subscribe((run) =>
      seen.push(run),
    );
    return seen[0];
  };

  it('gives values with their numbers, messages as such, also those of a snapshot', () => {
    for (const after of [0, 1]) {
      const { values, info } = read(after)!;
      expect(values.map(([seq]) => seq)).toEqual([1, 2, 3].slice(after));
      expect(values.at(-2)?.[1]).toBeInstanceOf(AIMessage);
      expect(Object.keys(values.at(-1)?.[1] as object)).toEqual(['__proto__']);
      expect(info).toMatchObject({ epoch, last: 3 });
    }
  });

  it('gives no values where the state is asked for, and nothing of an unknown run', () => {
    expect(read(undefined)).toMatchObject({ values: [], info: { last: 3 } });
    expect(read(0, 'none')).toBeUndefined();
  });
});
