import { startLoopbackServer, type LoopbackServer } from '../../lib/testing/http/loopback-server';
import { playbackOf } from '../../lib/testing/anthropic/playback';
import { type Part, Stage } from '../../lib/testing/anthropic/faults/fault-exchange';
import { encodeBody, frameText } from '../../lib/testing/http/frame';
import { GOOD, goodStart } from '../../lib/testing/anthropic/recordings/good-answer';
import {
  blockStart,
  blockStop,
  jsonDelta,
  messageDelta,
  messageStop,
  type WireEvent,
} from '../../lib/testing/anthropic/wire-event';
import { faultBench, type FaultRunOptions, WHOLE_TEXT } from './fault-run';

export const goodText = Buffer.from(encodeBody(GOOD)).toString();
export const EVENT_STREAM = 'content-type: text/event-stream';
/** How a run of the whole GOOD answer ends. */
export const wholeAnswer = { outcome: 'complete', text: WHOLE_TEXT };

/** One event of this name with this data, as the service frames it. */
export const frame = (type: string, data: string) => frameText(type, data);

/** GOOD with some of its events replaced; GOOD's own doc counts them. */
export const goodWith = (at: number, count: number, ...parts: Part[]): Part[] =>
  ([...GOOD] as Part[]).toSpliced(at, count, ...parts);

/** A message of one block that is a call, with these deltas. */
export const callOf = (block: object, ...pieces: string[]): WireEvent[] => [
  goodStart(),
  blockStart(0, block),
  ...pieces.map((piece) => jsonDelta(0, piece)),
  blockStop(0),
  messageDelta('tool_use', { output_tokens: 7 }),
  messageStop,
];

/** A server whose every answer a spec plays itself, and a model that asks it. */
export function playedServer() {
  const bench = faultBench();
  let server: LoopbackServer;
  let play: (stage: Stage) => Promise<unknown>;
  beforeAll(async () => {
    const playback = playbackOf({});
    server = await startLoopbackServer((exchange) => play(new Stage(exchange, '', playback)));
  });
  afterAll(() => server.close());

  const run = (how: typeof play, settings: Partial<FaultRunOptions> = {}) => {
    play = how;
    const options = { maxRetries: 0, timeouts: { idle: 500 } };
    return bench.run({ baseURL: server.url, options, ...settings });
  };
  return {
    run,
    /** How many requests have come so far. */
    requestCount: () => server.requests.length,
    /** The ending of a run whose answer has these parts. */
    streams: (parts: readonly Part[], headers?: Record<string, string>) =>
      run((stage) => stage.stream(parts, headers)).ended,
    /** The ending of a run whose answer is written past HTTP, head and body, and then closed. */
    answers: (head: string, ...body: (string | readonly WireEvent[])[]) =>
      run(async ({ exchange }) => {
        exchange.writeRaw(`${head}\r\n\r\n`);
        for (const part of body)
          exchange.writeRaw(
            typeof part === 'string' ? part : Buffer.from(encodeBody(part)).toString(),
          );
        await exchange.hangUp();
      }).ended,
  };
}
