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

interface WrittenEvent {
  readonly comment: boolean;
  readonly name: string;
  readonly data: readonly string[];
  readonly id: string | undefined;
  /** The ends of its lines, in turn. */
  readonly ends: readonly string[];
}

function encode(events: readonly WrittenEvent[]): string {
  let text = '';
  for (const { comment, name, data, id, ends } of events) {
    const lines = [
      ...(comment ? [':data: no'] : []),
      ...(name === '' ? [] : [`event: ${name}`]),
      ...data.map((line) => `data: ${line}`),
      ...(id === undefined ? [] : [`id: ${id}`]),
      '',
    ];
    lines.forEach((line, i) => {
      const end = ends[i % ends.length]!;
      // Behind a CR, the LF of a blank line would be no line end of its own.
      text += line + (line === '' && end === '\n' && text.endsWith('\r') ? '\r' : end);
    });
  }
  return text;
}

function cut(text: string, places: readonly number[]): string[] {
  const cuts = places.map((place) => place % (text.length + 1)).sort((a, b) => a - b);
  return [0, ...cuts].map((start, i) => text.slice(start, cuts[i] ?? text.length));
}

describe('eventStreamDecoder, with a shortcut', () => {
  const KNOWN = /event: known\ndata: (\w*)\n\n/y;
  /** Told of all events, and how many of them the shortcut has read. */
  function decodeShort(pieces: readonly string[], maxEventSize = 1000) {
    const events: ToldEvent[] = [];
    let short = 0;
    const decoder = eventStreamDecoder(
      {
        event: (...event) => events.push(event),
        shortcut: (text, start, maxSize) => {
          KNOWN.lastIndex = start;
          const [all, data] = KNOWN.exec(text) ?? [];
          if (all === undefined || all.length > maxSize) return -1;
          short += 1;
          events.push(['known', data!, decoder.lastEventId]);
          return start + all.length;
        },
      },
      { maxEventSize },
    );
    for (const piece of pieces) decoder.feed(piece);
    return { events, rest: decoder.end(), lastEventId: decoder.lastEventId, short };
  }
  const known = fc.stringMatching(/^\w{0,20}$/).map((data) => `event: known\ndata: ${data}\n\n`);
  const other = fc.constantFrom(
    'event: known\ndata: no word\n\n',
    'event: known\r\ndata: a\r\n\r\n',
    'event: other\ndata: a\n\n',
    'id: 7\n\n',
    'id: 8\n',
    ': a comment\n',
    'event: known\n',
    'retry: 5\n',
    'data: a\ndata: b\n\n',
    '\n',
    'event: known\ndata: cut',
  );
  const streams = fc
    .array(fc.oneof({ weight: 3, arbitrary: known }, other))
    .map((parts) => parts.join(''));

  it('[22] reports what it reports without one, however the stream is cut', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.nat()), (stream, places) => {
        const { events, rest, lastEventId } = decodeShort(cut(stream, places));
        const plain = decodeText([stream]);
        expect({ events, rest, lastEventId }).toEqual({
          events: plain.events,
          rest: plain.rest,
          lastEventId: plain.lastEventId,
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads all that it knows by it, also what comes character by character', () => {
    const stream = 'event: known\ndata: a\n\n'.repeat(5);
    expect(decodeShort([stream]).short).toBe(5);
    expect(decodeShort(singles(stream)).short).toBe(5);
  });

  it('leaves to the general path, and its limit, what is too long', () => {
    const stream = `event: known\ndata: ${'a'.repeat(20)}\n\n`;
    expect(decodeShort([stream], 30)).toMatchObject({ short: 0, events: [{}] });
    expect(() => decodeShort([stream], 19)).toThrow(RangeError);
    expect(() => decodeShort([`data: ${'a'.repeat(2000)}`], 1500)).toThrow(RangeError);
  });

  it('reports nothing after it was stopped inside', () => {
    let recorded = 0;
    const decoder = eventStreamDecoder({
      event: () => (recorded += 1),
      shortcut: (_, start) => {
        recorded += 1;
        decoder.stop();
        return start + 1;
      },
    });
    decoder.feed('ab\n\ndata: c\n\n');
    decoder.feed('data: d\n\n');
    expect(recorded).toBe(1);
  });
});

describe('eventStreamDecoder, on any stream', () => {
  const value = fc.string({ unit: 'binary' }).map((text) => text.replace(/[\r\n]/g, ''));
  const places = fc.array(fc.nat());

  it('[22] gives the events that were written, whatever the line ends and the cuts', () => {
    const written: fc.Arbitrary<WrittenEvent> = fc.record({
      comment: fc.boolean(),
      name: value,
      data: fc.array(value, { minLength: 1, maxLength: 4 }),
      id: fc.option(
        value.map((text) => text.replaceAll('\0', '')),
        { nil: undefined },
      ),
      ends: fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.constantFrom('', '\uFEFF'), fc.array(written), places, (mark, events, at) => {
        let lastEventId = '';
        const expected = events.map(({ name, data, id }): ToldEvent => {
          lastEventId = id ?? lastEventId;
          return [name === '' ? 'message' : name, data.join('\n'), lastEventId];
        });
        expect(decodeText(cut(mark + encode(events), at))).toMatchObject({
          events: expected,
          comments: events.filter(({ comment }) => comment).length,
          lastEventId,
          rest: undefined,
        });
      }),
    );
  });

  it('[22] agrees with the rules taken word for word', () => {
    const parts = ['data', 'event', 'id', ':', ': ', ' ', 'x', '\0', '\uFEFF', '\n', '\r', '\r\n'];
    // More of what makes events, or there would hardly be any.
    const part = fc.constantFrom(...parts, '\n', '\n', 'data', 'data:');
    const texts = fc.array(part, { size: 'medium' }).map((some) => some.join(''));
    fc.assert(
      fc.property(texts, places, (text, at) => {
        expect(decodeText(cut(text, at)).events).toEqual(decodePlainly(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('eventStreamDecoder, stopped', () => {
  const stream = 'retry: 1\n: hi\ndata: a\n\nretry: 2\n: hi\ndata: b\n\ndata: c';

  it.each(['event', 'retry', 'comment'] as const)(
    'reports nothing more once %s has called stop',
    (which) => {
      const recorded: string[] = [];
      const recordRun = (what: string) => () => {
        recorded.push(what);
        if (what === which) decoder.stop();
      };
      const decoder = eventStreamDecoder({
        event: recordRun('event'),
        retry: recordRun('retry'),
        comment: recordRun('comment'),
      });
      decoder.feed(stream);
      decoder.feed(stream);
      const order = ['retry', 'comment', 'event'];
      expect(recorded).toEqual(order.slice(0, order.indexOf(which) + 1));
      expect(decoder.end()).toBeUndefined();
    },
  );

  it('unsubscribes from the event that it was reading', () => {
    const decoder = eventStreamDecoder({ event: () => {} });
    decoder.feed('data: a\ndata: b');
    decoder.stop();
    expect(decoder.end()).toBeUndefined();
  });

  it('reports nothing of what is fed behind the end', () => {
    const event = jest.fn();
    const decoder = eventStreamDecoder({ event });
    decoder.feed('data: a\n');
    expect(decoder.end()).toEqual({ name: 'message', data: 'a' });
    decoder.feed('\ndata: b\n\n');
    expect(event).not.toHaveBeenCalled();
    expect(decoder.end()).toBeUndefined();
  });

  it('throws what a handler throws, and reports nothing more', () => {
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

  it('[27] counts each event anew, and other lines only while they are read', () => {
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

  it('[27] reports what came before, and nothing after', () => {
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

/** What makes V8 put a text together that was only appended to. */
const lookingMethods = [
  'charAt',
  'charCodeAt',
  'codePointAt',
  'endsWith',
  'includes',
  'indexOf',
  'match',
  'replaceAll',
  'search',
  'slice',
  'split',
  'startsWith',
  'substring',
] as const;

describe('eventStreamDecoder, its costs', () => {
  it('looks into a line only when its end has come, in however many pieces it comes', () => {
    const size = 20_000;
    const pieces = singles(`data: ${'x'.repeat(size)}\n\n`);
    const looks = lookingMethods.map((method) => jest.spyOn(String.prototype, method));
    const { events } = decodeText(pieces);
    const looked = looks.flatMap((look) => look.mock.contexts.map((text) => String(text).length));
    looks.forEach((look) => {
      look.mockRestore();
    });
    expect(events).toEqual([['message', 'x'.repeat(size), '']]);
    const total = looked.reduce((sum, length) => sum + length, 0);
    expect(total).toBeGreaterThan(size);
    expect(total).toBeLessThan(50 * size);
  });

  it('copes with a line of many pieces and with an event of many lines', () => {
    const count = 100_000;
    const recorded: ToldEvent[] = [];
    const decoder = eventStreamDecoder({ event: (...event) => recorded.push(event) });
    decoder.feed('data: ');
    for (let i = 0; i < count; i++) decoder.feed('x');
    decoder.feed(`\n\n${'data: y\n'.repeat(count)}\n`);
    expect(recorded).toEqual([
      ['message', 'x'.repeat(count), ''],
      ['message', 'y\n'.repeat(count).slice(0, -1), ''],
    ]);
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
