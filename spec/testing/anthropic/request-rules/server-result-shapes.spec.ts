import { serverResultBlocks } from '../../../../lib/testing/anthropic/request-rules/server-result-shapes.js';
import { tagged } from '../../../../lib/testing/anthropic/request-rules/shape.js';

const block = tagged(serverResultBlocks);
const result = (tool: string, content: unknown, more: object = {}): object => ({
  type: `${tool}_tool_result`,
  tool_use_id: 'srvtoolu_1',
  content,
  ...more,
});
const found = {
  type: 'web_search_result',
  url: 'https://a.example',
  title: 'a',
  encrypted_content: 'x',
  page_age: null,
};
const printed = { stdout: 'a', stderr: '', return_code: 0 };

it.each<[string, object]>([
  ['a search', result('web_search', [found], { caller: { type: 'direct' } })],
  [
    'a search that failed',
    result('web_search', { type: 'web_search_tool_result_error', error_code: 'unavailable' }),
  ],
  [
    'a page',
    result('web_fetch', {
      type: 'web_fetch_result',
      url: 'https://a.example',
      retrieved_at: '2026-01-01',
      content: {
        type: 'document',
        source: { type: 'text', media_type: 'text/plain', data: 'a' },
        title: 'a',
        citations: { enabled: true },
      },
    }),
  ],
  ['code', result('code_execution', { type: 'code_execution_result', ...printed, content: [] })],
  [
    'a command',
    result('bash_code_execution', {
      type: 'bash_code_execution_result',
      ...printed,
      content: [{ type: 'bash_code_execution_output', file_id: 'file_1' }],
    }),
  ],
  [
    'an edit',
    result('text_editor_code_execution', {
      type: 'text_editor_code_execution_create_result',
      is_file_update: false,
    }),
  ],
  [
    'tools that were found',
    result('tool_search', {
      type: 'tool_search_tool_search_result',
      tool_references: [{ type: 'tool_reference', tool_name: 'add' }],
    }),
  ],
  ['advice', result('advisor', { type: 'advisor_result', text: 'a', stop_reason: 'end_turn' })],
])('takes the result of %s', (_, value) => {
  expect(block(value, 'at')).toBeUndefined();
});

it.each<[string, object]>([
  [
    'at.web_search_tool_result.content.0.web_search_result.snippet: Extra inputs are not permitted',
    result('web_search', [{ ...found, snippet: 'a' }]),
  ],
  [
    'at.code_execution_tool_result.content.code_execution_result.content: Field required',
    result('code_execution', { type: 'code_execution_result', ...printed }),
  ],
  [
    'at.advisor_tool_result.caller: Extra inputs are not permitted',
    result('advisor', { type: 'advisor_result', text: 'a' }, { caller: { type: 'direct' } }),
  ],
])('says: %s', (message, value) => {
  expect(block(value, 'at')).toBe(message);
});
