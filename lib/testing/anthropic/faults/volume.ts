import { gzipSync } from 'node:zlib';
import { eventOf } from '../recording.js';
import { recordingOf } from '../make-recording.js';
import { GOOD } from '../recordings/good-answer.js';
import { blockStart, jsonDelta, textDelta, type WireEvent } from '../wire-event.js';
import { choose, fault } from './fault.js';
import type { Stage } from './fault-exchange.js';

const piece = 64 * 1024;

const lineStarts = {
  data: 'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"',
  event: 'event: ',
  comment: ': ',
  unknown: '',
};

const usage = { start: { input_tokens: 3, output_tokens: 1 }, end: { output_tokens: 7 } };

/** A text delta whose JSON is `bytes` bytes long. */
function deltaOf(bytes: number): WireEvent {
  const empty = JSON.stringify(textDelta(0, '')).length;
  return textDelta(0, 'x'.repeat(Math.max(0, bytes - empty)));
}

const unpadded = () => 0;

/** Too much of everything. What never ends is sent as fast as it is read, until the client leaves. */
export const volumeFaults = {
  'many-deltas': fault({
    doc: 'A sound message of `count` text deltas ("x"), its whole body in one write.',
    cases: ['T010', 'T065'],
    params: { count: 100_000 },
    play: (stage, { count }) =>
      stage.stream([
        stage.body(recordingOf({ tokens: Array<string>(count).fill('x'), usage }).map(eventOf)),
      ]),
  }),
  'many-blocks': fault({
    doc: 'A sound message of `count` text blocks, its whole body in one write.',
    cases: ['T031'],
    params: { count: 10_001 },
    play: (stage, { count }) =>
      stage.stream([
        stage.body(
          recordingOf({ content: Array<{ text: string }>(count).fill({ text: 'x' }), usage }).map(
            eventOf,
          ),
        ),
      ]),
  }),
  'large-event': fault({
    doc: 'GOOD with one more text delta at its end, whose `data:` is exactly `bytes` bytes of JSON.',
    cases: ['T007', 'T009'],
    params: { bytes: 8 * 1024 * 1024 + 1 },
    play: (stage, { bytes }) =>
      stage.stream([stage.body(GOOD.toSpliced(8, 0, deltaOf(bytes)), unpadded)]),
  }),
  'endless-stream': fault({
    doc: 'A message of text deltas that never ends.',
    cases: ['T078', 'T062'],
    play: async (stage) => {
      stage.open();
      await stage.send(GOOD.slice(0, 2));
      await stage.pour(stage.body(Array<WireEvent>(500).fill(textDelta(0, 'flood '))));
    },
  }),
  'endless-line': fault({
    doc: 'GOOD to "Hello", then a line that never ends. `field`: data, event, comment, unknown.',
    cases: ['T008'],
    params: { field: 'data' },
    play: async (stage, { field }) => {
      stage.open();
      await stage.send([...GOOD.slice(0, 4), choose(lineStarts, field)]);
      await stage.pour(Buffer.alloc(piece, 'x'));
    },
  }),
  'endless-event': fault({
    doc: 'GOOD to "Hello", then an event of `data:` lines without end and without a blank line.',
    cases: ['T008'],
    play: async (stage) => {
      stage.open();
      await stage.send(GOOD.slice(0, 4));
      await stage.pour(Buffer.from(`data: ${'x'.repeat(58)}\n`.repeat(1000)));
    },
  }),
  'gzip-bomb': fault({
    doc: 'GOOD to "Hello", then `megabytes` MB that are about a kilobyte each on the wire. `of`: deltas (of 1 MB), long (of 1,000 characters), tiny (of one), event (a single one), tool (its arguments).',
    cases: ['T009', 'T011'],
    params: { megabytes: 200, of: 'deltas' },
    play: async (stage, { megabytes, of }) => {
      const { begin, repeated } = choose(bombs, of)(stage);
      // Gzip streams may be concatenated, so one compressed megabyte serves for all.
      const bomb = gzipSync(repeated);
      stage.open({ 'content-encoding': 'gzip' });
      await stage.send([gzipSync(stage.body(GOOD.slice(0, 4))), gzipSync(begin)]);
      await stage.send(Array<Uint8Array>(megabytes).fill(bomb));
      await stage.send([gzipSync(stage.body(GOOD.slice(8)))]);
      await stage.exchange.end();
    },
  }),
};

interface Bomb {
  readonly begin: Uint8Array;
  /** About a megabyte. */
  readonly repeated: Uint8Array;
}

const bombOf = (stage: Stage, event: WireEvent, begin: readonly WireEvent[] = []): Bomb => {
  const bytes = stage.body([event], unpadded);
  const count = Math.max(1, Math.floor(1_000_000 / bytes.length));
  return {
    begin: stage.body(begin, unpadded),
    repeated: stage.body(Array<WireEvent>(count).fill(event), unpadded),
  };
};

const bombs: Readonly<Record<string, (stage: Stage) => Bomb>> = {
  deltas: (stage) => bombOf(stage, deltaOf(1_000_000)),
  long: (stage) => bombOf(stage, textDelta(0, 'x'.repeat(1000))),
  tiny: (stage) => bombOf(stage, textDelta(0, 'x')),
  event: () => ({
    begin: Buffer.from(`event: content_block_delta\n${lineStarts.data}`),
    repeated: Buffer.alloc(1_000_000, 'x'),
  }),
  tool: (stage) =>
    bombOf(stage, jsonDelta(1, 'x'.repeat(1000)), [
      blockStart(1, { type: 'tool_use', id: 'toolu_1', name: 'open_file', input: {} }),
      jsonDelta(1, '{"path":"'),
    ]),
};
