import type { Exchange } from '../../http/http-exchange.js';
import { seededRandom } from '../../http/seeded-random.js';
import type { Playback } from '../playback.js';
import { GOOD } from '../recordings/good-answer.js';
import { errorTypeOf } from '../provider-error.js';
import { giveReply } from '../reply.js';
import { sendFrames } from '../../http/send-frames.js';
import type { WireEvent } from '../wire-event.js';
import { type FaultWire, ownWire } from './fault-wire.js';

/** A wire event, framed as the service frames it, or text or bytes sent as they are. */
export type Part = WireEvent | string | Uint8Array;

/** Where a fault plays: the exchange with one client, and the means to answer it. */
export class Stage {
  readonly exchange: Exchange;
  /** The base URL of another origin, which writes down what reaches it. */
  readonly sinkUrl: string;
  /** How the server was told to send. */
  readonly playback: Playback;
  readonly wire: FaultWire;

  constructor(exchange: Exchange, sinkUrl: string, playback: Playback, wire = ownWire) {
    this.wire = wire;
    this.exchange = exchange;
    this.sinkUrl = sinkUrl;
    this.playback = playback;
  }

  /** Sends the head of a sound event stream, with these headers on top. */
  open(headers: Readonly<Record<string, string>> = {}): void {
    this.exchange.head(200, {
      ...this.wire.headers,
      ...this.playback.headers,
      ...headers,
    });
  }

  /** Sends the parts, in pieces as the server's `chunking` says; `false` if the client left meanwhile. */
  send(parts: readonly Part[]): Promise<boolean> {
    const frames = parts.map((part) => this.encode(part));
    return sendFrames(this.exchange, frames, this.playback.chunking);
  }

  /** Sends the parts with a pause of `ms` after each. */
  async drip(parts: Iterable<Part>, ms: number): Promise<boolean> {
    for (const part of parts) {
      if (!(await this.send([part])) || !(await this.exchange.wait(ms))) return false;
    }
    return true;
  }

  /** Sends the same bytes over and over, as fast as the client takes them, until it leaves. */
  async pour(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) throw new Error('this wire has no frame for what is sent for ever');
    while (await this.exchange.write(bytes));
  }

  /** A whole answer: the head, the parts, and the regular end of the body. */
  async stream(parts: readonly Part[], headers?: Readonly<Record<string, string>>): Promise<void> {
    this.open(headers);
    await this.send(parts);
    await this.exchange.end();
  }

  /** Nothing more, until the client leaves. */
  silence(): Promise<void> {
    return this.exchange.gone;
  }

  /** Refuses with a status. */
  async refuse(
    status: number,
    message: string,
    headers: Readonly<Record<string, string>> = {},
    type: string = errorTypeOf(status),
  ): Promise<void> {
    const { exchange, wire } = this;
    exchange.head(status, { 'content-type': 'application/json', ...headers });
    await this.send([JSON.stringify(wire.refusal(status, type, message, exchange.requestId))]);
    await exchange.end();
  }

  /** The answer without a fault. */
  good(): Promise<void> {
    if (this.wire !== ownWire) return this.stream(GOOD);
    return giveReply(this.exchange, GOOD, this.playback);
  }

  encode(part: Part): Uint8Array {
    if (typeof part === 'string') return Buffer.from(part);
    return part instanceof Uint8Array ? part : this.wire.encode(part, this.playback.random);
  }

  /** The bytes of a whole body, padded alike each time. */
  body(events: Iterable<WireEvent>, random = seededRandom()): Buffer {
    return Buffer.concat(Array.from(events, (event) => this.wire.encode(event, random)));
  }
}
