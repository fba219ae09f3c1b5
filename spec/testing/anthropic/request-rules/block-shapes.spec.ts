import { systemBlock } from '../../../../lib/testing/anthropic/request-rules/block-shapes.js';
import {
  ask,
  assistant,
  call,
  goOn,
  result,
  show,
  text,
  user,
} from '../../request-rules/requests.js';

const answered = (block: object, content: object = result('toolu_1')): string | undefined =>
  ask(user(text('Hi')), assistant(block), user(content));

it.each<[string, string | undefined]>([
  ['a text', show({ type: 'text', text: 'a', cache_control: null, citations: null })],
  [
    'a result of a search of one’s own',
    show({ type: 'search_result', source: 's', title: 't', content: [text('a')] }),
  ],
  ['a file for a container', show({ type: 'container_upload', file_id: 'file_1' })],
  ['thinking', goOn({ type: 'thinking', thinking: '', signature: 'EqQB' }, text('a'))],
  ['redacted thinking', goOn({ type: 'redacted_thinking', data: 'x' }, text('a'))],
  ['a call', answered(call('toolu_1', { caller: { type: 'direct' } }))],
  ['a result that is an error', answered(call('toolu_1'), result('toolu_1', { is_error: true }))],
  [
    'a result without content',
    answered(call('toolu_1'), { type: 'tool_result', tool_use_id: 'toolu_1' }),
  ],
  [
    'a result of blocks',
    answered(
      call('toolu_1'),
      result('toolu_1', { content: [text('a'), { type: 'tool_reference', tool_name: 'add' }] }),
    ),
  ],
  ['a compaction', goOn({ type: 'compaction', content: null }, text('a'))],
  ['a fallback', goOn({ type: 'fallback', from: { model: 'a' }, to: { model: 'b' } }, text('a'))],
])('takes %s', (_, refusal) => {
  expect(refusal).toBeUndefined();
});

it.each<[string, string | undefined]>([
  ['0.content.0.text.annotations: Extra', show({ ...text('a'), annotations: [] })],
  ['0.content.0.text.id: Extra', show({ ...text('a'), id: 'x' })],
  ['0.content.0.text.index: Extra', show({ ...text('a'), index: 0 })],
  ["0.content.0: Input tag 'input_audio'", show({ type: 'input_audio', input_audio: {} })],
  ["0.content.0: Input tag 'image_url'", show({ type: 'image_url', image_url: 'https://a' })],
  ["1.content.0: Input tag 'reasoning'", goOn({ type: 'reasoning', reasoning: 'a' })],
  [
    '1.content.0.thinking.estimated_tokens: Extra',
    goOn({ type: 'thinking', thinking: 'a', signature: 'x', estimated_tokens: 3 }),
  ],
  ['1.content.0.thinking.signature: Field required', goOn({ type: 'thinking', thinking: 'a' })],
  [
    '1.content.0: Invalid `signature` in `thinking` block',
    goOn({ type: 'thinking', thinking: 'a', signature: '' }),
  ],
  ['1.content.0.tool_use.id: String should match', answered(call('functions.add:0'))],
  [
    '1.content.0.tool_use.input: Input should be a valid dictionary',
    answered(call('a', { input: '' })),
  ],
  ['1.content.0.tool_use.args: Extra', answered(call('a', { args: {} }))],
  ['1.content.0.tool_use.name: String should match', answered(call('a', { name: 'my tool' }))],
  [
    '1.content.0.server_tool_use.id: String should match',
    goOn({ type: 'server_tool_use', id: 'toolu_1', name: 'web_search', input: {} }),
  ],
  [
    "2.content.0.tool_result.content.0: Input tag 'audio'",
    answered(call('a'), result('a', { content: [{ type: 'audio', data: 'x' }] })),
  ],
  [
    '2.content.0.tool_result.content.0.text._meta: Extra',
    answered(call('a'), result('a', { content: [{ ...text('a'), _meta: {} }] })),
  ],
  ['2.content.0.tool_result.status: Extra', answered(call('a'), result('a', { status: 'error' }))],
])('says: %s', (message, refusal) => {
  expect(refusal).toMatch(new RegExp(`^messages\\.${message.replace(/[.$]/g, '\\$&')}`));
});

it('takes texts alone in a system prompt', () => {
  expect(systemBlock(text('a'), 'system.0')).toBeUndefined();
  expect(systemBlock({ type: 'image' }, 'system.0')).toMatch(/^system\.0: Input tag 'image'/);
});
