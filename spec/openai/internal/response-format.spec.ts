import { z } from 'zod';
import { toFormat } from '../../../lib/openai/internal/response-format';

const strict = { strictTools: true };

describe('toFormat', () => {
  it.each([
    [undefined, undefined],
    [{ type: 'text' } as const, undefined],
    [{ type: 'json_object' } as const, { type: 'json_object' }],
  ])('of %p is %p', (format, sent) => {
    expect(toFormat(format, strict)).toEqual(sent);
  });

  it('closes the objects of a strict schema, and leaves out strict where the server does not know it', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'object', properties: {} } },
      required: ['a'],
    };
    expect(toFormat({ type: 'json_schema', schema }, strict)).toEqual({
      type: 'json_schema',
      name: 'answer',
      strict: true,
      schema: {
        ...schema,
        properties: { a: { type: 'object', properties: {}, additionalProperties: false } },
        additionalProperties: false,
      },
    });
    expect(toFormat({ type: 'json_schema', schema, name: 'x' }, { strictTools: false })).toEqual({
      type: 'json_schema',
      name: 'x',
      schema,
    });
  });

  it.each([
    [{ type: 'object', properties: { a: { type: 'number' } } }],
    [{ type: 'object', additionalProperties: { type: 'number' } }],
    [{ type: 'array', items: { type: 'object', properties: { a: {} }, required: [] } }],
  ])('does not ask to hold exactly to what the server would refuse: %j', (schema) => {
    const format = { type: 'json_schema', schema } as const;
    expect(toFormat(format, strict)).toEqual({ type: 'json_schema', name: 'answer', schema });
    expect(toFormat({ ...format, strict: true }, strict)).toMatchObject({ strict: true });
  });

  it('takes a Standard Schema', () => {
    const format = toFormat({ type: 'json_schema', schema: z.object({ a: z.number() }) }, strict);
    expect(format?.['schema']).toMatchObject({
      properties: { a: { type: 'number' } },
      required: ['a'],
    });
  });

  it('refuses a name that the API refuses', () => {
    expect(() => toFormat({ type: 'json_schema', schema: {}, name: 'a b' }, strict)).toThrow(
      /responseFormat\.name .* got "a b"/,
    );
  });
});
