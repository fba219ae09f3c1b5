import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Processes of contenders, by their names; `turn` has one do so many runs and tells what they took, in µs. */
export async function openWorkers(contenders, options) {
  const children = new Map();
  for (const contender of contenders) {
    const child = fork(new URL('./worker.mjs', import.meta.url), [
      JSON.stringify({ contender, ...options }),
    ]);
    children.set(contender, child);
    await reply(child, contender);
  }
  return {
    turn: (contender, request) => {
      const child = children.get(contender);
      child.send(request);
      return reply(child, contender);
    },
    close: () => children.forEach((child) => child.kill()),
  };
}

async function reply(child, contender) {
  const settled = new AbortController();
  const { signal } = settled;
  const message = once(child, 'message', { signal }).then(([value]) => value);
  const exit = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`${contender} has ended with code ${code}`);
  });
  try {
    return await Promise.race([message, exit]);
  } finally {
    message.catch(() => {});
    exit.catch(() => {});
    settled.abort();
  }
}

const WARM_UP = 2;

/**
 * Takes the contenders in turn, round after round (A B C A B C …), so that what slows the machine slows all of them.
 * Gives µs by contender and round, for each of the `chunks` of a run. The slow ones sit out every second round.
 */
export async function interleave({
  workers,
  contenders,
  model,
  chunks,
  runsOf,
  rounds,
  isSlow = () => false,
}) {
  const cpu = Object.fromEntries(contenders.map((contender) => [contender, []]));
  const wall = Object.fromEntries(contenders.map((contender) => [contender, []]));
  const hashes = new Map();
  for (let round = -WARM_UP; round < rounds; round += 1) {
    for (const contender of contenders) {
      if (isSlow(contender) && round % 2 !== 0) continue;
      const runs = runsOf(contender);
      const took = await workers.turn(contender, { model, runs });
      for (const hash of took.hashes) hashes.set(hash, contender);
      if (hashes.size > 1)
        throw new Error(`the contenders disagree on ${model}: ${[...hashes.values()].join(', ')}`);
      if (round < 0) continue;
      cpu[contender].push(took.cpu / runs / chunks);
      wall[contender].push(took.wall / runs / chunks);
    }
  }
  return { cpu, wall };
}
