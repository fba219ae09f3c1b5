import { ArrayDraft, type Draft, ObjectDraft } from '../../../lib/json/internal/open-container.js';

function add(draft: Draft, value: unknown, key = ''): void {
  if (draft instanceof ObjectDraft) draft.key = key;
  draft.set(value);
  draft.next();
}

describe('ArrayDraft', () => {
  it('puts values one behind the other, the open one again and again', () => {
    const draft = new ArrayDraft();
    add(draft, 1);
    draft.set('v');
    draft.set('vw');
    expect(draft.value).toEqual([1, 'vw']);
    draft.next();
    add(draft, 3);
    expect(draft.value).toEqual([1, 'vw', 3]);
  });

  it('copies are its own no more', () => {
    const draft = new ArrayDraft();
    add(draft, 1);
    const copy = draft.copy();
    add(draft, 2);
    expect(copy).toEqual([1]);
  });
});

describe('ObjectDraft', () => {
  it('puts values under their keys, of a repeated key the last', () => {
    const draft = new ObjectDraft();
    add(draft, 1, 'k');
    add(draft, 2, 'l');
    add(draft, 3, 'k');
    expect(Object.entries(draft.value)).toEqual([
      ['k', 3],
      ['l', 2],
    ]);
  });

  it.each([0, 11, 12, 13, 500])('keeps %d members in order, plain and `__proto__` too', (size) => {
    const draft = new ObjectDraft();
    for (let at = 0; at < size; at++) add(draft, at, `k${at}`);
    add(draft, 'first', '__proto__');
    add(draft, 'last', '__proto__');
    expect(Object.keys(draft.copy())).toEqual(
      [...Array(size).keys()].map((at) => `k${at}`).concat('__proto__'),
    );
    expect(Object.getPrototypeOf(draft.value)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(draft.copy(), '__proto__')).toEqual({
      value: 'last',
      writable: true,
      enumerable: true,
      configurable: true,
    });
  });
});

it.each([new ArrayDraft(), new ObjectDraft()])('%p costs more with every member', (draft) => {
  let before = 0;
  for (let at = 0; at < 300; at++) {
    expect(draft.cost).toBeGreaterThan(before);
    before = draft.cost;
    add(draft, at, 'k');
  }
});
