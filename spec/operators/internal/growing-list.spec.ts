import fc from 'fast-check';
import { GrowingList } from '../../../lib/operators/internal/growing-list.js';

describe('GrowingList', () => {
  it('never changes: each list keeps what it had', () => {
    const none = new GrowingList<string>();
    const one = none.with(0, 'a');
    const two = one.with(1, 'b');
    const other = two.with(0, 'c');
    expect([none, one, two, other].map(({ items }) => items)).toEqual([
      [],
      ['a'],
      ['a', 'b'],
      ['c', 'b'],
    ]);
    expect([none, one, two, other].map(({ length }) => length)).toEqual([0, 1, 2, 2]);
  });

  it('gives the same array each time', () => {
    const list = new GrowingList<string>().with(0, 'a');
    expect(list.items).toBe(list.items);
  });

  it('is what an array would be, whenever it is read', () => {
    const change = fc.record({ at: fc.nat(), item: fc.nat(), read: fc.nat({ max: 9 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        let list = new GrowingList<number>();
        let array: number[] = [];
        const lists = [];
        for (const { at, item, read } of changes) {
          const index = at % (array.length + 1);
          array = [...array];
          array[index] = item;
          list = list.with(index, item);
          if (read === 0) expect(list.items).toEqual(array);
          lists.push([list, array] as const);
        }
        for (const [each, expected] of lists) expect(each.items).toEqual(expected);
      }),
    );
  });

  it('makes few arrays of many changes, however long it is', () => {
    const copied: number[] = [];
    const base = Array.from({ length: 1000 }, (_, n) => n);
    const iterate = base[Symbol.iterator].bind(base);
    base[Symbol.iterator] = () => {
      copied.push(base.length);
      return iterate();
    };
    let list = new GrowingList(base);
    for (let n = 0; n < 1000; n++) list = list.with(n % 1000, -n);
    expect(copied).toEqual([]);
    list = list.with(0, 1);
    expect(copied).toEqual([1000]);
    expect(list.items.slice(0, 3)).toEqual([1, -1, -2]);
    expect(copied).toEqual([1000]);
  });
});
