import { expectTypeOf } from 'expect-type';
import type { DeepPartial } from '../../../lib/json/deep-partial.js';
import {
  changedKeys,
  isIndex,
  type JsonPath,
  keysAt,
  memberAt,
  parsePath,
  type ValueAt,
} from '../../../lib/json/internal/json-path.js';

interface Order {
  customer: { name: string; age: number | null };
  items: { title: string; tags: string[] }[];
  pair: [number, string];
  extra: Record<string, boolean>;
  free: unknown;
}

describe('parsePath', () => {
  it.each<[JsonPath, string[]]>([
    ['', []],
    [[], []],
    ['a', ['a']],
    ['items.*.0.title', ['items', '*', '0', 'title']],
    [
      ['a.b', 0, '*', ''],
      ['a.b', '0', '*', ''],
    ],
    ['__proto__', ['__proto__']],
  ])('of %j', (path, keys) => {
    expect(parsePath(path)).toEqual(keys);
  });

  it.each([
    [undefined, 'path must be keys joined by dots, or an array of keys, not undefined'],
    [7, 'path must be keys joined by dots, or an array of keys, not 7'],
    ['a..b', 'path must be keys joined by dots, or an array of keys, not "a..b"'],
    ['.', 'path must be keys joined by dots, or an array of keys, not "."'],
    [['a', -1], 'path must hold keys and indexes, not -1'],
    [[1.5], 'path must hold keys and indexes, not 1.5'],
    [[null], 'path must hold keys and indexes, not null'],
  ])('refuses %j', (path, message) => {
    expect(() => parsePath(path as JsonPath)).toThrow(new TypeError(message));
  });
});

describe('memberAt', () => {
  it.each<[unknown, string | number, unknown]>([
    [{ a: 1 }, 'a', 1],
    [{ a: null }, 'a', null],
    [{ 7: 1 }, 7, 1],
    [[1, 2], 1, 2],
    [[1, 2], '1', 2],
    [[1, 2], 2, undefined],
    [[1, 2], '01', undefined],
    [[1, 2], 'length', undefined],
    [[1, 2], '', undefined],
    ['ab', 0, undefined],
    ['ab', 'length', undefined],
    [null, 'a', undefined],
    [undefined, 'a', undefined],
    [{}, 'toString', undefined],
    [{}, '__proto__', undefined],
    [JSON.parse('{"__proto__":1}'), '__proto__', 1],
  ])('of %j at %j is %j', (value, key, member) => {
    expect(memberAt(value, key)).toBe(member);
  });
});

describe('keysAt', () => {
  it.each<[unknown, string, (string | number)[]]>([
    [{ a: 1, b: 2 }, '*', ['a', 'b']],
    [['x', 'y'], '*', [0, 1]],
    [{ 0: 1 }, '0', ['0']],
    [['x'], '0', [0]],
    [['x'], 'length', ['length']],
    ['ab', '*', []],
    [null, 'a', []],
  ])('of %j for %j', (value, segment, keys) => {
    expect(keysAt(value, segment)).toEqual(keys);
  });
});

describe('changedKeys', () => {
  const same = {};
  it.each<[unknown, unknown, string, (string | number)[]]>([
    [same, same, '*', []],
    [undefined, [1, 2], '*', [0, 1]],
    [[same, 1], [same, 2, 3], '*', [1, 2]],
    [[1, 2], [1], '*', []],
    [{ a: same, b: 1 }, { a: same, b: 2, c: 3 }, '*', ['b', 'c']],
    [{ a: 1 }, { a: 2, b: 3 }, 'a', ['a']],
    [{ a: 1 }, { a: 1, b: 3 }, 'a', []],
    [{ a: 1 }, {}, 'a', []],
    [[1], { 0: 1 }, '0', []],
  ])('from %j to %j for %j', (previous, next, segment, keys) => {
    expect(changedKeys(previous, next, segment)).toEqual(keys);
  });
});

describe('isIndex', () => {
  it.each(['0', '10', 7])('%j is one', (key) => {
    expect(isIndex(key)).toBe(true);
  });
  it.each(['', '01', '-1', '1.5', 'a', -1, 1.5])('%j is none', (key) => {
    expect(isIndex(key)).toBe(false);
  });
});

describe('ValueAt', () => {
  it('follows a path through types', () => {
    expectTypeOf<ValueAt<Order, ''>>().toEqualTypeOf<Order>();
    expectTypeOf<ValueAt<Order, 'customer.age'>>().toEqualTypeOf<number | null>();
    expectTypeOf<ValueAt<Order, 'items.*.title'>>().toEqualTypeOf<string>();
    expectTypeOf<ValueAt<Order, 'items.0.tags'>>().toEqualTypeOf<string[]>();
    expectTypeOf<ValueAt<Order, readonly ['items', 0, 'tags', '*']>>().toEqualTypeOf<string>();
    expectTypeOf<ValueAt<Order, 'extra.*'>>().toEqualTypeOf<boolean>();
    expectTypeOf<ValueAt<Order, 'extra.any'>>().toEqualTypeOf<boolean>();
    expectTypeOf<ValueAt<Order, 'free.any.thing'>>().toBeUnknown();
    expect(parsePath('free.any.thing')).toHaveLength(3);
  });

  it('follows it through what is partial, too, and finds nothing where nothing is', () => {
    expectTypeOf<ValueAt<DeepPartial<Order>, 'customer.name'>>().toEqualTypeOf<string>();
    expectTypeOf<
      ValueAt<DeepPartial<Order> | undefined, 'items.*.title'>
    >().toEqualTypeOf<string>();
    expectTypeOf<ValueAt<Order, 'customer.nmae'>>().toBeNever();
    expectTypeOf<ValueAt<Order, 'customer.name.x'>>().toBeNever();
    expect(memberAt({ name: 'Ada' }, 'nmae')).toBeUndefined();
  });

  it('is unknown where the path or the value is', () => {
    expectTypeOf<ValueAt<Order, string>>().toBeUnknown();
    expectTypeOf<ValueAt<Order, string[]>>().toBeUnknown();
    expectTypeOf<ValueAt<unknown, 'a.*'>>().toBeUnknown();
    expect(keysAt(undefined, '*')).toEqual([]);
  });
});
