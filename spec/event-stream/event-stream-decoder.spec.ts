import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { eventStreamDecoder } from '../../lib/event-stream/event-stream-decoder.js';
import { decodeBytes, decodeText, type Decoded } from './decode.js';
import { eventStreamCases, type ToldEvent } from './event-stream-cases.js';

/** Decodes a stream whole, byte by byte and parted once at every position, and expects the same of each. */
function expectAlways(
  stream: Uint8Array,
  expected: unknown,
  view: (decoded: Decoded) => unknown = (decoded) => decoded,
): void {
  const bytes = Array.from(stream, (_, at) => stream.subarray(at, at + 1));
  expect(view(decodeBytes([stream]))).toEqual(expected);
  expect(view(decodeBytes(bytes))).toEqual(expected);
  // Where each byte is a character, the text can be parted as well, and thousands of positions take no time.
  const text = stream.every((byte) => byte < 0x80) ? Buffer.from(stream).toString() : undefined;
  for (let at = 0; at <= stream.length; at++) {
    const parted =
      text === undefined
        ? decodeBytes([stream.subarray(0, at), stream.subarray(at)])
        : decodeText([text.slice(0, at), text.slice(at)]);
    const same = isDeepStrictEqual(view(parted), expected);
    if (!same) expect({ at, parted: view(parted) }).toEqual({ at, parted: expected });
  }
}

const singles = (text: string) => text.split(/(?=[^])/);

describe('eventStreamDecoder, however a stream is cut', () => {
  it.each(eventStreamCases)(
    '[22] $title',
    ({ stream, events, retries = [], comments = 0, lastEventId = '', rest }) => {
      const expected: Decoded = {
        events: [...events],
        retries: [...retries],
        comments,
        lastEventId,
        rest,
      };
      expectAlways(Buffer.from(stream), expected);
    },
  );
});

interface SharedCase {
  readonly name: string;
  readonly bytes: string;
  readonly chunks?: string[];
  readonly expected: {
    readonly events: { readonly type: string; readonly data: string; readonly id: string }[];
    readonly retry: number | null;
    readonly lastEventId: string;
  };
}

// A larger table lies beside the project on some machines.
const table = join(__dirname, '../../../shared/cases/sse-cases.json');

if (existsSync(table)) {
  const { cases } = JSON.parse(readFileSync(table, 'utf8')) as { cases: SharedCase[] };
  const view = ({ events, retries, lastEventId }: Decoded) => ({
    events: events.map(([type, data, id]) => ({ type, data, id })),
    retry: retries.at(-1) ?? null,
    lastEventId,
  });
  const decoded = (base64: string) => Buffer.from(base64, 'base64');

  describe('eventStreamDecoder, on the cases beside the project', () => {
    it.each(cases)(
      '[22] $name',
      ({ bytes, chunks, expected }) => {
        expectAlways(decoded(bytes), expected, view);
        if (chunks !== undefined) expect(view(decodeBytes(chunks.map(decoded)))).toEqual(expected);
      },
      60_000,
    );
  });
}

/** The rules, word for word: slow, and only for a stream that is there as a whole. */
function decodePlainly(stream: string): ToldEvent[] {
  const events: ToldEvent[] = [];
  const lines = stream.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  lines.pop();
  let name = '';
  let data = '';
  let id = '';
  for (const line of lines) {
    const [, field, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line)!;
    if (field === 'event') name = value;
    if (field === 'data') data += `${value}\n`;
    if (field === 'id' && !value.includes('\0')) id = value;
    if (line !== '') continue;
    if (data !== '') events.push([name === '' ? 'message' : name, data.slice(0, -1), id]);
    name = '';
    data = '';
  }
  return events;
}

/** A text and the pieces that it is cut into. */
const cutAnywhere = (texts: fc.Arbitrary<string>) =>
  fc.tuple(texts, fc.array(fc.nat())).map(([text, numbers]) => {
    const cuts = numbers.map((number) => number % (text.length + 1)).sort((a, b) => a - b);
    const pieces = [0, ...cuts].map((start, i) => text.slice(start, cuts[i] ?? text.length));
    return { text, pieces };
  });

const value = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ''));
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

