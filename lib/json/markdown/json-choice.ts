import type { JsonCandidate } from './json-candidate.js';
import type { JsonProblem } from '../json-problem.js';

/** From a fence that is tagged as JSON down to a value that a fenced program assigns. */
export const RANK = {
  jsonFence: 7,
  fence: 6,
  ownLine: 5,
  object: 4,
  array: 3,
  mark: 2,
  assigned: 1,
} as const;

interface Choice {
  readonly rank: number;
  readonly candidate: JsonCandidate;
  readonly problem: JsonProblem | undefined;
}

/**
 * @internal Which of the candidates of a text is its JSON: one of the highest rank. Of fences the first that can be
 * read counts; of others there must not be two, unless they are equal.
 */
export class JsonChoice {
  #best: Choice | undefined;

  get rank(): number {
    return this.#best?.rank ?? -1;
  }

  get value(): unknown {
    return this.#best?.candidate.value;
  }

  get isMade(): boolean {
    return this.#best !== undefined;
  }

  get problem(): JsonProblem | undefined {
    return this.#best?.problem;
  }

  /** Takes a candidate that has ended, whole or with a problem. */
  add(rank: number, candidate: JsonCandidate, problem?: JsonProblem): void {
    const best = this.#best;
    if (best === undefined || rank > best.rank) this.#best = { rank, candidate, problem };
    if (best?.rank !== rank) return;
    if (rank >= RANK.fence) {
      if (best.problem !== undefined && problem === undefined)
        this.#best = { rank, candidate, problem };
    } else if (best.problem === undefined && (problem !== undefined || !isSame(best, candidate))) {
      this.#best = { ...best, problem: problem ?? rivalAt(candidate.start) };
    }
  }

  /** A value of prose has turned out to go on behind its end. */
  spoil(position: number): void {
    const best = this.#best;
    if (best === undefined || best.rank >= RANK.fence) return;
    const problem: JsonProblem = {
      reason: 'syntax',
      position,
      message: 'expected nothing behind the value that would go on with it',
    };
    this.#best = { ...best, problem: best.problem ?? problem };
  }
}

function isSame({ candidate }: Choice, other: JsonCandidate): boolean {
  return JSON.stringify(candidate.value) === JSON.stringify(other.value);
}

function rivalAt(position: number): JsonProblem {
  return { reason: 'syntax', position, message: 'expected one value, and there is another' };
}
