import { cut } from '../http/chunking.js';
import type { Exchange } from '../http/http-exchange.js';
import { foldWire } from './fold-wire.js';
import { wantsStream } from './messages-endpoint.js';
import { playRecording } from './play-recording.js';
import type { Playback } from './playback.js';
import { errorBody, errorStatusOf, errorTypeOf } from './provider-error.js';
import { eventOf, isRecording, type Recording } from './recording.js';

/** An answer of any status, headers and body; an object is sent as JSON. */
export interface HttpReply {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Recording | object;
}

/** What one request is answered: a recording, or whatever else HTTP can say. */
export type Reply = Recording | HttpReply;

const json = { 'content-type': 'application/json' };

/** The head of an event stream as the service sends it. */
export const eventStream = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
};

/** Gives `reply` as `playback` says: a recording as an event stream, or whole if the request wants no stream. */
export async function giveReply(
  exchange: Exchange,
  reply: Reply,
  playback: Playback,
): Promise<void> {
  const { status = 200, headers = {}, body } = isRecording(reply) ? { body: reply } : reply;
  if (isRecording(body)) {
    if (!wantsStream(exchange.seen)) {
      return giveReply(exchange, { status, headers, ...wholeReply(body) }, playback);
    }
    exchange.head(status, { ...eventStream, ...playback.headers, ...headers });
    await playRecording(exchange, body, playback);
  } else {
    const isText = typeof body === 'string' || body instanceof Uint8Array;
    const bytes = isText ? Buffer.from(body) : Buffer.from(body ? JSON.stringify(body) : '');
    exchange.head(status, { ...(isText || !body ? {} : json), ...playback.headers, ...headers });
    for (const chunk of cut([bytes], playback.chunking)) {
      if (!(await exchange.write(chunk))) return;
    }
  }
  await exchange.end();
}

/** Gives an error as the service shapes it. */
export async function giveError(
  exchange: Exchange,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  type: string = errorTypeOf(status),
): Promise<void> {
  exchange.head(status, { ...json, ...headers });
  await exchange.write(Buffer.from(JSON.stringify(errorBody(type, message, exchange.requestId))));
  await exchange.end();
}

function wholeReply(recording: Recording): HttpReply {
  const body = foldWire(recording.map(eventOf));
  if (!body) {
    throw new Error(
      'a request without "stream": true met a recording that ends before message_stop',
    );
  }
  if (body.type === 'message') return { body };
  const { type = '' } = { ...(body['error'] as { type?: string } | undefined) };
  return { status: errorStatusOf(type), body };
}