describe('eventStreamDecoder, on any stream', () => {
  it('[22] gives the events that were written, whatever the line ends and the cuts', () => {
    const written = fc.record({
      name: fc.option(value, { nil: '' }),
      lines: fc.array(value, { minLength: 1, maxLength: 4 }),
      id: fc.option(
        value.map((text) => text.replaceAll('\0', '')),
        { nil: undefined },
      ),
      ends: fc.array(lineEnd, { minLength: 1, maxLength: 5 }),
      commented: fc.boolean(),
    });
    const encode = (
      events: readonly (typeof written extends fc.Arbitrary<infer T> ? T : never)[],
    ) => {
      let text = '';
      for (const { name, lines, id, ends, commented } of events) {
        const all = [
          ...(commented ? [':data: no'] : []),
          ...(name === '' ? [] : [`event: ${name}`]),
          ...lines.map((line) => `data: ${line}`),
          ...(id === undefined ? [] : [`id: ${id}`]),
          '',
        ];
        all.forEach((line, i) => {
          const end = ends[i % ends.length]!;
          // Behind a CR, the LF of a blank line would be no line end of its own.
          text += line + (line === '' && end === '\n' && text.endsWith('\r') ? '\r' : end);
        });
      }
      return text;
    };
    fc.assert(
      fc.property(
        fc.array(written),
        fc.array(fc.nat()),
        fc.boolean(),
        (events, numbers, marked) => {
          let last = '';
          const expected = events.map(({ name, lines, id }): ToldEvent => {
            last = id ?? last;
            return [name === '' ? 'message' : name, lines.join('\n'), last];
          });
          const text = (marked ? '\uFEFF' : '') + encode(events);
          const cuts = numbers.map((number) => number % (text.length + 1)).sort((a, b) => a - b);
          const pieces = [0, ...cuts].map((start, i) => text.slice(start, cuts[i] ?? text.length));
          const { events: told, lastEventId, rest } = decodeText(pieces);
          expect({ told, lastEventId, rest }).toEqual({
            told: expected,
            lastEventId: last,
            rest: undefined,
          });
        },
      ),
    );
  });

  it('[22] agrees with the rules taken word for word', () => {
    const parts = ['data', 'event', 'id', ':', ': ', ' ', 'x', '\0', '\uFEFF', '\n', '\r', '\r\n'];
    const texts = fc
      .array(fc.oneof(fc.constantFrom(...parts), fc.constantFrom('\n', 'data', ':')))
      .map((some) => some.join(''));
    fc.assert(
      fc.property(cutAnywhere(texts), ({ text, pieces }) => {
        expect(decodeText(pieces).events).toEqual(decodePlainly(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('eventStreamDecoder, stopped', () => {
  const stream = 'retry: 1\n: hi\ndata: a\n\nretry: 2\n: hi\ndata: b\n\ndata: c';

  it.each(['event', 'retry', 'comment'] as const)(
    'tells nothing more once %s has called stop',
    (which) => {
      const told: string[] = [];
      const tell = (what: string) => () => {
        told.push(what);
        if (what === which) decoder.stop();
      };
      const decoder = eventStreamDecoder({
        event: tell('event'),
        retry: tell('retry'),
        comment: tell('comment'),
      });
      decoder.feed(stream);
      decoder.feed(stream);
      const order = ['retry', 'comment', 'event'];
      expect(told).toEqual(order.slice(0, order.indexOf(which) + 1));
      expect(decoder.end()).toBeUndefined();
    },
  );

  it('tells nothing of what is fed behind the end', () => {
    const event = jest.fn();
    const decoder = eventStreamDecoder({ event });
    decoder.feed('data: a\n');
    expect(decoder.end()).toEqual({ name: 'message', data: 'a' });
    decoder.feed('\ndata: b\n\n');
    expect(event).not.toHaveBeenCalled();
    expect(decoder.end()).toBeUndefined();
  });

  it('throws what a handler throws, and tells nothing more', () => {
    const event = jest.fn((_name: string, data: string) => {
      if (data === 'b') throw new Error('no b');
    });
    const decoder = eventStreamDecoder({ event });
    expect(() => {
      decoder.feed('data: a\n\ndata: b\n\ndata: c\n\ndata: d');
    }).toThrow('no b');
    decoder.feed('\n\n');
    expect(event.mock.calls).toEqual([
      ['message', 'a', ''],
      ['message', 'b', ''],
    ]);
    expect(decoder.end()).toBeUndefined();
  });
});

describe('eventStreamDecoder, its limit', () => {
  const options = { maxEventSize: 100 };
  const tooLarge = new RangeError('an event of the stream is larger than 100 characters');

  const everyCut = function* (text: string): Generator<string[]> {
    yield singles(text);
    for (let at = 0; at <= text.length; at++) yield [text.slice(0, at), text.slice(at)];
  };

  it('[27] takes an event of exactly that size, and none that is larger, however it is cut', () => {
    const stream = (size: number) => `event: tide\ndata: ${'x'.repeat(size)}\n\ndata: y\n\n`;
    for (const pieces of everyCut(stream(100)))
      expect(decodeText(pieces, options).events).toHaveLength(2);
    for (const pieces of everyCut(stream(101)))
      expect(() => decodeText(pieces, options)).toThrow(tooLarge);
  });

  it('[27] counts all data lines of an event together, as they stand', () => {
    const stream = (size: number) => `data: ${'x'.repeat(50)}\ndata: ${'x'.repeat(size - 56)}\n\n`;
    for (const pieces of everyCut(stream(100)))
      expect(decodeText(pieces, options).events).toHaveLength(1);
    for (const pieces of everyCut(stream(101)))
      expect(() => decodeText(pieces, options)).toThrow(tooLarge);
    expect(() => decodeText(['data\n'.repeat(27)], options)).toThrow(tooLarge);
  });

  it('[27] counts the line that is being read with the data before it', () => {
    const decoder = eventStreamDecoder({ event: () => {} }, options);
    decoder.feed(`data: ${'x'.repeat(50)}\ndata: ${'x'.repeat(44)}`);
    expect(() => {
      decoder.feed('x');
    }).toThrow(tooLarge);
  });

  it('[27] counts each event anew, and neither comments nor unknown fields', () => {
    const noise = `: ${'x'.repeat(40)}\nunknown: ${'x'.repeat(40)}\n`.repeat(10);
    const event = `${noise}data: ${'x'.repeat(50)}\n${noise}\n`;
    expect(decodeText([event.repeat(20)], options).events).toHaveLength(20);
  });

  it.each(['data: ', 'event: ', 'id: ', ': ', ''])(
    '[27] stops at a line %j that does not end, as soon as it is too long',
    (start) => {
      const decoder = eventStreamDecoder({ event: () => {} }, options);
      decoder.feed(start + 'x'.repeat(106 - start.length));
      expect(() => {
        decoder.feed('x');
      }).toThrow(tooLarge);
    },
  );

  it('[27] tells what came before, and nothing after', () => {
    const event = jest.fn();
    const decoder = eventStreamDecoder({ event }, options);
    expect(() => {
      decoder.feed(`data: a\n\ndata: ${'x'.repeat(101)}\n\ndata: b\n\n`);
    }).toThrow(tooLarge);
    decoder.feed('data: c\n\n');
    expect(event.mock.calls).toEqual([['message', 'a', '']]);
    expect(decoder.end()).toBeUndefined();
  });

  it('[27] is 8 Mi by default', () => {
    const data = 'x'.repeat(8 * 1024 * 1024);
    expect(decodeText([`data: ${data}\n\n`]).events).toEqual([['message', data, '']]);
    expect(() => decodeText([`data: ${data}x\n\n`])).toThrow(RangeError);
    expect(decodeText([`data: ${data}x\n\n`], { maxEventSize: Infinity }).events).toHaveLength(1);
  });

  it.each([0, -1, NaN])('refuses %d, naming it', (maxEventSize) => {
    expect(() => eventStreamDecoder({ event: () => {} }, { maxEventSize })).toThrow(
      new TypeError(`maxEventSize must be a number above 0, not ${maxEventSize}`),
    );
  });
});

describe('eventStreamDecoder, its costs', () => {
  it('looks for the end of a line once in each character, in however many pieces it comes', () => {
    const size = 20_000;
    const indexOf = jest.spyOn(String.prototype, 'indexOf');
    const { events } = decodeText(singles(`data: ${'x'.repeat(size)}\n\n`));
    const looked = indexOf.mock.contexts.map(String).join('').length;
    indexOf.mockRestore();
    expect(events).toEqual([['message', 'x'.repeat(size), '']]);
    expect(looked).toBeGreaterThanOrEqual(size);
    expect(looked).toBeLessThan(2 * size);
  });

  it('copes with a line in a million pieces and with an event of a million lines', () => {
    const decoder = eventStreamDecoder({ event: (...event) => told.push(event) });
    const told: ToldEvent[] = [];
    decoder.feed('data: ');
    for (let i = 0; i < 1_000_000; i++) decoder.feed('x');
    decoder.feed('\n\n');
    for (let i = 0; i < 1_000_000; i++) decoder.feed('data\n');
    decoder.feed('\n');
    expect(told).toHaveLength(2);
    expect(told[0]![1] === 'x'.repeat(1_000_000)).toBe(true);
    expect(told[1]![1] === '\n'.repeat(999_999)).toBe(true);
  });

  it('[27] keeps no more of the text than the data', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const decoder = eventStreamDecoder({ event: () => {} });
    const text = Buffer.from(`: ${'x'.repeat(65_000)}\ndata: twenty-three characters\n`);
    const feedTimes = (count: number) => {
      for (let i = 0; i < count; i++) decoder.feed(text.toString());
    };
    feedTimes(10);
    collect();
    const before = process.memoryUsage().heapUsed;
    feedTimes(500);
    collect();
    // That was 32 MB of text, and 12 kB of data.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(8_000_000);
    expect(decoder.end()?.data).toHaveLength(510 * 24 - 1);
  });
});
