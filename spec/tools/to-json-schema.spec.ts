import { z } from 'zod';
import * as mini from 'zod/mini';
import type { StandardSchema } from '../../lib/tools/standard-schema';
import { tool } from '../../lib/tools/tool';
import { toJsonSchema, toObjectSchema } from '../../lib/tools/to-json-schema';

const standard = (jsonSchema?: object) =>
  ({
    '~standard': {
      version: 1,
      vendor: 'valibot',
      validate: (value: unknown) => ({ value }),
      jsonSchema,
    },
  }) as StandardSchema;

describe('toJsonSchema', () => {
  it('gives JSON Schema as it is', () => {
    const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' };
    expect(toJsonSchema(schema)).toBe(schema);
  });

  it('gives what a zod schema takes, which is what the model is to write', () => {
    const schema = z.object({
      city: z.string().describe('A town'),
      days: z.number().default(3),
      note: z.string().transform((note) => note.length),
    });
    expect(toJsonSchema(schema)).toEqual({
      type: 'object',
      properties: {
        city: { type: 'string', description: 'A town' },
        days: { type: 'number', default: 3 },
        note: { type: 'string' },
      },
      required: ['city', 'note'],
    });
  });

  it('asks for draft 2020-12, and changes nothing that belongs to the schema', () => {
    const json = Object.freeze({ $schema: 'x', type: 'object' });
    const input = jest.fn(() => json);
    expect(toJsonSchema(standard({ input }))).toEqual({ type: 'object' });
    expect(input.mock.calls).toEqual([[{ target: 'draft-2020-12' }]]);
    expect(json.$schema).toBe('x');
  });

  it('keeps a property named __proto__', () => {
    const properties = JSON.parse('{"__proto__":{"type":"string"}}') as object;
    const json = toJsonSchema(standard({ input: () => ({ properties }) }));
    expect(Object.keys(json['properties'] as object)).toEqual(['__proto__']);
  });

  it('names the remedy where a schema has no JSON Schema', () => {
    expect(() => toJsonSchema(standard())).toThrow(
      new TypeError(
        'the schema, made by valibot, cannot say itself as JSON Schema: use zod 4.2 or later, wrap a valibot schema in ' +
          'toStandardJsonSchema of @valibot/to-json-schema, or pass JSON Schema itself',
      ),
    );
  });

  it('names another remedy for a schema of zod/mini, and that is one', async () => {
    const schema = mini.object({ city: mini.string() });
    expect(() => toJsonSchema(schema)).toThrow(
      /schemas of zod\/mini do not; pass schema: z.toJSONSchema/,
    );
    const weather = tool({
      name: 'weather',
      schema: mini.toJSONSchema(schema, { io: 'input' }),
      validate: schema['~standard'].validate,
      func: ({ city }) => city,
    });
    expect(toJsonSchema(weather.schema)).toMatchObject({
      properties: { city: { type: 'string' } },
    });
    expect(await weather.invoke({ city: 'Graz' })).toBe('Graz');
    await expect(weather.invoke({ city: 5 } as never)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it('says why where a part of it cannot be said', () => {
    const say = () => toJsonSchema(z.object({ when: z.date() }));
    expect(say).toThrow(TypeError);
    expect(say).toThrow(
      'the schema, made by zod, cannot be said as JSON Schema: Date cannot be represented in JSON Schema. ' +
        'Change that part of it, or pass JSON Schema itself',
    );
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['object', '"object"'],
    [[{ type: 'object' }], 'an array of 1'],
    [() => undefined, 'function (anonymous)'],
  ])('is a TypeError for %p', (value, described) => {
    expect(() => toJsonSchema(value as never, 'my schema')).toThrow(
      new TypeError(
        `my schema must be a Standard Schema or a JSON Schema object, got ${described}`,
      ),
    );
  });
});

describe('toObjectSchema', () => {
  it.each([{ type: 'object' }, { type: 'object', properties: { a: { anyOf: [{}, {}] } } }, {}])(
    'takes %j as it is',
    (schema) => {
      expect(toObjectSchema(schema, 'my schema')).toEqual(schema);
    },
  );

  it.each([
    ['anyOf', z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])],
    [
      'oneOf',
      z.discriminatedUnion('t', [z.object({ t: z.literal('a') }), z.object({ t: z.literal('b') })]),
    ],
    ['anyOf', z.object({ a: z.string() }).nullable()],
    ['anyOf', { type: 'object', anyOf: [{ required: ['a'] }, { required: ['b'] }] }],
    ['allOf', { allOf: [{ type: 'object' }, { if: {}, then: {} }] }],
    ['anyOf', { $ref: '#/$defs/A', $defs: { A: { anyOf: [{}, {}] } } }],
  ])('is a TypeError for %s at its root, which says what to do', (keyword, schema) => {
    expect(() => toObjectSchema(schema, 'tool t: the schema')).toThrow(
      new TypeError(
        `tool t: the schema has ${keyword} at its root, which providers refuse for the arguments of a call: ` +
          'make that a property, z.object({ value: … }) say',
      ),
    );
    expect(() => tool({ name: 't', schema, func: () => 1 } as never)).toThrow(TypeError);
  });

  it.each([
    [z.string(), '"string"'],
    [z.array(z.object({})), '"array"'],
    [{ type: ['object', 'null'] }, 'an array of 2'],
  ])('is a TypeError for what is no object', (schema, described) => {
    expect(() => toObjectSchema(schema, 'my schema')).toThrow(
      new TypeError(
        `my schema must be one of an object, as the arguments of a call are, and is one of ${described}: make that a property`,
      ),
    );
  });
});
