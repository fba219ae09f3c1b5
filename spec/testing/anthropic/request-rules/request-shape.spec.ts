import { requestBody } from '../../../../lib/testing/anthropic/request-rules/request-shape.js';
import { request, text } from '../../request-rules/requests.js';

it.each<[string, object]>([
  ['what must be there', request()],
  [
    'what may be there',
    request({
      system: [text('Be terse.')],
      temperature: 0,
      top_p: 1,
      top_k: 0,
      stop_sequences: ['END'],
      stream: true,
      thinking: { type: 'disabled' },
      tools: [],
      tool_choice: { type: 'none' },
      output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } },
      cache_control: { type: 'ephemeral' },
      container: { id: 'container_1' },
      metadata: { user_id: 'u' },
      service_tier: 'auto',
    }),
  ],
  [
    'what betas bring',
    request({ mcp_servers: [], context_management: { edits: [] }, speed: 'fast' }),
  ],
  ['a container by its id', request({ container: 'container_1' })],
  [
    'a system message among the others',
    request({
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'system', content: 'Be terse.', output_config: { effort: 'low' } },
      ],
    }),
  ],
])('takes %s', (_, body) => {
  expect(requestBody(body, 'body')).toBeUndefined();
});

it.each<[string, unknown]>([
  ['body: Input should be a valid dictionary', 'Hi'],
  ['model: Field required', { max_tokens: 1, messages: [] }],
  ['max_tokens: Field required', { model: 'm', messages: [] }],
  ['max_tokens: Input should be greater than or equal to 0', request({ max_tokens: -1 })],
  ['max_token: Extra inputs are not permitted', request({ max_token: 1 })],
  ['betas: Extra inputs are not permitted', request({ betas: [] })],
  ['temperature: Input should be less than or equal to 1', request({ temperature: 1.5 })],
  [
    'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
    request({ thinking: { type: 'enabled', budget_tokens: 10 } }),
  ],
  ['messages: Input should be a valid list', request({ messages: 'Hi' })],
  [
    "messages.0.role: Input should be 'user', 'assistant' or 'system'",
    request({ messages: [{ role: 'tool', content: 'a' }] }),
  ],
  ['messages.0.content: Field required', request({ messages: [{ role: 'user' }] })],
  [
    'messages.0.createdAt: Extra inputs are not permitted',
    request({ messages: [{ role: 'user', content: 'a', createdAt: 1 }] }),
  ],
])('says: %s', (message, body) => {
  expect(requestBody(body, 'body')).toBe(message);
});
