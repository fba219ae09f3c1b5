/** Choices made of a source of numbers in [0, 1). */
export interface Dice {
  chance(probability: number): boolean;
  /** An integer of 0 to `end - 1`. */
  below(end: number): number;
  oneOf<T>(choices: readonly T[]): T;
}

export function diceOf(random: () => number): Dice {
  const below = (end: number): number => Math.floor(random() * end);
  return {
    chance: (probability) => random() < probability,
    below,
    oneOf: <T>(choices: readonly T[]) => choices[below(choices.length)] as T,
  };
}
