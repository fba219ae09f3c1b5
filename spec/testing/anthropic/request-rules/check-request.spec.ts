import { refusalOf } from '../../../../lib/testing/anthropic/request-rules/check-request.js';
import { SignedThinking } from '../../../../lib/testing/anthropic/request-rules/signed-thinking.js';
import { recordingOf } from '../../../../lib/testing/anthropic/make-recording.js';
import { assistant, call, request, result, text, user } from '../../request-rules/requests.js';

const thought = { type: 'thinking', thinking: 'Let me see', signature: 'EqQB' };

it('[29] takes a conversation', () => {
  const messages = [
    user(text('Hi')),
    assistant(thought, text('\n\n'), text('I add.'), call('toolu_1')),
    user(result('toolu_1'), text('And?')),
    assistant(text('3')),
    user(text('Thanks')),
  ];
  expect(refusalOf(request({ messages, system: 'Be terse.' }))).toBeUndefined();
});

it.each<[string, object]>([
  ['its shape', request({ max_tokens: undefined })],
  ['its options', request({ tool_choice: { type: 'any' } })],
  ['its texts', request({ messages: [] })],
  ['its calls', request({ messages: [user(result('a'))] })],
  [
    'what the provider has run',
    request({
      messages: [
        user(text('a')),
        assistant({ type: 'mcp_tool_use', id: 'm', name: 'e', server_name: 's', input: {} }),
        user(text('b')),
      ],
    }),
  ],
])('[29] refuses a request for %s', (_, body) => {
  expect(refusalOf(body)).toEqual(expect.any(String));
});

it('[29] holds thinking against what was signed', () => {
  const signed = new SignedThinking();
  signed.add(recordingOf({ content: [{ thinking: ['Another'], signature: 'EqQB' }] }));
  const body = request({ messages: [user(text('Hi')), assistant(thought, text('a'))] });
  expect(refusalOf(body)).toBeUndefined();
  expect(refusalOf(body, signed)).toMatch(/^messages\.1\.content\.0: Invalid `signature`/);
});
