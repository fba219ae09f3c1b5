const WARM_UP = 10;
/** The slow ones take part in one round of so many. */
const EVERY = 5;

/**
 * Takes the contenders in turn, round after round (A B C A B C …), so that what slows the machine slows all of them.
 * Many short rounds, because a machine's moods pass. Gives what `turn` gives, by field, contender and round.
 */
export async function interleave(
  contenders,
  { rounds, warmUp = WARM_UP, isSlow, slowEvery = EVERY, turn },
) {
  const fields = {};
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const contender of contenders) {
      if (isSlow?.(contender) && round % slowEvery !== 0) continue;
      const values = await turn(contender);
      if (round < 0) continue;
      for (const [field, value] of Object.entries(values))
        ((fields[field] ??= {})[contender] ??= []).push(Number(value.toPrecision(4)));
    }
  }
  return fields;
}

/** Interleaved runs of one model, which must all say the same: µs of CPU and of wall time by chunk. */
export async function measureRuns(contenders, { workers, model, chunks, runsOf, ...options }) {
  const hashes = new Map();
  return interleave(contenders, {
    ...options,
    turn: async (contender) => {
      const runs = runsOf(contender);
      const { cpu, wall, hashes: said } = await workers.turn(contender, { model, runs });
      for (const hash of said) hashes.set(hash, contender);
      if (hashes.size > 1)
        throw new Error(`contenders disagree on ${model}: ${[...hashes.values()].join(', ')}`);
      return { cpu: cpu / runs / chunks, wall: wall / runs / chunks };
    },
  });
}
