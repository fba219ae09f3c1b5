import { judge } from './judge.mjs';
import { BOUND, play } from './play.mjs';
import { WorkerProcess } from './worker-process.mjs';

/**
 * Plays all variants of the cases by all clients, `lanes` of them at a time; gives the cases with what came of each.
 * Those where it is about time come last, and not more than two at a time.
 */
export async function runAll({ cases, clients, lanes, onResult }) {
  const results = cases.map(({ id, title, variants }) => ({
    id,
    title,
    variants: variants.map(({ name }) => ({ name, clients: {} })),
  }));
  const jobs = cases
    .flatMap((each, index) => clients.map((client) => ({ each, index, client })))
    .sort((a, b) => longest(b.each) - longest(a.each));
  const lane = async (queue) => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const { each, index, client } = job;
      let at = 0;
      for await (const result of playCase(each, client)) {
        results[index].variants[at].clients[client] = result;
        onResult(each, each.variants[at], client, result);
        at += 1;
      }
    }
  };
  const inLanes = (queue, count) => Promise.all(Array.from({ length: count }, () => lane(queue)));
  await inLanes(
    jobs.filter(({ each }) => !each.timed),
    lanes,
  );
  await inLanes(
    jobs.filter(({ each }) => each.timed),
    Math.min(lanes, 2),
  );
  return results;
}

/** What may take long goes first: at the end the other lanes would wait for it. */
const longest = ({ variants }) => Math.max(...variants.map(({ bound = BOUND }) => bound));

/** One process plays the variants in turn; where one has left anything behind, the next gets a new one. */
async function* playCase({ variants }, client) {
  let worker;
  for (const variant of variants) {
    if (worker === undefined || variant.own || variant.exits) {
      worker?.kill();
      worker = new WorkerProcess(client);
      await worker.ready();
    }
    const seen = await play(worker, variant);
    const wrong = judge(variant, seen, client);
    if (variant.own || variant.exits || seen.unhandled.length > 0 || ENDED.includes(seen.outcome)) {
      worker.kill();
      worker = undefined;
    }
    yield toResult(seen, wrong);
  }
  worker?.kill();
}

const ENDED = ['hang', 'exit'];

/** What is kept of an observation. */
function toResult(seen, wrong) {
  const { outcome, error, text, texts, length, closeMs, ms, requests, sinkRequests } = seen;
  const { growth, cpuMs, heapGrowth, sentBytes, exitMs, unhandled, warnings, printed } = seen;
  const kind = error && [error.code ?? error.name, error.phase].filter(Boolean).join(' ');
  return {
    survived: wrong === undefined,
    ...(wrong !== undefined && { wrong }),
    outcome,
    ...(error && { code: kind, status: error.status, type: error.type }),
    partial: text.length > 100 ? `${text.slice(0, 40)}… (${length} characters)` : text,
    texts,
    ms: rounded(ms),
    closeMs: rounded(closeMs),
    requests,
    ...(sinkRequests > 0 && { sinkRequests }),
    ...(growth !== undefined && { growth, sentBytes, cpuMs: rounded(cpuMs) }),
    ...(heapGrowth !== undefined && { heapGrowth }),
    ...(exitMs !== undefined && { exitMs: Number.isFinite(exitMs) ? rounded(exitMs) : 'never' }),
    ...(unhandled.length > 0 && { unhandled }),
    ...(warnings.length > 0 && { warnings }),
    ...(printed > 0 && { printed }),
  };
}

const rounded = (ms) => (ms === undefined ? undefined : Math.round(ms));
