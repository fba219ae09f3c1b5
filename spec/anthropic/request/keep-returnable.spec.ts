import { keepReturnable } from '../../../lib/anthropic/request/keep-returnable';
import { coerceMessages } from '../../../lib/messages/coerce-messages';
import { readTurns } from '../../../lib/messages/history/read-turns';

const types = (...messages: object[]) =>
  keepReturnable(readTurns(coerceMessages(messages as never), 'any')).map(({ parts }) =>
    parts.map((part) =>
      part.type === 'result' ? part.content.map(({ type }) => type) : part.type,
    ),
  );
const answer = [
  { type: 'thinking', thinking: 'hm', signature: 's' },
  { type: 'text', text: 'a' },
  { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
  { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
];

describe('keepReturnable', () => {
  it('keeps signed thinking of the model alone', () => {
    const unsigned = { type: 'thinking', thinking: 'hm' };
    const cut = { type: 'redacted_thinking' };
    expect(types({ role: 'ai', content: [...answer, unsigned, cut] })).toEqual([
      ['reasoning', 'text', 'other', 'other'],
    ]);
  });

  it.each([...answer.slice(2), { type: 'redacted_thinking', data: 'ENC' }])(
    'refuses $type in a human message',
    (block) => {
      const send = () => types({ role: 'user', content: [{ type: 'text', text: 'a' }, block] });
      expect(send).toThrow(
        new RegExp(`^messages\\[0\\].content\\[1\\]: .*"${block.type}".*ai message`),
      );
      expect(send).toThrow(TypeError);
    },
  );

  it('keeps of a model’s answer in a result what it says', () => {
    const content = [...answer, { type: 'search_result', content: [], source: '', title: '' }];
    expect(types({ role: 'tool', tool_call_id: 'a', content })).toEqual([[['text', 'other']]]);
  });
});
