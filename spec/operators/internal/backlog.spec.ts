import { Backlog } from '../../../lib/operators/internal/backlog.js';
import { mergingOf } from '../../../lib/operators/internal/merge-adjacent.js';

const fill = <T>(backlog: Backlog<T>, ...values: T[]): Backlog<T> => {
  for (const value of values) backlog.put(value);
  return backlog;
};

describe('Backlog', () => {
  it('gives values back in their order', () => {
    const backlog = fill(new Backlog<number>(64), 1, 2);
    expect(backlog.take()).toBe(1);
    fill(backlog, 3);
    expect([...backlog.takeAll()]).toEqual([2, 3]);
    expect(backlog.isEmpty).toBe(true);
    fill(backlog, 4);
    expect([...backlog.takeAll()]).toEqual([4]);
  });

  it('gives those that are put while others are taken after them', () => {
    const backlog = fill(new Backlog<string>(64, mergingOf), 'a');
    const taken: string[] = [];
    for (const value of backlog.takeAll()) {
      taken.push(value);
      if (taken.length === 1) fill(backlog, 'b', 'c');
    }
    expect(taken).toEqual(['a', 'bc']);
  });

  it('holds neighbours merged, if it is given a merge function, and one alone as it came', () => {
    const alone = { some: 'value' };
    const backlog = fill(new Backlog<unknown>(64, mergingOf), 'a', 'b', 1, 'c', 'd', 'e', alone);
    expect([...backlog.takeAll()]).toEqual(['ab', 1, 'cde', alone]);
    fill(backlog, alone);
    expect(backlog.take()).toBe(alone);
  });

  it('merges nothing into what has been taken', () => {
    const backlog = fill(new Backlog<string>(64, mergingOf), 'a', 'b');
    expect(backlog.take()).toBe('ab');
    fill(backlog, 'c');
    expect(backlog.take()).toBe('c');
  });

  it('[19] is closed from the mark on, and opens at half of it; what is merged counts', () => {
    const backlog = new Backlog<unknown>(4, mergingOf);
    const opened = jest.fn();
    fill(backlog, 'a', 'b', 1);
    expect(backlog.closed).toBe(false);
    fill(backlog, 2);
    expect(backlog.closed).toBe(true);
    backlog.heed();
    backlog.onOpen(opened);
    const takeBack = backlog.onOpen(() => {
      throw new Error('taken back');
    });
    takeBack();
    expect(opened).not.toHaveBeenCalled();
    expect(backlog.take()).toBe('ab');
    expect(backlog.closed).toBe(false);
    expect(opened).toHaveBeenCalledTimes(1);
    backlog.take();
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('does not open above half of the mark', () => {
    const backlog = fill(new Backlog<number>(4), 1, 2, 3, 4);
    const opened = jest.fn();
    backlog.onOpen(opened);
    backlog.take();
    expect(opened).not.toHaveBeenCalled();
    backlog.take();
    expect(opened).toHaveBeenCalledTimes(1);
  });
});
