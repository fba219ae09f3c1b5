import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const WIRES = { text: 'text-10000', thinking: 'thinking-10000' };
const bench = fileURLToPath(new URL('..', import.meta.url));

/** How many deltas the fast path reads on their way from the socket to the subscriber. */
export async function* fastPath({ baseURL }) {
  const { FrequentDelta, ...contenders } = await fromSource();
  const read = FrequentDelta.prototype.read;
  let hits = 0;
  FrequentDelta.prototype.read = function (...args) {
    const hit = read.apply(this, args);
    if (hit) hits += 1;
    return hit;
  };
  const values = {};
  for (const [workload, model] of Object.entries(WIRES)) {
    let deltas = 0;
    hits = 0;
    await contenders[workload](baseURL)['stream$'](model, (piece) => {
      if (piece !== '') deltas += 1;
    });
    values[`deltas of ${workload}`] = [(100 * hits) / deltas];
  }
  yield { id: 'fast-path', title: 'Deltas that the fast path reads', unit: '%', values };
}

/** rxlm's contenders around rxlm's source, of which the inside can be counted: the package counts nothing. */
async function fromSource() {
  const outfile = `${bench}node_modules/.rxlm-from-source.mjs`;
  await build({
    stdin: {
      contents: `export * from './contenders/rxlm.mjs';
        export { FrequentDelta } from '../lib/anthropic/frequent-delta.ts';`,
      resolveDir: bench,
    },
    alias: {
      rxlm: `${bench}../lib/index.ts`,
      'rxlm/anthropic': `${bench}../lib/anthropic/index.ts`,
    },
    external: ['rxjs', '@anthropic-ai/sdk'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  });
  return import(outfile);
}
