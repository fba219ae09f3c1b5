import { equal } from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallSettings } from '../../http/call-settings.js';
import type { ChatModel } from '../../models/chat-model.js';
import type { Exchange } from '../http/http-exchange.js';
import { type LoopbackServer, startLoopbackServer } from '../http/loopback-server.js';
import type { SeenRequest } from '../http/seen-request.js';
import type { ChatModelWire, WireAnswer } from './chat-model-wire.js';

/** How an answer goes on when all of it has been said: it is proven complete, it fails, or nothing more comes. */
export type Ending = 'complete' | 'error' | 'open';

/** With what the contract connects a model. A model's constructor takes all of it as it is. */
export interface ConnectOptions extends CallSettings {
  readonly apiKey: string;
}

/** Any model of the contract. */
export type AnyChatModel = ChatModel;

/** Answers one request. */
export type Play = (exchange: Exchange) => Promise<unknown>;

/** What every check has: models whose next call is answered as the check says. */
export interface Stage {
  model(answer: WireAnswer, ending?: Ending): AnyChatModel;
}

/** What the checks of a model over HTTP have: the server. */
export interface WireStage extends Stage {
  readonly wire: ChatModelWire;
  /** A base URL whose requests are answered by the plays, in order; then by the last one. */
  serve(...plays: readonly Play[]): Served;
}

export interface Served {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  connect(options?: CallSettings): AnyChatModel;
}

/** How long a check may take: a busy machine takes seconds for the thousand requests of the longest. */
export const CHECK_MS = 60_000;

/** The key of every connection: no error and no event may show it. */
export const CANARY = 'sk-canary-0123456789';

/** Something with which a check of one name is run. */
export interface Check<S extends Stage = Stage> {
  readonly name: string;
  run(stage: S): Promise<void>;
}

/** The checks of a group, in order. */
export function checks<S extends Stage>(
  named: Readonly<Record<string, (stage: S) => Promise<void>>>,
): readonly Check<S>[] {
  return Object.entries(named).map(([name, run]) => ({ name, run }));
}

/** Runs a check on a model over HTTP, with a server of its own. */
export async function onWire(
  wire: ChatModelWire,
  connect: (url: string, options: ConnectOptions) => AnyChatModel,
  run: (stage: WireStage) => Promise<void>,
): Promise<void> {
  const served = new Map<string, { plays: readonly Play[]; requests: SeenRequest[] }>();
  const server: LoopbackServer = await startLoopbackServer(async (exchange) => {
    const [, name = ''] = exchange.seen.path.split('/');
    const known = served.get(name);
    if (known === undefined) throw new Error(`nothing is served at ${exchange.seen.path}`);
    known.requests.push(exchange.seen);
    await known.plays[Math.min(known.requests.length, known.plays.length) - 1]?.(exchange);
  });
  const stage: WireStage = {
    wire,
    serve: (...plays) => {
      const name = `served-${String(served.size)}`;
      const requests: SeenRequest[] = [];
      served.set(name, { plays, requests });
      const url = `${server.url}/${name}`;
      const defaults = { apiKey: CANARY, maxRetries: 0 };
      return {
        url,
        requests,
        connect: (options) => connect(url, { ...defaults, ...options }),
      };
    },
    model: (answer, ending = 'complete') => stage.serve(answered(wire, answer, ending)).connect(),
  };
  const over = new AbortController();
  try {
    await Promise.race([run(stage), tooLong(over.signal)]);
  } finally {
    over.abort();
    await server.close();
  }
}

/** A check that hangs has to fail while its server can still be closed. */
async function tooLong(signal: AbortSignal): Promise<never> {
  await wait(CHECK_MS - 10_000, undefined, { ref: false, signal });
  throw new Error('the check hangs: the run does not end, or a connection is not closed');
}

/** Asserts that the client closes the connection of a request. */
export async function closesConnection(request: SeenRequest | undefined): Promise<void> {
  const close = await Promise.race([request?.closed, wait(5_000, undefined, { ref: false })]);
  equal(close?.by, 'client', 'the connection has to be closed by the client');
}

/** Answers with these texts, each written by itself, and ends as HTTP does. */
export function streamed(wire: ChatModelWire, texts: readonly string[]): Play {
  return async (exchange) => {
    await begun(wire, texts)(exchange);
    await exchange.end();
  };
}

/** Begins to answer with these texts, and says nothing more. */
export function begun(wire: ChatModelWire, texts: readonly string[]): Play {
  return async (exchange) => {
    exchange.head(200, { 'content-type': wire.mediaType ?? 'text/event-stream' });
    for (const text of texts) if (!(await exchange.write(Buffer.from(text)))) return;
  };
}

/** Refuses with a status. */
export function refused(
  wire: ChatModelWire,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Play {
  return async (exchange) => {
    exchange.head(status, { 'content-type': 'application/json', ...headers });
    await exchange.write(Buffer.from(JSON.stringify(wire.refusal(status, message))));
    await exchange.end();
  };
}

function answered(wire: ChatModelWire, answer: WireAnswer, ending: Ending): Play {
  const { frames, proof } = wire.answer(answer);
  if (ending === 'complete') return streamed(wire, frames);
  const unproven = frames.slice(0, proof);
  return ending === 'open'
    ? begun(wire, unproven)
    : streamed(wire, [...unproven, wire.error('the provider failed')]);
}
