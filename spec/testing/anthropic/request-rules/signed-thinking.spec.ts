import { readRequest } from '../../../../lib/testing/anthropic/request-rules/request.js';
import { SignedThinking } from '../../../../lib/testing/anthropic/request-rules/signed-thinking.js';
import { recordingOf } from '../../../../lib/testing/anthropic/make-recording.js';
import { assistant, request, text, user } from '../../request-rules/requests.js';

const thinking = (value: string, signature = 'EqQB'): object => ({
  type: 'thinking',
  thinking: value,
  signature,
});
const answer = recordingOf({
  content: [{ text: ['Hm.'] }, { thinking: ['Let me', ' see'], signature: 'EqQB' }],
});
const signed = new SignedThinking();
signed.add(answer);
const wrongIn = (...blocks: object[]): string | undefined =>
  signed.wrongIn(readRequest(request({ messages: [user(text('Hi')), assistant(...blocks)] })));

it('takes thinking as it was given, and what others have signed', () => {
  expect(wrongIn(thinking('Let me see'), thinking('b', 'other'), text('a'))).toBeUndefined();
});

it('refuses thinking that was changed', () => {
  expect(wrongIn(text('a'), thinking('Let me'))).toBe(
    'messages.1.content.1: Invalid `signature` in `thinking` block',
  );
});

it('knows all that came with one signature', () => {
  signed.add(recordingOf({ content: [{ thinking: ['Other'], signature: 'EqQB' }] }));
  expect(wrongIn(thinking('Let me see'), thinking('Other'))).toBeUndefined();
});
