import fc from 'fast-check';
import { FrequentDelta } from '../../../lib/anthropic/stream/frequent-delta';

const FIELDS = { text: 'text', thinking: 'thinking', input: 'partial_json' } as const;
const WIRE_TYPES = { text: 'text_delta', thinking: 'thinking_delta', input: 'input_json_delta' };
type Type = keyof typeof FIELDS;

const dataOf = (type: Type, index: unknown, text: unknown) =>
  JSON.stringify({
    type: 'content_block_delta',
    index,
    delta: { type: WIRE_TYPES[type], [FIELDS[type]]: text },
  });
const framed = (data: string) => `event: content_block_delta\ndata: ${data}\n\n`;
const padded = (json: string, spaces: number) => `${json.slice(0, -1)}${' '.repeat(spaces)}}`;
const read = (events: string, start = 0) => {
  const delta = new FrequentDelta();
  return delta.read(events, start) ? { ...delta } : undefined;
};

describe('FrequentDelta', () => {
  it('[22] reads every delta as the service writes it, as JSON.parse does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Type>('text', 'thinking', 'input'),
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.nat(15),
        fc.nat(99_999),
        fc.string(),
        fc.string(),
        (type, text, spaces, index, before, after) => {
          const event = framed(padded(dataOf(type, index, text), spaces));
          const end = before.length + event.length;
          expect(read(before + event + after, before.length)).toEqual({ type, index, text, end });
        },
      ),
    );
  });

  it('never reads anything else than JSON.parse, whatever has happened to the bytes', () => {
    const json = dataOf('text', 0, 'a "b" \\ é');
    fc.assert(
      fc.property(
        fc.nat(json.length),
        fc.nat(5),
        fc.string({ maxLength: 4 }),
        (at, removed, inserted) => {
          const data = json.slice(0, at) + inserted + json.slice(at + removed);
          const delta = read(framed(data));
          if (delta === undefined) return;
          expect(delta.end).toBe(framed(data).length);
          expect(JSON.parse(data)).toEqual(JSON.parse(dataOf(delta.type, delta.index, delta.text)));
        },
      ),
    );
  });

  it('leaves a text of very many escapes to the general path', () => {
    expect(read(framed(dataOf('text', 0, '\n'.repeat(64))))?.text).toBe('\n'.repeat(64));
    expect(read(framed(dataOf('text', 0, '\n'.repeat(65))))).toBeUndefined();
  });

  it('reads a long text without holding the events that it stood in, and a text of megabytes', () => {
    const long = 'x'.repeat(4_000_000);
    expect(read(framed(dataOf('text', 0, long)))?.text).toBe(long);
  });

  const json = dataOf('text', 0, 'a');
  it.each([
    ['no event line', `data: ${json}\n\n`],
    ['another event line', framed(json).replace('event: content_block_delta', 'event: ping')],
    ['another delta', framed(json.replace('text_delta', 'citations_delta'))],
    ['a field of another delta', framed(json.replace('"text":', '"thinking":'))],
    ['a text that is none', framed(dataOf('text', 0, 5))],
    ['an index that is none', framed(dataOf('text', -1, 'a'))],
    ['an index that is no JSON', framed(json.replace('0', '00'))],
    ['more than a text', framed(json.replace('"a"', '"a","b":1'))],
    ['another order', framed('{"index":0,"type":"content_block_delta","delta":{}}')],
    ['other spaces', framed(json.replace('":', '": '))],
    ['something behind it', framed(`${json}}`)],
    ['a broken text', framed(json.replace('"a"', '"a\u0001"'))],
    ['an escape that is none', framed(json.replace('"a"', '"\\x"'))],
    ['a line more', `event: content_block_delta\ndata: ${json}\nid: 1\n\n`],
    ['the beginning of one', framed(json).slice(0, -1)],
    ['nothing', ''],
  ])('leaves %s to the general path', (_, events) => {
    expect(read(events)).toBeUndefined();
  });
});
