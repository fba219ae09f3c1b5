import fc from 'fast-check';
import { textDeltaOf } from '../../lib/anthropic/text-delta';

const event = (index: number, text: unknown) => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'text_delta', text },
});
const padded = (json: string, spaces: number) => `${json.slice(0, -1)}${' '.repeat(spaces)}}`;

describe('textDeltaOf', () => {
  it('[22] reads the text of every delta as the service writes it, as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(15), fc.nat(20), (text, spaces, index) => {
        expect(textDeltaOf(index)(padded(JSON.stringify(event(index, text)), spaces))).toBe(text);
      }),
    );
  });

  it('never reads another text than JSON.parse, whatever has happened to the bytes', () => {
    const json = JSON.stringify(event(0, 'a "b" \\ é'));
    fc.assert(
      fc.property(
        fc.nat(json.length),
        fc.nat(5),
        fc.string({ maxLength: 4 }),
        (at, removed, inserted) => {
          const data = json.slice(0, at) + inserted + json.slice(at + removed);
          const read = textDeltaOf(0)(data);
          if (read !== undefined) expect(JSON.parse(data)).toEqual(event(0, read));
        },
      ),
    );
  });

  it.each([
    ['another block', JSON.stringify(event(1, 'a'))],
    [
      'another delta',
      '{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"a"}}',
    ],
    ['a text that is none', JSON.stringify(event(0, 5))],
    [
      'more than a text',
      '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a","b":1}}',
    ],
    [
      'another order',
      '{"index":0,"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}}',
    ],
    [
      'other spaces',
      '{"type": "content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}',
    ],
    ['something behind it', `${JSON.stringify(event(0, 'a'))}}`],
    [
      'a broken text',
      '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a\u0001"}}',
    ],
    ['the beginning of one', JSON.stringify(event(0, 'a')).slice(0, -1)],
    ['nothing', ''],
  ])('leaves %s to the general path', (_, data) => {
    expect(textDeltaOf(0)(data)).toBeUndefined();
  });
});
