import { FrequentDelta } from '../node_modules/rxlm/dist/esm/anthropic/frequent-delta.js';

/** The share of deltas, in percent, that the fast path has read, on their way from the socket to the subscriber. */
export async function perform(run, { model }) {
  const read = FrequentDelta.prototype.read;
  let hits = 0;
  let deltas = 0;
  FrequentDelta.prototype.read = function (...args) {
    const hit = read.apply(this, args);
    if (hit) hits += 1;
    return hit;
  };
  await run(model, (piece) => {
    if (piece !== '') deltas += 1;
  });
  FrequentDelta.prototype.read = read;
  return { percent: (100 * hits) / deltas };
}
