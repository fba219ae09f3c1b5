import { z } from 'zod';
import { readTool, readTools } from '../../../lib/http/decoder/function-tools';
import { tool } from '../../../lib/tools/tool';

const schema = { type: 'object', properties: { a: { type: 'number' } } };
const read = { name: 'add', description: 'Adds.', parameters: schema, strict: undefined };

describe('readTool', () => {
  it.each([
    [
      "rxlm's",
      tool({ name: 'add', description: 'Adds.', schema: schema as never, func: () => '' }),
    ],
    ["LangChain's", { name: 'add', description: 'Adds.', schema }],
    ["Anthropic's", { name: 'add', description: 'Adds.', input_schema: schema }],
    ["the AI SDK's and MCP's", { name: 'add', description: 'Adds.', inputSchema: schema }],
    [
      "OpenAI's",
      { type: 'function', function: { name: 'add', description: 'Adds.', parameters: schema } },
    ],
    ["OpenAI's, flat", { type: 'function', name: 'add', description: 'Adds.', parameters: schema }],
  ])('reads %s form', (_, given) => {
    expect(readTool(given)).toEqual(read);
  });

  it('takes a Standard Schema, and an object without properties', () => {
    expect(readTool({ name: 'a', schema: z.object({ x: z.string() }) })).toMatchObject({
      parameters: { type: 'object', properties: { x: { type: 'string' } } },
    });
    expect(readTool({ name: 'now', schema: {} })).toMatchObject({
      parameters: { type: 'object', properties: {} },
    });
  });

  it("returns a provider's own tool as it is", () => {
    const own = { type: 'web_search', search_context_size: 'low' };
    expect(readTool(own)).toEqual({ own });
  });

  it.each([
    [7, /a tool must be an object with a name and a schema, got 7/],
    [{ schema }, /a tool must be an object with a name/],
    [{ name: 'add' }, /tool "add" has no schema/],
    [{ name: 'a.b', schema }, /letters, digits, _ and -, got "a\.b"/],
  ])('refuses %p', (given, message) => {
    expect(() => readTool(given)).toThrow(message);
  });
});

describe('readTools', () => {
  it('has nothing to send where there are none', () => {
    expect([readTools(undefined), readTools([])]).toEqual([undefined, undefined]);
  });

  it('refuses two tools of one name', () => {
    expect(() =>
      readTools([
        { name: 'a', schema },
        { name: 'a', schema },
      ]),
    ).toThrow(/two tools have the name "a"/);
  });
});
