import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { faultPath, parseFaultUrl, type FaultOptions } from './fault-url.js';
import type { ChatModelWire } from '../contract/chat-model-wire.js';
import { faultWireOf, ownWire } from './faults/fault-wire.js';
import { Stage } from './faults/fault-exchange.js';
import { type FaultName, isOnEveryWire } from './faults/all-faults.js';
import { startLoopbackServer, type LoopbackServer } from '../http/loopback-server.js';
import { objectionTo } from './messages-endpoint.js';
import { playbackOf, type PlaybackOptions } from './playback.js';
import { GOOD } from './recordings/good-answer.js';
import { startReplayServer, type ReplayServer } from './replay-server.js';
import { giveError } from './reply.js';
import { refusalOf } from './request-rules/check-request.js';
import { seededRandom } from '../http/seeded-random.js';

/** How a fault server plays, and what it takes. */
export interface FaultServerOptions extends PlaybackOptions {
  /** Refuse what the service is known to refuse, as {@link startReplayServer} does. Default: false. */
  readonly strict?: boolean;
  /**
   * The wire that the faults are written in, such as `openaiChatWire`. Faults of Anthropic's own events, and parts of a
   * URL that this wire has no path for, are `unplanned`; `strict` is not known of it. Default: Anthropic's Messages.
   */
  readonly wire?: ChatModelWire;
}

/** A server that does, by name, what goes wrong in the world. */
export interface FaultServer extends LoopbackServer {
  /** The base URL under which every answer has this fault. */
  baseUrl<N extends FaultName>(name: N, options?: FaultOptions<N>): string;
  /** The server of another origin that redirects point to: its `requests` are what was re-sent there. */
  readonly sink: ReplayServer;
  /** A base URL on which nobody listens: connections to it are refused. */
  readonly refusedUrl: string;
}

/**
 * Starts a server on 127.0.0.1 that speaks the Anthropic Messages protocol, or that of a given wire, and does, by name,
 * what goes wrong in the world; settles when it listens. It tells what it saw as `startReplayServer` does.
 *
 * The first path segment of the base URL names the fault, the next ones its parameters:
 * `http://127.0.0.1:4000/cut-at/bytes=123`; {@link FaultServer.baseUrl} writes it. `faultNames` lists
 * the faults and `faults` tells of each what it does, with its parameters and their defaults. Most are
 * made of `GOOD`, whose events are counted from 0. Every fault also takes `times`: so many requests to
 * that URL get the fault, those after it GOOD. A fault or parameter that does not exist is `unplanned`.
 * A fault plays alike whether a request asked for a stream or not; only `good` answers both.
 *
 * Connections that fail before a server sees them have no name: `refusedUrl` refuses them,
 * `https:` in place of `http:` fails TLS, and a host such as `nowhere.invalid` fails DNS.
 *
 * @example
 * const server = await startFaultServer();
 * const model = new ChatAnthropic({ apiKey: 'any', baseURL: server.baseUrl('end-after', { events: 3 }) });
 * await expect(model.invoke('Hi')).rejects.toMatchObject({ code: 'truncated' });
 * await server.close();
 */
export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  playbackOf(options);
  const { strict = false, wire: other } = options;
  const wire = other === undefined ? ownWire : faultWireOf(other);
  const sink = await startReplayServer({ recordings: [GOOD], cycle: true });
  const refusedUrl = await unusedUrl();
  const answered = new Map<string, number>();

  const server = await startLoopbackServer(async (exchange) => {
    const { name, fault, params, times, pathname, key } = parseFaultUrl(exchange.seen.path);
    if (other !== undefined && !isOnEveryWire(name))
      throw new Error(`the fault "${name}" is one of Anthropic's events`);
    const objection = other === undefined ? objectionTo(exchange.seen, pathname) : undefined;
    if (objection) return giveError(exchange, objection.status, objection.message);
    const refusal = strict ? refusalOf(exchange.seen.body) : undefined;
    if (refusal !== undefined) return giveError(exchange, 400, refusal);
    const before = answered.get(key) ?? 0;
    answered.set(key, before + 1);
    // Padded alike for every request, so that a position in the body means the same byte each time.
    const playback = playbackOf({ random: seededRandom(), ...options });
    const stage = new Stage(exchange, sink.url, playback, wire);
    return before < times ? fault.play(stage, params) : stage.good();
  });

  const closeServer = server.close.bind(server);
  const close = async (): Promise<void> => {
    await Promise.all([closeServer(), sink.close()]);
  };
  return Object.assign(server, {
    sink,
    refusedUrl,
    baseUrl: <N extends FaultName>(name: N, params?: FaultOptions<N>) =>
      `${server.url}${faultPath(name, params)}${other === undefined ? '' : '/v1'}`,
    close,
    [Symbol.asyncDispose]: close,
  });
}

async function unusedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
