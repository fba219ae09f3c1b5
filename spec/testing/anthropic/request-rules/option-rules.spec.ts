import { wrongOption } from '../../../../lib/testing/anthropic/request-rules/option-rules.js';
import { readRequest } from '../../../../lib/testing/anthropic/request-rules/request.js';
import { type Body, request } from '../../request-rules/requests.js';

const thinking = { type: 'enabled', budget_tokens: 2048 };
const adaptive = { type: 'adaptive' };
const tools = [{ name: 'add' }, { type: 'mcp_toolset' }, { name: 'sub' }, { type: 'mcp_toolset' }];
const wrongIn = (fields: Body): string | undefined => wrongOption(readRequest(request(fields)));

it.each<[string, Body]>([
  ['thinking with room for an answer', { thinking, max_tokens: 2049 }],
  ['thinking beside tools', { thinking: adaptive, tools, tool_choice: { type: 'auto' } }],
  ['a forced tool without thinking', { tools, tool_choice: { type: 'tool', name: 'sub' } }],
  [
    'a forced tool beside thinking that is off',
    { thinking: { type: 'disabled' }, tools, tool_choice: { type: 'any' } },
  ],
  ['a temperature of 1 beside thinking', { thinking: adaptive, temperature: 1 }],
  ['a temperature', { temperature: 0 }],
  ['no tools and no choice', {}],
  ['no tools and none chosen', { tool_choice: { type: 'none' } }],
])('takes %s', (_, fields) => {
  expect(wrongIn(fields)).toBeUndefined();
});

const forced = 'Thinking may not be enabled when tool_choice forces tool use.';
it.each<[string, Body]>([
  ['`max_tokens` must be greater than `thinking.budget_tokens`.', { thinking, max_tokens: 2048 }],
  [forced, { thinking: adaptive, tools, tool_choice: { type: 'any' } }],
  [forced, { thinking, max_tokens: 4096, tools, tool_choice: { type: 'tool', name: 'add' } }],
  [
    '`temperature` may only be set to 1 when thinking is enabled.',
    { thinking: adaptive, temperature: 0.5 },
  ],
  ['tools: Tool names must be unique.', { tools: [...tools, { name: 'add' }] }],
  [
    "tool_choice.name: Tool 'mul' not found in provided tools",
    { tools, tool_choice: { type: 'tool', name: 'mul' } },
  ],
  [
    'tool_choice: tool_choice may only be specified while providing tools',
    { tool_choice: { type: 'any' } },
  ],
])('says: %s', (message, fields) => {
  expect(wrongIn(fields)).toBe(message);
});
