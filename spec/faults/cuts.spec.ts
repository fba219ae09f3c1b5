import fc from 'fast-check';
import type { AIMessage, ModelError } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { encodeBody } from '../../lib/testing/http/frame';
import { eventOf, readRecording, splitMessages } from '../../lib/testing/anthropic/recording';
import { type BlockParts, recordingOf } from '../../lib/testing/anthropic/make-recording';
import { GOOD, goodStart } from '../../lib/testing/anthropic/recordings/good-answer';
import {
  blockStart,
  blockStop,
  messageDelta,
  messageStop,
  ping,
  textDelta,
  type WireEvent,
} from '../../lib/testing/anthropic/wire-event';
import { realRecordings } from '../testing/real-recordings';

jest.setTimeout(300_000);

interface Outcome {
  readonly code: string;
  readonly text: string;
  readonly partial: string;
  readonly tools: number;
}

/** What a model makes of a body that comes in these pieces, without a socket between. */
async function read(pieces: readonly Uint8Array[]): Promise<Outcome> {
  const queue = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = queue.shift();
      if (piece === undefined) controller.close();
      else if (piece.length > 0) controller.enqueue(piece);
      else this.pull?.(controller);
    },
  });
  const fetch = () =>
    Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  const model = new ChatAnthropic({
    model: 'm',
    apiKey: 'a-key-for-specs',
    maxRetries: 0,
    clientOptions: { fetch },
  });
  const text: string[] = [];
  let tools = 0;
  return new Promise((resolve) => {
    const end = (code: string, message?: AIMessage) => {
      resolve({ code, text: text.join(''), partial: message?.text ?? '', tools });
    };
    model.stream$('Hi').subscribe({
      next: (chunk) => {
        text.push(chunk.text);
        tools += chunk.tool_calls.length;
      },
      error: (error: ModelError) => {
        end(error.code, error.partial as AIMessage | undefined);
      },
      complete: () => {
        end('complete');
      },
    });
  });
}

/** The text of the events that lie wholly within the first `length` bytes. */
function textWithin(events: readonly WireEvent[], length: number): string {
  let end = 0;
  let text = '';
  for (const frame of framesOf(events)) {
    end += frame.bytes.length;
    if (end > length) break;
    text += frame.text;
  }
  return text;
}

const framesOf = (events: readonly WireEvent[]) =>
  events.map((event) => {
    const { delta } = event as { delta?: { type?: string; text?: string } };
    const bytes = encodeBody([event], () => 0);
    return { bytes, text: delta?.type === 'text_delta' ? (delta.text ?? '') : '' };
  });

const bytesOf = (events: readonly WireEvent[]) => encodeBody(events, () => 0);

function partedAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places)].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

async function expectCut(events: readonly WireEvent[], at: number, places: number[] = []) {
  const body = bytesOf(events);
  const outcome = await read(
    partedAt(
      body.subarray(0, at),
      places.map((place) => place % (at + 1)),
    ),
  );
  const text = textWithin(events, at);
  // From there on nothing is missing but the blank line.
  const code = at >= body.length - 2 ? 'complete' : 'truncated';
  expect({ at, ...outcome }).toMatchObject({
    at,
    code,
    text,
    partial: code === 'complete' ? '' : text,
  });
}

const rich: readonly WireEvent[] = recordingOf({
  content: [
    { thinking: ['Mönd? ', '🌙'], signature: 'c2ln' },
    { text: ['Ich ', 'grabe ', '🌍👩‍🚀\u2028.'] },
    { tool: 'dig', input: ['{"deep"', ':[1,', '"ö"]}'] },
    { text: 'Done.' },
  ],
  usage: { start: { input_tokens: 3 }, end: { output_tokens: 7 } },
});

