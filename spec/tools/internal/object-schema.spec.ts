import { z } from 'zod';
import { joinObjects, objectSchema } from '../../../lib/tools/internal/object-schema';
import { toJsonSchema } from '../../../lib/tools/to-json-schema';

const object = (schema: object) => objectSchema(toJsonSchema(schema as never), 'it');

describe('objectSchema', () => {
  it('makes one object of an intersection of several, each with a description of its own', () => {
    const schema = z
      .object({ a: z.string() })
      .and(z.object({ b: z.number().optional() }))
      .and(z.object({ c: z.number() }).describe('the third'));
    expect(object(schema)).toEqual({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'number' }, c: { type: 'number' } },
      required: ['a', 'c'],
    });
  });

  it('keeps what stands beside allOf', () => {
    const schema = {
      $defs: { X: {} },
      description: 'all',
      properties: { z: {} },
      required: ['z'],
      allOf: [{ type: 'object', properties: { a: {} } }],
    };
    expect(object(schema)).toEqual({
      $defs: { X: {} },
      description: 'all',
      type: 'object',
      properties: { z: {}, a: {} },
      required: ['z'],
    });
  });

  it.each([
    [
      'a property twice',
      [
        { type: 'object', properties: { a: {} } },
        { type: 'object', properties: { a: {} } },
      ],
    ],
    ['what is not of an object alone', [{ type: 'object', minProperties: 1 }]],
    ['what is no object', [{ type: 'string' }]],
    ['closed objects', [{ type: 'object', additionalProperties: false }]],
  ])('refuses allOf with %s', (_, allOf) => {
    expect(() => object({ allOf })).toThrow('it has allOf at its root');
    expect(joinObjects({ allOf })).toEqual({ allOf });
  });

  it('follows a reference at the root, and keeps the definitions', () => {
    const Node = z.object({ value: z.string(), get kids() { return z.array(Node); } }); // prettier-ignore
    const json = object(Node.meta({ id: 'Node' }));
    expect(json).toMatchObject({ type: 'object', required: ['value', 'kids'] });
    expect(json).not.toHaveProperty('$ref');
    expect(Object.keys(json['$defs'] as object)).toContain('Node');
    expect(object({ $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'object' } } })).toMatchObject({
      type: 'object',
    });
  });

  it.each([
    { $ref: '#/$defs/A', $defs: { A: { $ref: '#/$defs/A' } } },
    { $ref: '#/$defs/none', $defs: {} },
    { $ref: '#/$defs/__proto__', $defs: {} },
    { $ref: 'https://a.test/schema' },
  ])('leaves alone what leads nowhere: %j', (schema) => {
    expect(object(schema)).toEqual(schema);
  });
});
