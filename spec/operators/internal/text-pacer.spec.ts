import fc from 'fast-check';
import type { ObservableNotification } from 'rxjs';
import { EvenFlow } from '../../../lib/operators/internal/text-pacer.js';

const next = (value: unknown): ObservableNotification<unknown> => ({ kind: 'N', value });
const valuesOf = (recorded: Iterable<ObservableNotification<unknown>>) =>
  Array.from(recorded, (each) => (each.kind === 'N' ? each.value : each.kind));

/** What goes on at each tick, of what comes at these times. */
function flowOf(
  maxLagMs: number,
  tickMs: number,
  arrivals: readonly (readonly [at: number, recorded: ObservableNotification<unknown>])[],
): unknown[][] {
  const flow = new EvenFlow<unknown>(maxLagMs, tickMs);
  const waiting = [...arrivals];
  const ticks: unknown[][] = [];
  for (let now = 0; ; now += tickMs) {
    while (waiting.length > 0 && waiting[0]![0] <= now) {
      const [at, recorded] = waiting.shift()!;
      flow.put(recorded, at);
    }
    const taken = valuesOf(flow.take(flow.amountAt(now)));
    if (taken.length === 0 && waiting.length === 0) return ticks;
    ticks.push(taken);
  }
}

describe('EvenFlow', () => {
  it('spreads a text evenly over the time that it may take', () => {
    expect(flowOf(40, 10, [[0, next('abcdefghij')]])).toEqual([
      ['ab'],
      ['cd'],
      ['ef'],
      ['gh'],
      ['ij'],
    ]);
    expect(flowOf(40, 10, [[0, next('abc')]])).toEqual([['a'], ['b'], ['c']]);
  });

  it('gives what is there when it may not wait', () => {
    expect(flowOf(5, 10, [[0, next('abc')]])).toEqual([['abc']]);
    expect(flowOf(10, 10, [[0, next('abc')]])).toEqual([['ab'], ['c']]);
  });

  it('goes faster for what must be through before something of later', () => {
    const burst: [number, ObservableNotification<unknown>][] = [
      [0, next('a')],
      [10, next('bcdefghijk')],
    ];
    expect(flowOf(40, 10, burst)).toEqual([['a'], ['bc'], ['de'], ['fg'], ['hi'], ['jk']]);
  });

  it('gives several short ones at a tick, as they came', () => {
    const value = 'ab';
    const arrivals = ['c', 'd', 'e', 'f', 'g', 'h'].map((letter) => [0, next(letter)] as const);
    expect(flowOf(10, 10, [[0, next(value)], ...arrivals])).toEqual([
      ['ab', 'c', 'd'],
      ['e', 'f', 'g', 'h'],
    ]);
  });

  it('keeps all else in its place, the end too', () => {
    const tool = { tool: 1 };
    expect(
      flowOf(20, 10, [
        [0, next(tool)],
        [0, next('abc')],
        [0, next(tool)],
        [0, { kind: 'C' }],
      ]),
    ).toEqual([[tool, 'a'], ['b'], ['c', tool, 'C']]);
  });

  it('gives no text if none is to go on, but what stands before it', () => {
    const flow = new EvenFlow<unknown>(40, 10);
    flow.put(next(1), 0);
    flow.put(next('ab'), 0);
    flow.put(next(2), 0);
    expect(valuesOf(flow.take(0))).toEqual([1]);
    expect(valuesOf(flow.take(0))).toEqual([]);
    expect(valuesOf(flow.take(2))).toEqual(['ab', 2]);
  });

  it('gives what is put meanwhile after what waits', () => {
    const flow = new EvenFlow<unknown>(40, 10);
    for (const value of ['ab', 1]) flow.put(next(value), 0);
    const seen: unknown[] = [];
    for (const recorded of flow.take(2)) {
      seen.push(...valuesOf([recorded]));
      if (seen.length === 1) flow.put(next(2), 0);
    }
    expect(seen).toEqual(['ab', 1, 2]);
    expect(flow.isEmpty).toBe(true);
  });

  it('knows whether text is what waits first', () => {
    const flow = new EvenFlow<unknown>(40, 10);
    expect(flow.startsWithText).toBe(false);
    for (const value of [1, 'ab']) flow.put(next(value), 0);
    expect(flow.startsWithText).toBe(false);
    expect(valuesOf(flow.take(0))).toEqual([1]);
    expect(flow.startsWithText).toBe(true);
    expect(flow.isEmpty).toBe(false);
  });

  it('cuts no character, as a reader sees them', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(flowOf(20, 10, [[0, next(`a${family}b`)]])).toEqual([[`a${family}`], ['b']]);
    expect(flowOf(20, 10, [[0, next('e\u0301'.repeat(3))]])).toEqual([
      ['e\u0301'],
      ['e\u0301'],
      ['e\u0301'],
    ]);
    expect(flowOf(10, 10, [[0, next('🌍🌍')]])).toEqual([['🌍'], ['🌍']]);
  });

  it('loses nothing, keeps the order and is never late', () => {
    const recorded = fc.oneof(
      { weight: 5, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }) },
      fc.constant({ tool: 1 }),
    );
    const arrival = fc.tuple(fc.nat({ max: 40 }), recorded);
    fc.assert(
      fc.property(
        fc.array(arrival, { maxLength: 20 }),
        fc.integer({ min: 1, max: 12 }).map((ticks) => ticks * 10),
        (gaps, maxLagMs) => {
          let now = 0;
          const arrivals = gaps.map(([gap, value]) => [(now += gap), next(value)] as const);
          const ticks = flowOf(maxLagMs, 10, arrivals);
          const text = (values: readonly unknown[]) =>
            values.map((value) => (typeof value === 'string' ? value : '<tool>')).join('');
          expect(text(ticks.flat())).toBe(text(gaps.map(([, value]) => value)));
          for (const [index, [at]] of arrivals.entries()) {
            const due = Math.floor((at + maxLagMs) / 10);
            const through = text(ticks.slice(0, due + 1).flat());
            const wanted = text(gaps.slice(0, index + 1).map(([, value]) => value));
            expect(through.startsWith(wanted)).toBe(true);
          }
        },
      ),
    );
  });
});
