import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import {
  from,
  interval,
  lastValueFrom,
  map,
  type MonoTypeOperatorFunction,
  NEVER,
  Observable,
  of,
  Subject,
  take,
  toArray,
} from 'rxjs';
import { toReadableStream } from '../../lib/adapters/to-readable-stream.js';
import type { RunEvent } from '../../lib/core/events/run-event.js';
import { toAsyncIterable } from '../../lib/core/demand/to-async-iterable.js';
import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';
import { foldMessages } from '../../lib/messages/fold-messages.js';
import { ToolMessage } from '../../lib/messages/tool-message.js';
import { coalesce } from '../../lib/operators/coalesce.js';
import { findGate, GATE } from '../../lib/core/demand/gate.js';
import { cutMessage } from '../messages/cut-message.js';
import { event, streamEvent } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';

const chunk = (content: string) => new AIMessageChunk({ id: 'm', content });

describe('coalesce', () => {
  itIsAnOperator((scheduler) => coalesce(4, scheduler), 'a');

  it(
    '[19] emits the first value at once, and once a frame what came meanwhile',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-b-c----d---e-|');
      const expected = '      -a---x----d---e-|';
      expectObservable(source$.pipe(coalesce(4))).toBe(expected, {
        a: 'a',
        x: 'bc',
        d: 'd',
        e: 'e',
      });
      expectSubscriptions(source$.subscriptions).toBe('^---------------!');
    }),
  );

  it(
    '[19] emits the last value and ends with its source, in the midst of a frame',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  abc|');
      expectObservable(source$.pipe(coalesce(9))).toBe('a--(x|)', { a: 'a', x: 'bc' });
    }),
  );

  it(
    '[4] emits what waits before an error, and holds the error up no more than that',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  abc#');
      expectObservable(source$.pipe(coalesce(9))).toBe('a--(x#)', { a: 'a', x: 'bc' });
    }),
  );

  it(
    'keeps anything that does not merge as and where it is',
    marbles(({ cold, expectObservable }) => {
      const values = { a: 'a', b: 'b', c: 'c', t: { tool: 1 }, u: { tool: 2 }, x: 'bc' };
      const source$ = cold('  abctuc--------|', values);
      const expected = '      a-----(xtuc)--|';
      expectObservable(source$.pipe(coalesce<unknown>(6))).toBe(expected, values);
    }),
  );

  it(
    'takes 16 ms for a frame',
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  abc 20ms d|');
      expectObservable(source$.pipe(coalesce())).toBe('a 15ms x 7ms (d|)', {
        a: 'a',
        x: 'bc',
        d: 'd',
      });
    }),
  );

  it(
    '[20] takes time from the scheduler that it is given',
    marbles(({ cold, expectObservable, time }, scheduler) => {
      const scheduled = jest.spyOn(scheduler, 'schedule');
      const source$ = cold('  ab|');
      expectObservable(source$.pipe(coalesce(time('--|'), scheduler))).toBe('a-(b|)');
      scheduler.flush();
      expect(scheduled).toHaveBeenCalled();
    }),
  );

  it(
    'sets no timer before there is a value, nor keeps one after the end',
    marbles(({ expectObservable, flush }, scheduler) => {
      expectObservable(NEVER.pipe(coalesce(4))).toBe('-');
      flush();
      expectObservable(of('a').pipe(coalesce(4))).toBe('(a|)');
      flush();
      expect(scheduler.actions).toEqual([]);
    }),
  );

  it('keeps the order where a listener feeds its own source', () => {
    jest.useFakeTimers();
    try {
      const source$ = new Subject<unknown>();
      const seen: unknown[] = [];
      source$.pipe(coalesce(100)).subscribe((value) => {
        seen.push(value);
        if (value === 1) source$.next('again');
      });
      for (const value of ['a', 1, 2, 'b']) source$.next(value);
      jest.advanceTimersByTime(100);
      expect(seen).toEqual(['a', 1, 2, 'bagain']);
      source$.complete();
    } finally {
      jest.useRealTimers();
    }
  });

  it('[19] loses nothing of any message: what it emits folds to what came (T082)', async () => {
    let fewer = 0;
    const frames = fc.infiniteStream(fc.nat({ max: 5 }));
    await fc.assert(
      fc.asyncProperty(fc.array(cutMessage, { maxLength: 3 }), frames, async (messages, gaps) => {
        const tools = messages.map(
          (_, n) => new ToolMessage({ content: 'x', tool_call_id: `${n}` }),
        );
        const all = messages.flatMap(({ chunks }, n) => [...chunks, tools[n]!]);
        const emitted = await burst(all, gaps, coalesce(100));
        fewer += all.length - emitted.length;
        expect(emitted.filter((each) => each instanceof ToolMessage)).toEqual(tools);
        let rest = emitted;
        for (const [n, { chunks, message }] of messages.entries()) {
          const own = rest.slice(0, rest.indexOf(tools[n]!)) as AIMessageChunk[];
          rest = rest.slice(own.length + 1);
          const folded = await lastValueFrom(from(own).pipe(foldMessages()));
          expect(folded).toStrictEqual(chunks.length > 0 ? message : folded);
          expect(own.map(({ text }) => text).join('')).toBe(
            chunks.map(({ text }) => text).join(''),
          );
        }
      }),
    );
    expect(fewer).toBeGreaterThan(100);
  });

  it(
    '[19] merges the events of one run; a merged one says how far it reaches (T081)',
    marbles(({ cold, expectObservable }) => {
      const numbered = (recorded: RunEvent, id: number) => ({ ...recorded, id });
      const values = {
        s: numbered(event('on_chat_model_start'), 1),
        a: numbered(streamEvent(chunk('a')), 2),
        b: numbered(streamEvent(chunk('b')), 3),
        c: numbered(streamEvent(chunk('c')), 4),
        o: numbered(streamEvent(chunk('o'), 'other'), 5),
        e: numbered(event('on_chat_model_end'), 6),
        x: numbered(streamEvent(chunk('abc')), 4),
      };
      const source$ = cold('  sabcoe|', values);
      expectObservable(source$.pipe(coalesce(9))).toBe('s-----(xoe|)', values);
    }),
  );

  it(
    '[19] of 500 deltas a second into 16 ms frames makes 60, and ends with them (T081)',
    marbles(({ flush }) => {
      const deltas$ = interval(2).pipe(
        take(1000),
        map((n) => `${n} `),
      );
      const frames: { at: number; text: string }[] = [];
      let now = 0;
      let ended = 0;
      const clock = interval(1)
        .pipe(take(2100))
        .subscribe(() => (now += 1));
      deltas$.pipe(coalesce()).subscribe({
        next: (text) => frames.push({ at: now, text }),
        complete: () => (ended = now),
      });
      flush();
      clock.unsubscribe();
      expect(ended).toBeGreaterThanOrEqual(1999);
      expect(ended).toBeLessThanOrEqual(2001);
      expect(frames.length).toBeLessThanOrEqual(126);
      expect(frames.map(({ text }) => text).join('')).toBe(
        Array.from({ length: 1000 }, (_, n) => `${n} `).join(''),
      );
    }),
  );

  describe('before an edge', () => {
    it('[19] merges for as long as the edge is full', async () => {
      const source$ = new Subject<string>();
      const values = toAsyncIterable(source$.pipe(coalesce(0)), { highWaterMark: 1 });
      const first = values.next();
      for (const value of 'abc') source$.next(value);
      expect(await first).toEqual({ done: false, value: 'a' });
      await turn();
      for (const value of 'def') source$.next(value);
      await turn();
      for (const value of 'ghi') source$.next(value);
      await turn();
      expect(await values.next()).toEqual({ done: false, value: 'bc' });
      await turn();
      source$.next('j');
      expect(await values.next()).toEqual({ done: false, value: 'defghi' });
      source$.complete();
      expect(await values.next()).toEqual({ done: false, value: 'j' });
      expect(await values.next()).toEqual({ done: true, value: undefined });
    });

    it('[19] does so before a web stream', async () => {
      const source$ = new Subject<string>();
      const stream = toReadableStream(source$.pipe(coalesce(0)), { highWaterMark: 1 });
      const reader = stream.getReader();
      const first = reader.read();
      await turn();
      for (const value of 'abc') source$.next(value);
      expect(await first).toEqual({ done: false, value: 'a' });
      await turn();
      for (const value of 'def') source$.next(value);
      source$.complete();
      expect(await reader.read()).toEqual({ done: false, value: 'bc' });
      expect(await reader.read()).toEqual({ done: false, value: 'def' });
      expect(await reader.read()).toEqual({ done: true, value: undefined });
    });

    it('[19] asks the source to wait only when a lot is held, and to go on when it is taken', async () => {
      const gates: object[] = [];
      let opened = 0;
      const source$ = new Subject<string>();
      const probe$ = new Observable<string>((subscriber) => {
        gates.push(findGate(subscriber)!);
        return source$.subscribe(subscriber);
      });
      const values = toAsyncIterable(probe$.pipe(coalesce(0)), { highWaterMark: 1 });
      const first = values.next();
      const [gate] = gates as { closed: boolean; heed(): void; onOpen(c: () => void): void }[];
      gate!.heed();
      source$.next('a');
      await first;
      await turn();
      source$.next('b');
      await turn();
      for (let n = 0; n < 9_999; n++) source$.next('c');
      expect(gate!.closed).toBe(false);
      source$.next('c');
      expect(gate!.closed).toBe(true);
      gate!.onOpen(() => (opened += 1));
      expect(await values.next()).toEqual({ done: false, value: 'b' });
      await turn();
      expect(await values.next()).toEqual({ done: false, value: 'c'.repeat(10_000) });
      expect(opened).toBe(1);
      expect(gate!.closed).toBe(false);
      await values.return?.();
      expect(source$.observed).toBe(false);
    });

    it('reports the edge that it waits for it, and leaves nothing there when it is left', () => {
      const waiting = new Set<() => void>();
      const edge = {
        closed: false,
        heed: jest.fn(),
        onOpen: (callback: () => void) => {
          waiting.add(callback);
          return () => waiting.delete(callback);
        },
      };
      jest.useFakeTimers();
      try {
        const source$ = new Subject<string>();
        const subscription = source$
          .pipe(coalesce(5))
          .subscribe({ next: () => {}, ...{ [GATE]: edge } });
        expect(edge.heed).toHaveBeenCalledTimes(1);
        source$.next('a');
        edge.closed = true;
        jest.advanceTimersByTime(6);
        expect(waiting.size).toBe(1);
        subscription.unsubscribe();
        expect(waiting.size).toBe(0);
        expect(jest.getTimerCount()).toBe(0);
      } finally {
        jest.useRealTimers();
      }
    });
  });

  it.each([-1, NaN, Infinity, '16', () => of(1)])(
    'takes no %p for a number of milliseconds',
    (frameMs) => {
      expect(() => coalesce(frameMs as number)).toThrow(TypeError);
      expect(() => coalesce(frameMs as number)).toThrow('frameMs must be');
    },
  );

  it('has types', () => {
    expectTypeOf(coalesce<string>(16)).toEqualTypeOf<MonoTypeOperatorFunction<string>>();
    expectTypeOf(of(event('on_chain_start')).pipe(coalesce())).toEqualTypeOf(of({} as RunEvent));
  });
});

/** One turn of the event loop, so that a frame of 0 ms is over. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 2));
}

/** What is emitted of values that come in bursts of these lengths, a frame between two of them. */
async function burst<T>(
  values: readonly T[],
  lengths: Iterator<number>,
  operator: MonoTypeOperatorFunction<T>,
): Promise<T[]> {
  jest.useFakeTimers();
  try {
    const source$ = new Subject<T>();
    const emitted = lastValueFrom(source$.pipe(operator, toArray()));
    let left = 0;
    for (const value of values) {
      if (left-- <= 0) {
        jest.advanceTimersByTime(100);
        left = lengths.next().value as number;
      }
      source$.next(value);
    }
    source$.complete();
    return await emitted;
  } finally {
    jest.useRealTimers();
  }
}
