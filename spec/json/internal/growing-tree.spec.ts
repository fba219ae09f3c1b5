import { ArrayDraft, ObjectDraft } from '../../../lib/json/internal/open-container.js';
import { GrowingTree } from '../../../lib/json/internal/growing-tree.js';

function object(tree: GrowingTree, key: string): void {
  tree.open(new ObjectDraft());
  tree.name(key);
}

describe('GrowingTree', () => {
  it('shows nothing at first, then scalars and strings as they are', () => {
    const tree = new GrowingTree();
    expect(tree.snapshot(0, false)).toBeUndefined();
    tree.grow('a');
    expect(tree.snapshot(1, false)).toBe('a');
    tree.grow('ab');
    tree.endString();
    expect(tree.snapshot(2, false)).toBe('ab');
  });

  it('knows where the open place is', () => {
    const tree = new GrowingTree();
    expect([tree.depth, tree.insideArray]).toEqual([0, false]);
    tree.open(new ArrayDraft());
    expect([tree.depth, tree.insideArray]).toEqual([1, true]);
    object(tree, 'k');
    expect([tree.depth, tree.insideArray]).toEqual([2, false]);
    tree.close();
    expect([tree.depth, tree.insideArray]).toEqual([1, true]);
  });

  it('gives the same snapshot while nothing has changed', () => {
    const tree = new GrowingTree();
    object(tree, 'k');
    tree.grow('v');
    const snapshot = tree.snapshot(1, false);
    expect(snapshot).toEqual({ k: 'v' });
    tree.endString();
    expect(tree.snapshot(2, false)).toBe(snapshot);
    tree.name('l');
    expect(tree.snapshot(3, false)).toBe(snapshot);
    tree.close();
    expect(tree.snapshot(4, false)).toBe(snapshot);
  });

  it('copies the open containers only', () => {
    const tree = new GrowingTree();
    object(tree, 'whole');
    tree.open(new ArrayDraft());
    tree.put(1);
    const [first] = [tree.snapshot(1, false) as { whole: number[] }];
    tree.close();
    tree.name('open');
    tree.open(new ArrayDraft());
    const second = tree.snapshot(2, false) as { whole: number[]; open: number[] };
    tree.put(2);
    const third = tree.snapshot(3, false) as { whole: number[]; open: number[] };
    expect([first, second, third]).toEqual([
      { whole: [1] },
      { whole: [1], open: [] },
      { whole: [1], open: [2] },
    ]);
    expect(second.whole).toBe(first.whole);
    expect(third.whole).toBe(first.whole);
    expect(third.open).not.toBe(second.open);
  });

  it('gives an older snapshot where a new one is not paid for, unless it is to be exact', () => {
    const tree = new GrowingTree();
    tree.open(new ArrayDraft());
    for (let at = 0; at < 100_000; at++) tree.put(at);
    expect(tree.snapshot(100_000, false)).toHaveLength(100_000);
    tree.put('one more');
    expect(tree.snapshot(100_001, false)).toHaveLength(100_000);
    expect(tree.snapshot(100_001, true)).toHaveLength(100_001);
  });

  it('gives a new one for twice the text, whatever it costs', () => {
    const tree = new GrowingTree();
    tree.open(new ArrayDraft());
    for (let at = 0; at < 100_000; at++) tree.put(at);
    for (const length of [1000, 2000, 4000]) {
      tree.put('one more');
      const shown = tree.snapshot(length, false);
      tree.put('another');
      expect(tree.snapshot(2 * length - 1, false)).toBe(shown);
    }
  });

  it('charges nothing for what is closed', () => {
    const tree = new GrowingTree();
    object(tree, 'wide');
    tree.open(new ArrayDraft());
    for (let at = 0; at < 100_000; at++) tree.put(at);
    tree.close();
    tree.name('next');
    for (const text of ['a', 'ab']) {
      tree.grow(text);
      expect(tree.snapshot(0, false)).toMatchObject({ next: text });
    }
  });
});
