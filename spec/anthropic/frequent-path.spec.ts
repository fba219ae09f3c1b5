import { basename } from 'node:path';
import fc from 'fast-check';
import { MessageDecoder } from '../../lib/anthropic/stream/message-decoder';
import { readWireEvent } from '../../lib/anthropic/stream/read-wire-event';
import { readSettings } from '../../lib/http/call-settings';
import { decoderContext } from '../support/decode-stream';
import { eventStreamDecoder } from '../../lib/event-stream/event-stream-decoder';
import { utf8Decoder } from '../../lib/event-stream/utf8-decoder';
import type { AIMessageChunk } from '../../lib/messages/ai-message-chunk';
import { encodeBody } from '../../lib/testing/http/frame';
import { eventOf, readRecording, splitMessages } from '../../lib/testing/anthropic/recording';
import { recordingOf } from '../../lib/testing/anthropic/make-recording';
import { goldfishAsync } from '../../lib/testing/anthropic/recordings/goldfish';
import { GOOD } from '../../lib/testing/anthropic/recordings/good-answer';
import type { WireEvent } from '../../lib/testing/anthropic/wire-event';
import { realRecordings } from '../testing/real-recordings';

const own = recordingOf({
  content: [
    { thinking: ['Hm', ', "fish"', '\n\n'], signature: 'c2ln' },
    { text: ['Let me ', 'look\t', 'at that 🐟.'] },
    { tool: 'weather', input: { city: 'Zürich "HB"', days: [1, 2, 3] } },
  ],
});
const recordings: [string, readonly WireEvent[]][] = [
  ['goldfish', goldfishAsync.map(eventOf)],
  ['good', GOOD],
  ['text, thinking and a tool', own.map(eventOf)],
  ...realRecordings().flatMap((path) =>
    splitMessages(readRecording(path)).map((message, index): [string, WireEvent[]] => [
      `${basename(path)} (${String(index)})`,
      message.map(eventOf),
    ]),
  ),
];

/** The chunks of a body that comes in these pieces, and how many of its events each path has read. */
function chunksOf(pieces: readonly Uint8Array[], byShortcut: boolean) {
  const chunks: AIMessageChunk[] = [];
  const seen = { short: 0, delta: 0 };
  const message = new MessageDecoder('run-1', readSettings({}).limits, (chunk) =>
    chunks.push(chunk),
  );
  const decoder = eventStreamDecoder({
    event: (name, data) => {
      const read = readWireEvent(name, data, decoderContext());
      if (name === 'content_block_delta') seen.delta += 1;
      if (read.kind === 'message') message.add(read.event);
    },
    ...(byShortcut && {
      shortcut: (text: string, start: number, maxSize: number) => {
        const next = message.takeDelta(text, start, maxSize);
        if (next > start) seen.short += 1;
        return next;
      },
    }),
  });
  const decode = utf8Decoder();
  for (const piece of pieces) decoder.feed(decode(piece));
  return { chunks, ...seen };
}

const cut = (bytes: Uint8Array, places: readonly number[]) => {
  const cuts = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...cuts].map((start, i) => bytes.subarray(start, cuts[i] ?? bytes.length));
};

describe('the short way to read the frequent delta', () => {
  it.each(recordings)(
    '[22] gives the chunks of the general path, however they are cut: %s',
    (_, events) => {
      const bytes = Uint8Array.from(encodeBody(events));
      const general = chunksOf([bytes], false).chunks;
      fc.assert(
        fc.property(fc.array(fc.nat(), { maxLength: 40 }), (places) => {
          expect(chunksOf(cut(bytes, places), true).chunks).toEqual(general);
        }),
        { numRuns: 15 },
      );
      const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
      expect(chunksOf(single, true).chunks).toEqual(general);
    },
  );

  it.each([[[]], [[1400]], [[64, 65536]]])(
    'reads at least 99 of 100 deltas of the wire, in pieces of %j bytes',
    (sizes) => {
      const words = Array.from({ length: 20_000 }, (_, i) => (i % 7 === 0 ? '\n\n' : ` word${i}`));
      const bytes = Uint8Array.from(encodeBody(recordingOf({ tokens: words }).map(eventOf)));
      const pieces: Uint8Array[] = [];
      for (let at = 0, i = 0; at < bytes.length; i += 1) {
        const size = sizes[i % sizes.length] ?? bytes.length;
        pieces.push(bytes.subarray(at, at + size));
        at += size;
      }
      const { short, delta } = chunksOf(pieces, true);
      expect(short + delta).toBe(words.length);
      expect(short / words.length).toBeGreaterThan(0.99);
    },
  );
});
