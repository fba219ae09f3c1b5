import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import { toStrictSchema } from '../../lib/anthropic/to-strict-schema';

describe('toStrictSchema', () => {
  it('sends a schema as the SDK’s own helper does', () => {
    const schema = z.object({
      title: z.string().describe('What it is called.'),
      steps: z.array(z.object({ text: z.string(), minutes: z.number().min(1).optional() })),
      kind: z.enum(['soup', 'cake']),
      author: z.union([z.string(), z.null()]),
    });
    const { schema: expected } = zodOutputFormat(schema) as { schema: object };
    expect(toStrictSchema(schema)).toEqual(expected);
  });

  it('closes the objects of JSON Schema, and leaves the one that it was given alone', () => {
    const schema = { type: 'object', properties: { a: { type: 'object', properties: {} } } };
    const before = JSON.stringify(schema);
    expect(toStrictSchema(schema)).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: { a: { type: 'object', additionalProperties: false, properties: {} } },
    });
    expect(JSON.stringify(schema)).toBe(before);
  });

  it('refuses what the API would refuse, saying why', () => {
    expect(() => toStrictSchema({ properties: {} })).toThrow(TypeError);
    expect(() => toStrictSchema({ properties: {} })).toThrow(/outputConfig.format cannot be sent/);
  });
});
