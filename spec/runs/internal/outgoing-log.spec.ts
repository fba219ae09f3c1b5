import { checkDurableRunsOptions } from '../../../lib/runs/durable-run-options.js';
import { OutgoingLog } from '../../../lib/runs/internal/outgoing-log.js';

const log = (options = {}): OutgoingLog => new OutgoingLog(checkDurableRunsOptions(options));

describe('OutgoingLog', () => {
  it('gives each value once, those that come meanwhile with the next batch', () => {
    const own = log();
    own.put('a');
    expect(own.take()).toEqual({ after: 0, entries: ['"a"'] });
    own.put('b');
    own.put(undefined);
    expect(own.hasMore).toBe(true);
    own.appended();
    expect(own.take()).toEqual({ after: 1, entries: ['"b"', 'null'] });
    own.appended();
    expect(own.hasMore).toBe(false);
    expect(own.take()).toEqual({ after: 3, entries: [] });
  });

  it('gives the ending with the last entries, not before', () => {
    const own = log({ snapshots: false });
    for (let at = 0; at < 1_500; at += 1) own.put(at);
    own.ending = { state: 'end' };
    const first = own.take();
    expect([first.entries.length, first.ending]).toEqual([1_000, undefined]);
    own.appended();
    const second = own.take();
    expect([second.after, second.entries.length, second.ending]).toEqual([
      1_000,
      500,
      { state: 'end' },
    ]);
    expect(own.isDone).toBe(false);
    own.appended();
    expect([own.isDone, own.hasMore]).toEqual([true, false]);
  });

  it('asks the source to wait while much waits for the store', () => {
    const own = log();
    own.put('x'.repeat(300_000));
    expect(own.gate.closed).toBe(true);
    const opened = jest.fn();
    own.gate.onOpen(opened);
    own.take();
    own.appended();
    expect(own.gate.closed).toBe(false);
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('takes no value beyond its limits', () => {
    const own = log({ maxEntries: 1, maxChars: 5 });
    expect([own.put('long'), own.put('a'), own.put('b')]).toEqual([false, true, false]);
    expect(own.take().entries).toEqual(['"a"']);
  });
});
