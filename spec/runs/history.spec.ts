import fc from 'fast-check';
import { Subject, VirtualTimeScheduler } from 'rxjs';
import { durableRuns, memoryRunStore, type RunStore, RxlmError } from 'rxlm';
import { type Fate, flakyStore } from '../support/flaky-store.js';

/** What happens at a time. */
type Step =
  | { readonly do: 'emit'; readonly count: number }
  | { readonly do: 'join'; readonly from: 'beginning' | 'an id' | 'beyond' }
  | { readonly do: 'leave' | 'cut' | 'join again' }
  | { readonly do: 'end' | 'fail' | 'cancel' | 'freeze' | 'thaw' | 'delete' };
type Schedule = readonly (readonly [waitMs: number, step: Step])[];

const KEEP_MS = 20_000;
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('emit' as const), count: fc.nat(5) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      from: fc.constantFrom(
        'beginning' as const,
        'beginning' as const,
        'an id' as const,
        'beyond' as const,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('leave' as const, 'cut' as const, 'join again' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'end' as const,
        'fail' as const,
        'cancel' as const,
        'freeze' as const,
        'thaw' as const,
        'delete' as const,
      ),
    }),
  },
);
// Also about the end of a lease, of a poll and of what is kept.
const wait = fc.oneof(
  { weight: 6, arbitrary: fc.nat(30) },
  { weight: 2, arbitrary: fc.constantFrom(980, 1_000, 1_020, 3_000) },
  { weight: 1, arbitrary: fc.constantFrom(KEEP_MS - 20, KEEP_MS, KEEP_MS + 20) },
);
const schedule: fc.Arbitrary<Schedule> = fc.array(fc.tuple(wait, step), { maxLength: 25 });
const fates = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant<Fate>('ok') },
    { weight: 2, arbitrary: fc.constantFrom<Fate>('slow', 'not sent', 'reply lost') },
  ),
  { minLength: 1, maxLength: 40 },
);

interface Seen {
  readonly from: number;
  readonly seqs: number[];
  readonly values: unknown[];
  ending?: string;
  hasLeft: boolean;
}

const LOST = ['stream_lost', 'unknown_run', 'gap'];

