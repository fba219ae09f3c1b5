import { blocksOf, readRequest } from '../../../../lib/testing/anthropic/request-rules/request.js';
import { assistant, request, text, user } from '../../request-rules/requests.js';

it('reads the turns: messages of one role behind one another are one', () => {
  const { messages, turns } = readRequest(
    request({ messages: [user(text('a')), { role: 'user', content: 'b' }, assistant(text('c'))] }),
  );
  expect(messages).toHaveLength(3);
  expect(
    turns.map(({ role, path, blocks }) => [role, path, blocks.map((block) => block.path)]),
  ).toEqual([
    ['user', 'messages.1', ['messages.0.content.0', 'messages.1.content']],
    ['assistant', 'messages.2', ['messages.2.content.0']],
  ]);
});

it('reads blocks, a string as one of text', () => {
  expect(blocksOf('a', 'at')).toEqual([{ type: 'text', json: text('a'), path: 'at' }]);
  expect(blocksOf([text('a')], 'at')).toEqual([{ type: 'text', json: text('a'), path: 'at.0' }]);
  expect(blocksOf(undefined, 'at')).toEqual([]);
});
