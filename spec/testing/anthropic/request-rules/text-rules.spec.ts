import { refusalOf } from '../../../../lib/testing/anthropic/request-rules/check-request.js';
import { wrongText } from '../../../../lib/testing/anthropic/request-rules/text-rules.js';
import { readRequest } from '../../../../lib/testing/anthropic/request-rules/request.js';
import {
  ask,
  assistant,
  call,
  goOn,
  request,
  result,
  text,
  user,
} from '../../request-rules/requests.js';

const picture = { type: 'image', source: { type: 'file', file_id: 'file_1' } };
const nested = (...content: object[]): string | undefined =>
  ask(user(text('Hi')), assistant(call('a')), user(result('a', { content })));

it.each<[string, string | undefined]>([
  ['a string', ask({ role: 'user', content: 'a' })],
  ['a picture alone', ask(user(picture))],
  ['whitespace beside a text', ask(user(text('\n\n'), text('a')))],
  [
    'a result without text',
    ask(user(text('Hi')), assistant(call('a')), user(result('a', { content: '' }))),
  ],
  ['a prefill', ask(user(text('Hi')), assistant(text('a b')))],
  ['whitespace at the end of an answer that is not the last', goOn(text('a '))],
  [
    'a system message of settings',
    ask(user(text('Hi')), { role: 'system', output_config: { effort: 'low' } }),
  ],
])('takes %s', (_, refusal) => {
  expect(refusal).toBeUndefined();
});

it.each<[string, string | undefined]>([
  ['messages: at least one message is required', ask()],
  ['messages.0: user messages must have non-empty content', ask({ role: 'user', content: '' })],
  ['messages.0: user messages must have non-empty content', ask(user())],
  ['messages.1: assistant messages must have non-empty content', goOn()],
  [
    'messages.0.content.1.text: text content blocks must be non-empty',
    ask(user(picture, text(''))),
  ],
  ['messages.1.content.0.text: text content blocks must be non-empty', goOn(text(''), text('a'))],
  ['messages.2.content.0.content.0.text: text content blocks must be non-empty', nested(text(''))],
  [
    'messages.0: text content blocks must contain non-whitespace text',
    ask({ role: 'user', content: ' \n' }),
  ],
  [
    'messages.0: text content blocks must contain non-whitespace text',
    ask(user(picture, text(' '))),
  ],
  [
    'messages.1: text content blocks must contain non-whitespace text',
    ask(user(text('Hi')), assistant(text('\n\n'), call('a')), user(result('a'))),
  ],
  [
    'messages: final assistant content cannot end with trailing whitespace',
    ask(user(text('Hi')), assistant(text('a '))),
  ],
  [
    'messages: final assistant content cannot end with trailing whitespace',
    ask(user(text('Hi')), { role: 'assistant', content: 'a\n' }),
  ],
  [
    'system.0.text: text content blocks must be non-empty',
    refusalOf(request({ system: [text('')] })),
  ],
  [
    'messages.0.content.0.content.0.text: text content blocks must be non-empty',
    ask(user({ type: 'document', source: { type: 'content', content: [text('')] } })),
  ],
])('says: %s', (message, refusal) => {
  expect(refusal).toBe(message);
});

it('looks at texts alone', () => {
  expect(wrongText(readRequest(request({ messages: [assistant(call('a'))] })))).toBeUndefined();
});