/** Plays a schedule, and checks what every viewer has seen against what the store had acknowledged. */
function play(steps: Schedule, fateOfCalls: readonly Fate[]): void {
  const scheduler = new VirtualTimeScheduler(undefined, 1e7);
  const inner = memoryRunStore({ scheduler });
  const log: string[] = [];
  let epoch = 0;
  // The truth: what the store has stored.
  const store: RunStore = {
    ...inner,
    append: (id, token, batch) => {
      const reply = inner.append(id, token, batch);
      if ('ok' in reply && reply.ok)
        for (const entry of batch.entries.slice(log.length - batch.after)) log.push(entry);
      return reply;
    },
  };
  let calls = 0;
  let isFrozen = false;
  let isCut = false;
  const fate = (): Fate =>
    isCut ? 'not sent' : (fateOfCalls[(calls += 1) % fateOfCalls.length] ?? 'ok');
  const settings = { scheduler, leaseMs: 6_000, keepMs: KEEP_MS, onError: () => undefined };
  const own = flakyStore(store, scheduler, () => (isFrozen ? 'not sent' : fate()));
  const producer = durableRuns({ ...settings, store: own });
  const places = [0, 1].map(() =>
    durableRuns({ ...settings, store: flakyStore(store, scheduler, fate) }),
  );
  const source = new Subject<number>();
  const all: Seen[] = [];
  const left: (() => void)[] = [];
  let emitted = 0;
  const join = (after: string | undefined, from: number): void => {
    const seen: Seen = { from, seqs: [], values: [], hasLeft: false };
    all.push(seen);
    const viewer = places[all.length % 2]!.join$('r', { after }).subscribe({
      next: ({ id, value }) => {
        seen.seqs.push(Number(id.split('.')[1]));
        seen.values.push(value);
      },
      error: (error: unknown) => {
        seen.ending = RxlmError.is(error) ? error.code : String(error);
      },
      complete: () => {
        seen.ending = 'end';
      },
    });
    left.push(() => {
      if (seen.ending === undefined) seen.hasLeft = true;
      viewer.unsubscribe();
    });
  };

  void inner.delete('r');
  void producer.start('r', () => source).catch(() => undefined);
  let at = 0;
  for (const [waitMs, now] of steps) {
    at += waitMs;
    scheduler.schedule(() => {
      const page = inner.read('r', { after: 0, limit: 0, maxChars: 1 }) as
        { epoch: number } | undefined;
      epoch = page?.epoch ?? epoch;
      if (now.do === 'emit')
        for (let n = 0; n < now.count && source.observed; n += 1) source.next((emitted += 1));
      else if (now.do === 'join') {
        const from =
          now.from === 'beginning'
            ? 0
            : now.from === 'an id'
              ? Math.floor(log.length / 2)
              : log.length + 5;
        join(
          from === 0 || epoch === 0 ? undefined : `${String(epoch)}.${String(from)}`,
          epoch === 0 ? 0 : from,
        );
      } else if (now.do === 'leave') left.at(-1)?.();
      else if (now.do === 'cut') isCut = true;
      else if (now.do === 'join again') {
        isCut = false;
        const last = all.at(-1);
        left.at(-1)?.();
        const seq = last?.seqs.at(-1) ?? last?.from ?? 0;
        if (epoch > 0 && seq > 0) join(`${String(epoch)}.${String(seq)}`, seq);
      } else if (now.do === 'end') source.complete();
      else if (now.do === 'fail') source.error(new RxlmError('no', { code: 'broken' }));
      else if (now.do === 'cancel') void places[0]!.cancel('r').catch(() => undefined);
      else if (now.do === 'freeze') isFrozen = true;
      else if (now.do === 'thaw') isFrozen = false;
      else {
        void inner.delete('r');
      }
    }, at);
  }
  // At last all links are whole, and the run ends if it has not.
  scheduler.schedule(() => {
    isCut = false;
    source.complete();
  }, at + 100);
  scheduler.maxFrames = at + 200_000;
  scheduler.flush();

  const isWhole =
    fateOfCalls.every((each) => each === 'ok' || each === 'slow') &&
    steps.every(([, { do: what }]) => !['cut', 'freeze', 'delete'].includes(what));
  const endings = new Set(
    all.flatMap(({ ending }) =>
      ending === undefined || LOST.includes(ending) || ending === 'store_unavailable'
        ? []
        : [ending],
    ),
  );
  expect(endings.size).toBeLessThanOrEqual(1);
  for (const { from, seqs, values, ending, hasLeft } of all) {
    // In order, without a hole, nothing twice, nothing that the store has not acknowledged.
    expect(seqs).toEqual(seqs.map((_, index) => from + index + 1));
    expect(values).toEqual(seqs.map((seq) => JSON.parse(log[seq - 1]!) as unknown));
    if (hasLeft) continue;
    // Nobody hangs.
    expect(ending).toBeDefined();
    // Who reaches the ending has everything that was acknowledged.
    if (endings.has(ending!)) expect(from + seqs.length).toBe(log.length);
    if (ending === 'end') expect(values.at(-1) ?? from).toBe(emitted);
    // Without a fault nothing is lost.
    if (isWhole && from <= log.length) expect(LOST.slice(0, 1)).not.toContain(ending);
  }
}

describe('the history of a run', () => {
  it('is the same for all viewers that reach its ending, whatever happens on the way', () => {
    fc.assert(
      fc.property(schedule, fates, (steps, fateOfCalls) => {
        play(steps, fateOfCalls);
      }),
      { numRuns: 2_000 },
    );
  });
});
