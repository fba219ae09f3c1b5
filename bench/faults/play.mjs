import { startFaultServer } from 'rxlm/testing';
import { now, wait } from './wait.mjs';

export const BOUND = 10_000;

/** Plays one variant against a server of its own; gives what the client said and what the server saw. */
export async function play(worker, variant) {
  const { fault = ['good'], url, consumer = 'read', options = {}, settings = {} } = variant;
  const { bound = BOUND, linger = 0, exits = false, right } = variant;
  const server = await startFaultServer();
  try {
    const baseURL = url === undefined ? server.baseUrl(...fault) : url(server);
    const urls = { fault: baseURL, good: server.baseUrl('good') };
    const request = { consumer, options, urls, bound, exits };
    const seen = await worker.play({ ...request, settings: { maxRetries: 2, ...settings } });
    if (exits) seen.exitMs = await exitOf(worker, seen);
    await wait(linger);
    const { pathname } = new URL(baseURL, 'http://localhost');
    const requests = server.requests.filter(({ path }) => path.startsWith(pathname));
    return {
      ...seen,
      closeMs: await closeOf(requests.at(-1), seen, patienceFor(right)),
      requests: requests.length,
      gaps: requests.slice(1).map(({ at }, index) => at - requests[index].at),
      sentBytes: requests.reduce((sum, { sent }) => sum + sent.bytes, 0),
      sinkRequests: server.sink.requests.length,
    };
  } finally {
    await server.close();
  }
}

/** How long a close is waited for, where there has to be one. */
const patienceFor = ({ closeMs, tellsThrow }) =>
  closeMs === undefined && tellsThrow === undefined ? 0 : 1000;

/** Milliseconds from the end, or from leaving, to the close that the server saw, by the client. */
async function closeOf(request, { outcome, endedAt }, patience) {
  if (request === undefined || outcome === 'hang' || outcome === 'exit') return undefined;
  const closed = await Promise.race([request.closed, wait(patience)]);
  if (closed === undefined || closed.by !== 'client') return undefined;
  return Math.max(0, performance.timeOrigin + closed.at - endedAt);
}

async function exitOf(worker, { endedAt }) {
  const exited = await Promise.race([worker.exited, wait(3000)]);
  return exited === undefined ? Infinity : now() - endedAt;
}
