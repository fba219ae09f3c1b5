import { z } from 'zod';
import { toTools } from '../../../lib/google/request/to-tools';

const add = { name: 'add', description: 'adds', schema: z.object({ a: z.number() }) };

describe('toTools', () => {
  it('declares functions by JSON Schema, beside tools of Google', () => {
    expect(toTools({ tools: [add, { googleSearch: {} }, { codeExecution: {} }] })).toEqual({
      tools: [
        {
          functionDeclarations: [
            {
              name: 'add',
              description: 'adds',
              parametersJsonSchema: {
                type: 'object',
                properties: { a: { type: 'number' } },
                required: ['a'],
              },
            },
          ],
        },
        { googleSearch: {} },
        { codeExecution: {} },
      ],
      config: {},
    });
  });

  it.each([
    ['auto', { mode: 'AUTO' }],
    ['any', { mode: 'ANY' }],
    ['required', { mode: 'ANY' }],
    ['none', { mode: 'NONE' }],
    ['add', { mode: 'ANY', allowedFunctionNames: ['add'] }],
    [{ mode: 'VALIDATED' }, { mode: 'VALIDATED' }],
    [{ functionCallingConfig: { mode: 'ANY' } }, { mode: 'ANY' }],
  ])('sends the choice %j as %j', (toolChoice, config) => {
    expect(toTools({ tools: [add], toolChoice }).config).toEqual({ functionCallingConfig: config });
  });

  it('asks for arguments piece by piece where there are functions', () => {
    const streamFunctionCallArguments = true;
    expect(toTools({ tools: [add], streamFunctionCallArguments }).config).toEqual({
      functionCallingConfig: { streamFunctionCallArguments },
    });
    expect(toTools({ tools: [{ googleSearch: {} }], streamFunctionCallArguments }).config).toEqual(
      {},
    );
    expect(toTools({ toolChoice: 'auto' })).toEqual({ tools: undefined, config: {} });
  });

  it.each([
    [{ tools: [add], toolChoice: 'sub' }, /toolChoice must be.*got "sub"/],
    [
      { tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
      /no tool of type "web_search/,
    ],
    [{ tools: ['x'] }, /a tool must be an object/],
    [{ tools: [add, add] }, /two tools have the name "add"/],
  ])('refuses %j', (options, message) => {
    expect(() => toTools(options)).toThrow(message);
  });

  it('knows the names of functions in Google’s own form', () => {
    const own = { functionDeclarations: [{ name: 'sub' }] };
    expect(toTools({ tools: [own], toolChoice: 'sub' })).toMatchObject({ tools: [own] });
  });
});
