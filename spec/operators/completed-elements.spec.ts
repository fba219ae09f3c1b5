import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { lastValueFrom, map, type Observable, of, range, take, tap, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { IncrementalJson } from '../../lib/json/incremental-json.js';
import type { JsonPath } from '../../lib/json/internal/json-path.js';
import { completedElements } from '../../lib/operators/completed-elements.js';
import { cut, jsonText } from '../json/json-texts.js';

const collect = (values: readonly unknown[], path: JsonPath): Promise<unknown[]> =>
  lastValueFrom(of(...values).pipe(completedElements(path), toArray()));

describe('completedElements', () => {
  let scheduler: TestScheduler;
  beforeEach(() => {
    scheduler = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });

  const values = {
    a: {},
    b: { items: [] },
    c: { items: ['x'] },
    d: { items: ['xy'] },
    e: { items: ['xy', 'z'] },
    f: { items: ['xy', 'z', 'w'], more: '' },
  };

  it('emits an element when the next one shows, the last when something behind the array does', () => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  a-b-c-d-e-f---|', values);
      const expected = '      --------x-(zw)|';
      expectObservable(source$.pipe(completedElements('items'))).toBe(expected, {
        x: 'xy',
        z: 'z',
        w: 'w',
      });
      expectSubscriptions(source$.subscriptions).toBe('^-------------!');
    });
  });

  it('emits the last element when the source completes', () => {
    scheduler.run(({ cold, expectObservable }) => {
      const source$ = cold('  a-b-c-d-e-|', values);
      const expected = '      --------x-(z|)';
      expectObservable(source$.pipe(completedElements('items'))).toBe(expected, {
        x: 'xy',
        z: 'z',
      });
    });
  });

  it('passes an error, and keeps back the element that was not complete', () => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  a-c-e-#', values);
      const expected = '      ----x-#';
      expectObservable(source$.pipe(completedElements('items'))).toBe(expected, { x: 'xy' });
      expectSubscriptions(source$.subscriptions).toBe('^-----!');
    });
  });

  it('unsubscribes from its source', () => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('a-b-c-', values);
      expectObservable(source$.pipe(completedElements('items')), '---!').toBe('----');
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    });
  });

  it('stops a synchronous source early', () => {
    let produced = 0;
    range(1, 100)
      .pipe(
        tap(() => produced++),
        map((length) => [...Array(length).keys()]),
        completedElements(''),
        take(2),
      )
      .subscribe();
    expect(produced).toBe(3);
  });

  it('starts anew for each subscriber', async () => {
    const element$ = of([1], [1, 2]).pipe(completedElements(''), toArray());
    expect(await lastValueFrom(element$)).toEqual([1, 2]);
    expect(await lastValueFrom(element$)).toEqual([1, 2]);
  });

  it('emits each element as it is at last, once, in order', async () => {
    expect(await collect([[[1]], [[1, 2]], [[1, 2], 'a', 'b']], '')).toEqual([[1, 2], 'a', 'b']);
    expect(await collect([[], [{}], [{ k: 1 }]], '')).toEqual([{ k: 1 }]);
  });

  it('follows a path with `*` into many arrays', async () => {
    const values = [
      { orders: [{ lines: ['a'] }] },
      { orders: [{ lines: ['a', 'b'] }, {}] },
      { orders: [{ lines: ['a', 'b'] }, { lines: ['c'] }] },
      { orders: [{ lines: ['a', 'b'] }, { lines: ['c'], total: 1 }] },
    ];
    const shown: unknown[] = [];
    of(...values)
      .pipe(
        tap(() => shown.push('|')),
        completedElements('orders.*.lines'),
      )
      .subscribe((element) => shown.push(element));
    expect(shown).toEqual(['|', '|', 'a', 'b', '|', '|', 'c']);
  });

  it('does not take a key that is a number for an older one: it is always in front', async () => {
    const [first, second] = [
      { 7: ['a', 'b'], x: 1 },
      { 7: ['a', 'bc'], x: 1 },
    ];
    expect(await collect([{ x: 1 }, first, second], '7')).toEqual(['a', 'bc']);
    expect(await collect([{ x: 1 }, first, second], '*')).toEqual(['a', 'bc']);
  });

  it('emits nothing where there is no array', async () => {
    expect(await collect([], '')).toEqual([]);
    expect(
      await collect([undefined, 'ab', { items: 'ab' }, { items: { 0: 1 } }, null], 'items'),
    ).toEqual([]);
    expect(await collect([{}], 'constructor')).toEqual([]);
  });

  it('has emitted every element of any array at the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(jsonText, { maxLength: 4 }), async (elements) => {
        const text = `{"items":[${elements.join(',')}]}`;
        const json = new IncrementalJson();
        const values = cut(text, [3]).map((piece) => {
          json.push(piece);
          return json.value;
        });
        const { items } = json.value as { items: unknown[] };
        expect(await collect(values, 'items')).toEqual(items);
      }),
    );
  });

  it('throws at once for what is no path', () => {
    expect(() => completedElements('a.')).toThrow(TypeError);
  });

  it('emits what it is said to', () => {
    const element$ = of<unknown>([1]).pipe(completedElements<number>(''));
    expectTypeOf(element$).toEqualTypeOf<Observable<number>>();
    expectTypeOf(of([1]).pipe(completedElements(''))).toEqualTypeOf<Observable<unknown>>();
    expect(element$).toBeDefined();
  });
});
