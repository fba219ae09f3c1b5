import {
  concat,
  EMPTY,
  finalize,
  lastValueFrom,
  NEVER,
  Observable,
  of,
  Subject,
  takeUntil,
  throwError,
} from 'rxjs';
import { AIMessage, AIMessageChunk, foldChunks, foldMessages } from 'rxlm';
import { type Accumulator, accumulate } from 'rxlm/provider';
import { ACCUMULATOR } from '../../lib/core/fold-chunks.js';
import { marbles } from '../support/marbles.js';
import { watch } from '../support/run-events.js';

const broken = new Error('broken');

class Sum implements Accumulator<number, number> {
  whole = 0;

  add(chunk: number): void {
    this.whole += chunk;
  }
}

describe('accumulate', () => {
  it('emits the whole at the end, also for nothing', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-b|', { a: 1, b: 2 });
      expectObservable(source$.pipe(accumulate(() => new Sum()))).toBe('----(s|)', { s: 3 });
      expectObservable(cold<number>('--|').pipe(accumulate(() => new Sum()))).toBe('--(z|)', {
        z: 0,
      });
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    });
  });

  it('passes errors, and no whole with them', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-a-#', { a: 1 }).pipe(accumulate(() => new Sum()))).toBe('---#');
    });
  });

  it('leaves its source when it is left', () => {
    const left = jest.fn();
    watch(
      NEVER.pipe(
        finalize(left),
        accumulate(() => new Sum()),
      ),
    ).leave();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('begins anew for each subscription', () => {
    const sum$ = of(1, 2).pipe(accumulate(() => new Sum()));
    expect([watch(sum$).values, watch(sum$).values]).toEqual([[3], [3]]);
  });
});

describe('foldChunks', () => {
  const fold = async (...chunks: unknown[]) => lastValueFrom(of(...chunks).pipe(foldChunks()));

  it('[13] appends strings, keeps the last of anything else', async () => {
    expect(await fold('gold', '', 'fish')).toBe('goldfish');
    expect(await fold({ a: 1 }, { b: 2 })).toEqual({ b: 2 });
    expect(await fold('a', 1, undefined)).toBeUndefined();
  });

  it('[13] merges message chunks, into what foldMessages makes of them', async () => {
    const chunks = ['gold', 'fish'].map((content) => new AIMessageChunk({ content, id: 'i' }));
    const merged = await fold(...chunks);
    expect(merged).toBeInstanceOf(AIMessage);
    expect(merged).toEqual(await lastValueFrom(of(...chunks).pipe(foldMessages())));
  });

  it('appends only what follows each other: the last kind stands', async () => {
    const chunk = new AIMessageChunk('m');
    expect(await fold('a', chunk, 'b', 'c')).toBe('bc');
    expect(await fold('a', 1, 'b')).toBe('b');
    expect(await fold(chunk, 'a', chunk)).toMatchObject({ content: 'm' });
  });

  it('merges whatever says how, also of another copy of the package', async () => {
    const like = (n: number) => ({ n, [Symbol.for('rxlm.accumulator')]: () => new Merge() });
    class Merge {
      whole: number[] = [];
      add({ n }: { n: number }): void {
        this.whole.push(n);
      }
    }
    expect(ACCUMULATOR).toBe(Symbol.for('rxlm.accumulator'));
    expect(await fold(like(1), like(2))).toEqual([1, 2]);
  });

  it('emits nothing for nothing, and undefined for undefined', () => {
    expect(watch(EMPTY.pipe(foldChunks())).values).toEqual([]);
    expect(watch(of(undefined).pipe(foldChunks())).values).toEqual([undefined]);
  });

  it('passes errors, and leaves its source when it is left', () => {
    const left = jest.fn();
    expect(
      watch(
        concat(
          of('a'),
          throwError(() => broken),
        ).pipe(foldChunks()),
      ),
    ).toMatchObject({
      values: [],
      ended: { error: broken },
    });
    watch(NEVER.pipe(finalize(left), foldChunks())).leave();
    expect(left).toHaveBeenCalledTimes(1);
  });

  it('stops a synchronous source when it is left', () => {
    const left = new Subject<void>();
    const made: number[] = [];
    const endless$ = new Observable<string>((subscriber) => {
      for (let i = 0; !subscriber.closed; i++) {
        made.push(i);
        if (i === 2) left.next();
        subscriber.next('a');
      }
    });
    expect(watch(endless$.pipe(foldChunks(), takeUntil(left))).values).toEqual([]);
    expect(made).toEqual([0, 1, 2]);
  });
});
