import { map, NEVER, of, type OperatorFunction, reduce, take, throwError } from 'rxjs';
import { foldChunks, foldMessages } from 'rxlm';
import { Folding } from '../../../lib/core/run/fold-as-it-passes.js';

const broken = new Error('broken');
const folded = <C, O>(fold: OperatorFunction<C, O>, ...chunks: C[]) => {
  const folding = new Folding(fold);
  for (const chunk of chunks) folding.add(chunk);
  return folding;
};

describe('Folding', () => {
  it('gives the fold of what was added', () => {
    expect(folded(foldChunks<string>(), 'gold', 'fish').end()).toBe('goldfish');
    expect(
      folded(
        reduce((sum, n: number) => sum + n),
        1,
        2,
        3,
      ).end(),
    ).toBe(6);
  });

  it('gives undefined where a fold makes nothing, and what it makes of nothing', () => {
    expect(folded(foldChunks<string>()).end()).toBeUndefined();
    expect(folded(foldMessages()).end()?.text).toBe('');
  });

  it('gives the same when it is ended again', () => {
    const folding = folded(foldChunks<string>(), 'a');
    expect([folding.end(), folding.end()]).toEqual(['a', 'a']);
  });

  it('takes a fold that is content early', () => {
    expect(folded(take<string>(1), 'a', 'b').end()).toBe('a');
  });

  it('takes a fold that looks at no chunk', () => {
    expect(folded(() => of('fixed'), 'a').end()).toBe('fixed');
    expect(folded(() => NEVER, 'a').end()).toBeUndefined();
  });

  const failing = (): never => {
    throw broken;
  };
  it.each<[string, OperatorFunction<string, string>]>([
    ['its operator', () => throwError(() => broken)],
    ['a chunk', map<string, string>(failing)],
    ['being called', failing],
  ])('keeps a failure by %s for the end', (_, fold) => {
    const folding = folded(fold, 'a', 'b');
    const end = () => {
      folding.end();
    };
    expect(end).toThrow(broken);
    expect(end).toThrow(broken);
  });
});
