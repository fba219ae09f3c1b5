import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { z } from 'zod';
import { toStrictSchema } from '../../../lib/anthropic/request/to-strict-schema';

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

  it.each([
    ['its root', z.record(z.string(), z.number())],
    ['scores', z.object({ scores: z.record(z.string(), z.number()) })],
    ['byKind', z.object({ byKind: z.partialRecord(z.enum(['a', 'b']), z.number()) })],
    ['rows.items', z.object({ rows: z.array(z.looseObject({ a: z.string() })) })],
    ['of.anyOf', z.object({ of: z.union([z.string(), z.record(z.string(), z.string())]) })],
    ['its root', { type: 'object', additionalProperties: true }],
    ['x', { type: 'object', $defs: { x: { type: 'object', patternProperties: {} } } }],
  ])('refuses an open object at %s: closed it could only be empty', (place, schema) => {
    const say = () => toStrictSchema(schema);
    expect(say).toThrow(TypeError);
    expect(say).toThrow(`${place} takes properties of any name (a record)`);
    expect(say).toThrow("method: 'tool'");
  });

  it('takes closed objects, and properties that are named as keywords are', () => {
    const schema = z.strictObject({
      additionalProperties: z.string(),
      patternProperties: z.object({ items: z.string() }),
    });
    expect(toStrictSchema(schema)).toMatchObject({ additionalProperties: false });
  });

  it('joins an intersection of objects, which closed one by one would fit nothing', () => {
    const schema = z.object({ a: z.string() }).and(z.object({ b: z.string() }).describe('more'));
    expect(toStrictSchema(schema)).toEqual({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      required: ['a', 'b'],
      additionalProperties: false,
    });
  });

  it('refuses what the API would refuse, saying why', () => {
    expect(() => toStrictSchema({ properties: {} })).toThrow(TypeError);
    expect(() => toStrictSchema({ properties: {} })).toThrow(/outputConfig.format cannot be sent/);
  });
});
