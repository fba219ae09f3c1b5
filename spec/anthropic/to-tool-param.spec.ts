import { tool } from 'rxlm';
import { z } from 'zod';
import { toToolChoice, toToolParam } from '../../lib/anthropic/to-tool-param';

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
