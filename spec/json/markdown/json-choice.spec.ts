import { JsonCandidate } from '../../../lib/json/markdown/json-candidate.js';
import { JsonChoice, RANK } from '../../../lib/json/markdown/json-choice.js';
import type { JsonProblem } from '../../../lib/json/json-problem.js';

function candidateOf(value: unknown, start = 0): JsonCandidate {
  const text = JSON.stringify(value);
  const candidate = new JsonCandidate(start, text.charAt(0), {});
  for (let at = 0; at < text.length;) at = candidate.read(text, at);
  return candidate;
}
const problem: JsonProblem = { reason: 'syntax', position: 3, message: 'expected a value' };

describe('JsonChoice', () => {
  it('is made with the first candidate', () => {
    const choice = new JsonChoice();
    expect([choice.isMade, choice.rank, choice.value]).toEqual([false, -1, undefined]);
    choice.add(RANK.mark, candidateOf([1]));
    expect([choice.isMade, choice.rank, choice.value]).toEqual([true, RANK.mark, [1]]);
  });

  it('takes what ranks higher, also if it has a problem, and leaves what ranks lower', () => {
    const choice = new JsonChoice();
    choice.add(RANK.array, candidateOf(['a']));
    choice.add(RANK.ownLine, candidateOf(['b']), problem);
    choice.add(RANK.object, candidateOf({ c: 'c' }));
    expect([choice.value, choice.problem]).toEqual([['b'], problem]);
  });

  it('takes of fences the first without a problem', () => {
    const choice = new JsonChoice();
    choice.add(RANK.fence, candidateOf([1]), problem);
    choice.add(RANK.fence, candidateOf([2]));
    choice.add(RANK.fence, candidateOf([3]));
    choice.add(RANK.fence, candidateOf([4]), problem);
    expect([choice.value, choice.problem]).toEqual([[2], undefined]);
  });

  it('has a problem with two of a rank in prose, unless they are equal', () => {
    const choice = new JsonChoice();
    choice.add(RANK.object, candidateOf({ a: 'b' }));
    choice.add(RANK.object, candidateOf({ a: 'b' }, 10));
    expect(choice.problem).toBeUndefined();
    choice.add(RANK.object, candidateOf({ a: 'c' }, 20));
    expect(choice.problem).toMatchObject({ position: 20 });
    choice.add(RANK.object, candidateOf({ a: 'd' }, 30));
    expect(choice.problem).toMatchObject({ position: 20 });
  });

  it('has a problem with one that is broken beside one that is not', () => {
    const choice = new JsonChoice();
    choice.add(RANK.object, candidateOf({ a: 'b' }));
    choice.add(RANK.object, candidateOf({ a: 'b' }), problem);
    expect(choice.problem).toBe(problem);
  });

  it('is spoiled by what goes on behind a value of prose, not by what follows a fence', () => {
    const choice = new JsonChoice();
    choice.spoil(1);
    choice.add(RANK.object, candidateOf({ a: 'b' }));
    choice.spoil(7);
    choice.spoil(8);
    expect(choice.problem).toMatchObject({ position: 7 });
    choice.add(RANK.fence, candidateOf([1]));
    choice.spoil(9);
    expect(choice.problem).toBeUndefined();
  });
});
