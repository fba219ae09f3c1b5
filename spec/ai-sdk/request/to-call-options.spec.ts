import { z } from 'zod';
import { toCallOptions } from '../../../lib/ai-sdk/request/to-call-options';

const add = { name: 'add', description: 'adds', schema: z.object({ a: z.number() }), strict: true };

describe('toCallOptions', () => {
  it('says only what was set, in the words of the AI SDK', () => {
    expect(toCallOptions({}, 'v3')).toEqual({});
    expect(
      toCallOptions(
        {
          maxTokens: 9,
          temperature: 0,
          stop: ['x'],
          topP: 1,
          topK: 2,
          seed: 3,
          presencePenalty: 4,
          frequencyPenalty: 5,
          headers: { a: 'b', c: null },
          providerOptions: { acme: { x: 1 } },
        },
        'v3',
      ),
    ).toEqual({
      maxOutputTokens: 9,
      temperature: 0,
      stopSequences: ['x'],
      topP: 1,
      topK: 2,
      seed: 3,
      presencePenalty: 4,
      frequencyPenalty: 5,
      headers: { a: 'b', c: undefined },
      providerOptions: { acme: { x: 1 } },
    });
  });

  it.each([
    ['auto', { type: 'auto' }],
    ['none', { type: 'none' }],
    ['any', { type: 'required' }],
    ['add', { type: 'tool', toolName: 'add' }],
    [{ type: 'auto' }, { type: 'auto' }],
  ])('sends the choice %j', (toolChoice, sent) => {
    expect(toCallOptions({ tools: [add], toolChoice }, 'v3')['toolChoice']).toEqual(sent);
    expect(toCallOptions({ toolChoice }, 'v3')).toEqual({});
  });

  it('sends functions and the provider’s own tools', () => {
    const own = { type: 'provider', id: 'acme.search', args: { n: 1 } };
    const [first, second] = toCallOptions({ tools: [add, own] }, 'v3')['tools'] as object[];
    expect(first).toMatchObject({
      type: 'function',
      name: 'add',
      description: 'adds',
      inputSchema: { type: 'object', required: ['a'] },
      strict: true,
    });
    expect(second).toEqual({ ...own, name: 'search' });
    const older = toCallOptions({ tools: [add, own] }, 'v2')['tools'] as object[];
    expect(older).toMatchObject([{ name: 'add' }, { type: 'provider-defined', id: 'acme.search' }]);
    expect(older[0]).not.toHaveProperty('strict');
    expect(() => toCallOptions({ tools: [{ type: 'web_search' }] }, 'v3')).toThrow(
      /no tool of type/,
    );
  });

  it('asks for reasoning where the specification has it, and refuses it elsewhere', () => {
    expect(toCallOptions({ reasoning: { effort: 'low' } }, 'v4')).toEqual({ reasoning: 'low' });
    expect(toCallOptions({ reasoning: { budgetTokens: 99_999 } }, 'v4')).toEqual({
      reasoning: 'high',
    });
    expect(() => toCallOptions({ reasoning: { effort: 'low' } }, 'v3')).toThrow(
      /use providerOptions/,
    );
  });

  it('holds the answer to a format', () => {
    const schema = { type: 'object' } as const;
    const format = (responseFormat: object) =>
      toCallOptions({ responseFormat: responseFormat as never }, 'v3')['responseFormat'];
    expect(format({ type: 'text' })).toBeUndefined();
    expect(format({ type: 'json_object' })).toEqual({ type: 'json' });
    expect(format({ type: 'json_schema', schema, name: 'x' })).toEqual({
      type: 'json',
      schema,
      name: 'x',
    });
  });
});