describe('[5] a body cut at any byte', () => {
  it.each([
    ['GOOD', GOOD],
    ['thinking, text, a tool, text', rich],
  ])('is truncated, with exactly what came: %s', async (_, events) => {
    const { length } = bytesOf(events);
    for (let at = 0; at <= length; at += 1) await expectCut(events, at);
  });

  const blocks = fc.array(
    fc.oneof(
      fc.record({ text: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }) }),
      fc.record({ text: fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }) }),
      fc.record({ thinking: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }) }),
      fc.record({ tool: fc.constant('dig'), input: fc.json().map((json) => [json]) }),
    ),
    { maxLength: 4 },
  ) as fc.Arbitrary<BlockParts[]>;

  it('is truncated, whatever the message and however it is parted', async () => {
    await fc.assert(
      fc.asyncProperty(
        blocks,
        fc.nat(),
        fc.array(fc.nat(), { maxLength: 8 }),
        async (content, at, places) => {
          const events = recordingOf({ content });
          await expectCut(events, at % (bytesOf(events).length + 1), places);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('says the same of a whole body, however it is parted', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, fc.array(fc.nat(), { maxLength: 12 }), async (content, places) => {
        const body = bytesOf(recordingOf({ content }));
        const parted = await read(
          partedAt(
            body,
            places.map((place) => place % body.length),
          ),
        );
        expect(parted).toEqual(await read([body]));
        expect(parted.code).toBe('complete');
      }),
      { numRuns: 200 },
    );
  });

  it('never makes a call ready that was cut', async () => {
    const stop = rich.findIndex(({ type, index }) => type === 'content_block_stop' && index === 2);
    const before = bytesOf(rich.slice(0, stop + 1)).length;
    for (const at of [before - 1, before - 20, before - 60])
      expect(await read([bytesOf(rich).subarray(0, at)])).toMatchObject({ tools: 0 });
    expect(await read([bytesOf(rich).subarray(0, before)])).toMatchObject({
      code: 'truncated',
      tools: 1,
    });
  });

  const real = realRecordings();
  if (real.length > 0) {
    const messages = real.flatMap((path) =>
      splitMessages(readRecording(path)).map((recording) => recording.map(eventOf)),
    );
    it('is truncated, for real streams beside the project', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...messages.filter((events) => events.at(-1)?.type === 'message_stop')),
          fc.nat(),
          fc.array(fc.nat(), { maxLength: 4 }),
          (events, at, places) => expectCut(events, at % (bytesOf(events).length + 1), places),
        ),
        { numRuns: 200 },
      );
    });
  }
});

/** What the contract says of a list of events, word for word. */
function expected(events: readonly WireEvent[]): Pick<Outcome, 'code' | 'text'> {
  const open = new Set<unknown>();
  let id: unknown;
  let next = 0;
  let text = '';
  for (const event of events) {
    const { index, message, delta } = event as {
      index?: number;
      message?: { id: string };
      delta?: { text?: string };
    };
    const bad = { code: 'bad_stream', text };
    if (event.type === 'ping' || event.type === 'future') continue;
    if (event.type === 'message_start') {
      if (id !== undefined && id !== message?.id) return bad;
      id = message?.id;
      continue;
    }
    // A message may begin with its content, as one server's do.
    if (id === undefined && event.type === 'content_block_start') id = null;
    if (id === undefined) return bad;
    if (event.type === 'message_stop') return { code: 'complete', text };
    if (event.type === 'content_block_start') {
      if (index !== next) return bad;
      next += 1;
      open.add(index);
    } else if (event.type === 'content_block_delta') {
      if (!open.has(index)) return bad;
      text += delta?.text ?? '';
    } else if (event.type === 'content_block_stop' && !open.delete(index)) {
      return bad;
    }
  }
  return { code: 'truncated', text };
}

describe('[23] any list of events', () => {
  const index = fc.nat({ max: 2 });
  const event: fc.Arbitrary<WireEvent> = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom('a', 'b').map((id) => goodStart(id)) },
    { weight: 4, arbitrary: index.map((i) => blockStart(i, { type: 'text', text: '' })) },
    { weight: 8, arbitrary: fc.tuple(index, fc.string()).map(([i, text]) => textDelta(i, text)) },
    { weight: 3, arbitrary: index.map(blockStop) },
    { weight: 1, arbitrary: fc.constant(messageDelta('end_turn', { output_tokens: 7 })) },
    { weight: 1, arbitrary: fc.constant(messageStop) },
    { weight: 2, arbitrary: fc.constantFrom<WireEvent>(ping, { type: 'future', since: 2030 }) },
  );

  const agrees = async (events: readonly WireEvent[]) => {
    const { code, text, partial } = await read([bytesOf(events)]);
    expect({ code, text }).toEqual(expected(events));
    if (code !== 'complete') expect(partial.length).toBe(text.length);
  };

  it('ends as the contract says, with the texts of the events before', async () => {
    const lists = fc.array(event, { maxLength: 12 }).map((rest) => [goodStart('a'), ...rest]);
    await fc.assert(fc.asyncProperty(lists, agrees), { numRuns: 1000 });
  });

  it('also a sound one of which some were lost, doubled or put elsewhere', async () => {
    const sound = [
      ...GOOD.slice(0, 9),
      blockStart(1, { type: 'text', text: '' }),
      textDelta(1, 'Ende'),
      blockStop(1),
      ...GOOD.slice(9),
    ];
    const change = fc.record({
      how: fc.constantFrom('lose', 'double', 'move'),
      from: fc.nat({ max: sound.length - 1 }),
      to: fc.nat({ max: sound.length - 1 }),
    });
    const changed = fc.array(change, { maxLength: 3 }).map((changes) =>
      changes.reduce<readonly WireEvent[]>((events, { how, from, to }) => {
        const moved = events.slice(from, from + 1);
        if (how === 'lose') return events.toSpliced(from, 1);
        return (how === 'move' ? events.toSpliced(from, 1) : events).toSpliced(to, 0, ...moved);
      }, sound),
    );
    await fc.assert(fc.asyncProperty(changed, agrees), { numRuns: 1000 });
  });
});
