/** A source of numbers in [0, 1), as `Math.random` is. */
export type Random = () => number;

/** The same numbers in [0, 1) for the same `seed`, so that two runs send the same bytes (mulberry32). */
export function seededRandom(seed = 1): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
