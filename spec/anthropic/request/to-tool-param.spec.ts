import { tool } from 'rxlm';
import { z } from 'zod';
import {
  toToolChoice,
  toToolParam,
  toToolParams,
} from '../../../lib/anthropic/request/to-tool-param';

describe('toToolParam', () => {
  const input_schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };

  it.each([
    [
      'a Standard Schema',
      { name: 'add', description: 'Adds.', schema: z.object({ a: z.number() }) },
    ],
    ['a JSON Schema', { name: 'add', description: 'Adds.', schema: input_schema }],
    [
      'an OpenAI function',
      {
        type: 'function',
        function: { name: 'add', description: 'Adds.', parameters: input_schema },
      },
    ],
    ['the API’s own form', { name: 'add', description: 'Adds.', input_schema }],
  ])('takes a tool with %s', (_, tool) => {
    expect(toToolParam(tool)).toMatchObject({ name: 'add', description: 'Adds.', input_schema });
  });

  it('takes an MCP tool, and of any form only the fields that are the API’s', () => {
    const run = () => 1;
    const mcp = {
      name: 'add',
      description: 'Adds.',
      inputSchema: input_schema,
      annotations: {},
      _meta: {},
    };
    expect(toToolParam(mcp)).toEqual({ name: 'add', description: 'Adds.', input_schema });
    const own = {
      type: 'custom',
      name: 'add',
      input_schema,
      strict: true,
      run,
      parse: run,
      title: 'Add',
    };
    expect(toToolParam(own)).toEqual({ type: 'custom', name: 'add', input_schema, strict: true });
  });

  it.each(['with space', 'a.b', 'ümlaut', 'x'.repeat(129), 'a\n', '__proto__ '])(
    'refuses the name %j, which the API does',
    (name) => {
      for (const tool of [
        { name, schema: input_schema },
        { name, input_schema },
        { type: 'function', function: { name, parameters: input_schema } },
      ]) {
        expect(() => toToolParam(tool)).toThrow(/a tool's name must be 1 to 128 of the characters/);
      }
    },
  );

  it.each(['anyOf', 'oneOf', 'allOf'])(
    'refuses %s at the root, of the API’s own form as well',
    (keyword) => {
      for (const field of ['input_schema', 'schema', 'inputSchema', 'parameters']) {
        const tool = { name: 'add', [field]: { type: 'object', [keyword]: [{}, {}] } };
        expect(() => toToolParam(tool)).toThrow(`tool add: the schema has ${keyword} at its root`);
      }
    },
  );

  it('passes on what the API knows of a tool, and nothing else', () => {
    const tool = {
      name: 'add',
      schema: input_schema,
      cache_control: { type: 'ephemeral' },
      func: () => 1,
      strict: true,
    };
    expect(toToolParam(tool)).toEqual({
      name: 'add',
      input_schema,
      cache_control: { type: 'ephemeral' },
      strict: true,
    });
  });

  it('passes on server tools as they are', () => {
    const search = { type: 'web_search_20250305', name: 'web_search', max_uses: 2 };
    expect(toToolParam(search)).toBe(search);
  });

  it.each([null, 5, 'add', {}, { schema: input_schema }, { name: '', schema: input_schema }])(
    'refuses %p',
    (tool) => {
      expect(() => toToolParam(tool)).toThrow(/a tool must be/);
    },
  );

  it('names the tool that has no schema', () => {
    expect(() => toToolParam({ name: 'add' })).toThrow(/tool "add" has no schema/);
  });
});

describe('toToolParams', () => {
  it('refuses two tools of one name, whatever their forms', () => {
    const schema = { type: 'object' };
    const forms = [
      { name: 'a', schema },
      { name: 'a', input_schema: schema },
      { type: 'bash_20250124', name: 'a' },
    ];
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 0],
    ] as const) {
      expect(() => toToolParams([{ name: 'b', schema }, forms[i], forms[j]])).toThrow(
        'two tools are named "a"',
      );
    }
    expect(toToolParams([forms[0], { name: 'A', schema }])).toHaveLength(2);
  });

  it('takes tools without a name that the API has without one', () => {
    const set = { type: 'mcp_toolset', mcp_server_name: 's' };
    expect(toToolParams([set, { ...set, mcp_server_name: 't' }])).toHaveLength(2);
  });
});

describe('toToolChoice', () => {
  it.each([
    ['auto', { type: 'auto' }],
    ['any', { type: 'any' }],
    ['required', { type: 'any' }],
    ['none', { type: 'none' }],
    ['add', { type: 'tool', name: 'add' }],
    [undefined, undefined],
  ])('%p', (choice, expected) => {
    expect(toToolChoice(choice)).toEqual(expected);
  });

  it('leaves its own form as it is', () => {
    const choice = { type: 'auto', disable_parallel_tool_use: true };
    expect(toToolChoice(choice)).toBe(choice);
  });
});

describe('a tool of rxlm', () => {
  const schema = { type: 'object' };

  it('brings its fields for the provider', () => {
    const cached = tool({
      name: 'weather',
      schema,
      func: () => 1,
      cache_control: { type: 'ephemeral' },
      strict: true,
      eager_input_streaming: true,
      defer_loading: true,
      input_examples: [{ city: 'Graz' }],
      allowed_callers: ['direct'],
    });
    expect(toToolParam(cached)).toEqual({
      name: 'weather',
      input_schema: schema,
      cache_control: { type: 'ephemeral' },
      strict: true,
      eager_input_streaming: true,
      defer_loading: true,
      input_examples: [{ city: 'Graz' }],
      allowed_callers: ['direct'],
    });
  });

  it('that the provider defines is sent in the provider’s form', () => {
    const bash = tool({ type: 'bash_20250124', name: 'bash', func: () => 'done' });
    expect(toToolParam(bash)).toEqual({ type: 'bash_20250124', name: 'bash' });
  });
});
