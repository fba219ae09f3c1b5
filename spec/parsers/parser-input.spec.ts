import { AIMessage as LangChainMessage } from '@langchain/core/messages';
import { AIMessage, AIMessageChunk, HumanMessage } from 'rxlm';
import { type ParserInput } from '../../lib/parsers/parser-input.js';
import { textOfInput } from '../../lib/parsers/parser-input.js';

const blocks = [
  { type: 'thinking', thinking: 'Hm.' },
  { type: 'text', text: 'gold' },
  { type: 'tool_use', id: '1', name: 'swim', input: {} },
  { type: 'text', text: 'fish', index: 3 },
];

describe('textOfInput', () => {
  it.each<[ParserInput, string]>([
    ['goldfish', 'goldfish'],
    ['', ''],
    [new AIMessage('goldfish'), 'goldfish'],
    [new AIMessageChunk('gold'), 'gold'],
    [new AIMessageChunk({ content: blocks }), 'goldfish'],
    [new HumanMessage({ content: [] }), ''],
    [new LangChainMessage({ content: blocks }), 'goldfish'],
    [JSON.parse(JSON.stringify(new AIMessage({ content: blocks }))) as ParserInput, 'goldfish'],
  ])('of %j is %j', (input, text) => {
    expect(textOfInput(input, 'parser')).toBe(text);
  });

  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [42, '42'],
    [{ text: 'gold' }, 'an object'],
    [['gold'], 'an array of 1'],
    [{ content: 42 }, 'an object'],
  ])('there is none of %j', (input, value) => {
    expect(() => textOfInput(input, 'parser')).toThrow(
      new TypeError(`parser takes text or messages, got ${value}`),
    );
  });
});
