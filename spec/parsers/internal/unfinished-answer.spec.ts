import { unfinishedAnswer } from '../../../lib/parsers/internal/unfinished-answer';

it.each([
  ['length', /^parser: the answer is not whole \(length\): .*raise maxTokens/],
  ['content_filter', /^parser: the answer is not whole \(content_filter\): .*change the prompt/],
])('says that an answer ended with %s, and the remedy', (reason, message) => {
  const error = unfinishedAnswer('parser', reason, 'secret');
  expect(error).toMatchObject({ code: reason, text: 'secret' });
  expect(error?.message).toMatch(message);
  expect(JSON.stringify(error) + String(error?.message)).not.toContain('secret');
});

it.each([undefined, 'stop', 'tool_call', 'error', 'pause', 'constructor'])(
  'says nothing of one that ended with %p',
  (reason) => {
    expect(unfinishedAnswer('parser', reason, '')).toBeUndefined();
  },
);
