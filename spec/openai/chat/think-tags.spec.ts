import { MessageWriter } from '../../../lib/http/decoder/message-writer.js';
import { ThinkTags, thinkTags } from '../../../lib/openai/chat/think-tags.js';
import { decoderContext } from '../../support/decode-stream';

const readOf = (pieces: readonly string[], startsInside = false) => {
  const said = { text: '', thought: '' };
  const held: number[] = [];
  const tags = new ThinkTags(
    {
      text: (text) => (said.text += text),
      thought: (text) => (said.thought += text),
    },
    startsInside,
  );
  let given = 0;
  for (const piece of pieces) {
    tags.add(piece);
    given += piece.length;
    held.push(given - said.text.length - said.thought.length);
  }
  tags.end();
  return { ...said, held };
};

describe('ThinkTags', () => {
  it.each([
    ['<think>Hm</think>\n\nHi, a < b', 'Hm', 'Hi, a < b'],
    ['Hi', '', 'Hi'],
    ['a <', '', 'a <'],
    ['a <thin', '', 'a <thin'],
    ['a <<think>b</think>c', 'b', 'a <c'],
    ['<think>one</think>A<think>two</think> B', 'onetwo', 'AB'],
    ['<think>unclosed </th', 'unclosed </th', ''],
    ['<thinking>no tag of this name', '', '<thinking>no tag of this name'],
    ['', '', ''],
  ])('reads %j the same however it is cut', (body, thought, text) => {
    for (let size = 1; size <= Math.max(body.length, 1); size += 1) {
      const pieces = body.match(new RegExp(`.{1,${String(size)}}`, 'gs')) ?? [];
      expect(readOf(pieces)).toMatchObject({ thought, text });
    }
  });

  it('holds back what may be the beginning of a tag, and nothing else', () => {
    expect(readOf(['a <', 'b <th', 'ough']).held).toEqual([1, 3, 0]);
  });

  it('reads an answer that only closes its thought', () => {
    expect(readOf(['Hm</thi', 'nk>Hi'], true)).toMatchObject({ thought: 'Hm', text: 'Hi' });
  });

  it('writes blocks of a message, where that is asked for', () => {
    const written: unknown[] = [];
    const writer = new MessageWriter(
      decoderContext({ emit: ({ content }) => written.push(content) }),
    );
    expect([thinkTags(writer), thinkTags(writer, false)]).toEqual([undefined, undefined]);
    thinkTags(writer, true)?.add('<think>Hm</think>Hi');
    expect(written).toEqual([
      [{ index: 0, type: 'thinking', thinking: 'Hm' }],
      [{ index: 1, type: 'text', text: 'Hi' }],
    ]);
    thinkTags(writer, { startsInside: true })?.add('Hm');
    expect(written.at(-1)).toMatchObject([{ type: 'thinking', thinking: 'Hm' }]);
  });
});
