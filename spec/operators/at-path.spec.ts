import { expectTypeOf } from 'expect-type';
import { lastValueFrom, type Observable, of, range, map, take, tap, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { DeepPartial } from '../../lib/json/deep-partial.js';
import { IncrementalJson } from '../../lib/json/incremental-json.js';
import type { JsonPath } from '../../lib/json/internal/json-path.js';
import { atPath, type PathMatch } from '../../lib/operators/at-path.js';

interface Order {
  user: { name: string };
  items: { title: string }[];
}

/** The value of a document after each character of its text. */
function growing(text: string): unknown[] {
  const json = new IncrementalJson();
  return text.split('').map((piece) => {
    json.push(piece);
    return json.value;
  });
}

const collect = (values: readonly unknown[], path: JsonPath): Promise<unknown[]> =>
  lastValueFrom(of(...values).pipe(atPath(path), toArray()));

describe('atPath', () => {
  let scheduler: TestScheduler;
  beforeEach(() => {
    scheduler = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });
  });

  const values = {
    a: {},
    b: { user: { name: 'A' } },
    c: { user: { name: 'Ad' } },
    d: { user: { name: 'Ad' }, items: [{ title: 'x' }] },
    e: { user: { name: 'Ad' }, items: [{ title: 'xy' }, { title: 'z' }] },
  };

  it('emits the value at a path when it is there and when it changes', () => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-b-c-d-e-|', values);
      const expected = '      ---A-B-----|';
      expectObservable(source$.pipe(atPath('user.name'))).toBe(expected, { A: 'A', B: 'Ad' });
      expectSubscriptions(source$.subscriptions).toBe('^----------!');
    });
  });

  it('emits every match of `*` that changes, with its path', () => {
    const match = (index: number, value: string) => ({ path: ['items', index, 'title'], value });
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -a-b-c-d-e---|', values);
      const expected = '      -------x-(yz)|';
      expectObservable(source$.pipe(atPath('items.*.title'))).toBe(expected, {
        x: match(0, 'x'),
        y: match(0, 'xy'),
        z: match(1, 'z'),
      });
      expectSubscriptions(source$.subscriptions).toBe('^------------!');
    });
  });

  it.each(['user.name', 'items.*'])('passes an error behind the values (%s)', (path) => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('a-#', values);
      expectObservable(source$.pipe(atPath(path))).toBe('--#');
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    });
  });

  it.each(['user.name', 'items.*'])('unsubscribes from its source (%s)', (path) => {
    scheduler.run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('a-a-a-', values);
      expectObservable(source$.pipe(atPath(path)), '---!').toBe('----');
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    });
  });

  it.each(['at', 'list.*'])('stops a synchronous source early (%s)', (path) => {
    let produced = 0;
    range(1, 100)
      .pipe(
        tap(() => produced++),
        map((at) => ({ at, list: [at, at] })),
        atPath(path),
        take(2),
      )
      .subscribe();
    expect(produced).toBe(path === 'at' ? 2 : 1);
  });

  it('starts anew for each subscriber', async () => {
    const match$ = of({ list: [1] }).pipe(atPath('list.*'), toArray());
    expect(await lastValueFrom(match$)).toEqual(await lastValueFrom(match$));
  });

  it('grows with a document', async () => {
    const values = growing('{"items":[{"title":"Au"},{"n":1,"title":"Fe"}]}');
    expect(await collect(values, 'items.1.title')).toEqual(['', 'F', 'Fe']);
    const matches = (await collect(values, 'items.*.title')) as PathMatch[];
    expect(matches.map(({ path, value }) => [path[1], value])).toEqual([
      [0, ''],
      [0, 'A'],
      [0, 'Au'],
      [1, ''],
      [1, 'F'],
      [1, 'Fe'],
    ]);
  });

  it('takes the whole, members of objects, and keys with dots', async () => {
    const values = [undefined, { 'a.b': 1 }, { 'a.b': 1, c: 2 }];
    expect(await collect(values, '')).toEqual(values.slice(1));
    expect(await collect(values, ['a.b'])).toEqual([1]);
    expect(await collect(values, '*')).toEqual([
      { path: ['a.b'], value: 1 },
      { path: ['c'], value: 2 },
    ]);
  });

  it('takes null for a value, and goes by own members only', async () => {
    expect(await collect([{ a: null }], 'a')).toEqual([null]);
    expect(await collect([{ a: [null] }], 'a.*')).toEqual([{ path: ['a', 0], value: null }]);
    expect(await collect([{}, []], 'constructor')).toEqual([]);
    expect(await collect([[1, 2]], 'length')).toEqual([]);
    expect(await collect([JSON.parse('{"__proto__":1}')], '__proto__')).toEqual([1]);
  });

  it('does not look into what has not changed', async () => {
    let looks = 0;
    const shared = new Proxy(
      { title: 'x' },
      {
        getOwnPropertyDescriptor: (target, key) => {
          looks++;
          return Reflect.getOwnPropertyDescriptor(target, key);
        },
      },
    );
    const looksAt = async (values: readonly unknown[]): Promise<number> => {
      looks = 0;
      await collect(values, 'list.*.title');
      return looks;
    };
    const values = [{ list: [shared] }, { list: [shared, 2] }, { list: [shared, 2, 3] }];
    expect(await looksAt(values)).toBe(await looksAt(values.slice(0, 1)));
    expect(looks).toBeGreaterThan(0);
  });

  it('throws at once for what is no path', () => {
    expect(() => atPath('a..b')).toThrow(TypeError);
    expect(() => atPath(7 as unknown as string)).toThrow('not 7');
  });

  it('knows types', () => {
    const order$ = of<DeepPartial<Order>>({ user: {} });
    const path: string = 'user';
    expectTypeOf(order$.pipe(atPath('user.name'))).toEqualTypeOf<Observable<string>>();
    expectTypeOf(order$.pipe(atPath('items.*.title'))).toEqualTypeOf<
      Observable<PathMatch<string>>
    >();
    expectTypeOf(order$.pipe(atPath(['items', 0, 'title']))).toEqualTypeOf<Observable<string>>();
    expectTypeOf(order$.pipe(atPath(['items', '*']))).toEqualTypeOf<
      Observable<PathMatch<{ title?: string }>>
    >();
    expectTypeOf(order$.pipe(atPath(path))).toEqualTypeOf<Observable<unknown>>();
    expectTypeOf(order$.pipe(atPath([path]))).toEqualTypeOf<Observable<unknown>>();
    expectTypeOf(of<unknown>(1).pipe(atPath('a.*'))).toEqualTypeOf<Observable<PathMatch>>();
    expect(path).toBe('user');
  });
});
