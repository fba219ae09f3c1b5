import { tool, toolChoice } from '../../../../lib/testing/anthropic/request-rules/tool-shapes.js';

const add = { name: 'add', input_schema: { type: 'object', properties: {} } };

it.each<[string, object]>([
  ['a tool', add],
  [
    'a tool with all that it may have',
    {
      ...add,
      type: 'custom',
      description: 'Adds.',
      strict: true,
      defer_loading: true,
      eager_input_streaming: true,
      input_examples: [{ a: 1 }],
      allowed_callers: ['direct'],
      cache_control: { type: 'ephemeral' },
    },
  ],
  ['a tool with a name of 128 characters', { ...add, name: 'a'.repeat(128) }],
  [
    'a union within a schema',
    { ...add, input_schema: { type: 'object', properties: { a: { anyOf: [{}] } } } },
  ],
  ['a search', { type: 'web_search_20250305', name: 'web_search', max_uses: 3 }],
  ['a search among tools', { type: 'tool_search_tool_bm25', name: 'tool_search_tool_bm25' }],
  ['the tools of an MCP server', { type: 'mcp_toolset', mcp_server_name: 'a' }],
])('takes %s', (_, value) => {
  expect(tool(value, 'tools.0')).toBeUndefined();
});

it.each<[string, object]>([
  ['custom.name: Field required', { input_schema: add.input_schema }],
  ["custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'", { ...add, name: 'a b' }],
  [
    "custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
    { ...add, name: 'a'.repeat(129) },
  ],
  ['custom.input_schema: Field required', { name: 'add' }],
  ['custom.input_schema.type: Field required', { ...add, input_schema: {} }],
  [
    "custom.input_schema.type: Input should be 'object'",
    { ...add, input_schema: { type: 'string' } },
  ],
  ...['oneOf', 'anyOf', 'allOf'].map((keyword): [string, object] => [
    'custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level',
    { ...add, input_schema: { type: 'object', [keyword]: [{}] } },
  ]),
  ['custom.parameters: Extra inputs are not permitted', { ...add, parameters: {} }],
  [
    'web_search_20250305.uses: Extra inputs are not permitted',
    { type: 'web_search_20250305', name: 'web_search', uses: 3 },
  ],
])('says: %s', (message, value) => {
  expect(tool(value, 'tools.0')).toBe(`tools.0.${message}`);
});

it('knows the types of tools', () => {
  expect(tool({ type: 'function', function: add }, 'tools.0')).toMatch(
    /^tools\.0: Input tag 'function' found using 'type' does not match any of the expected tags/,
  );
  expect(tool('add', 'tools.0')).toBe('tools.0: Input should be a valid dictionary');
});

it('knows the choices', () => {
  expect(toolChoice({ type: 'any', disable_parallel_tool_use: true }, 'at')).toBeUndefined();
  expect(toolChoice({ type: 'tool', name: 'add' }, 'at')).toBeUndefined();
  expect(toolChoice({ type: 'tool' }, 'at')).toBe('at.tool.name: Field required');
  expect(toolChoice({ type: 'required' }, 'at')).toMatch(/^at: Input tag 'required'/);
});
