import { refusalOfStrict } from '../../../lib/testing/openai/schema-rules.js';

const closed = (properties: object, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

describe('refusalOfStrict', () => {
  it.each([
    [closed({ a: { type: 'string' } })],
    [closed({ a: closed({ b: {} }), c: { type: 'array', items: closed({}) } })],
    [{ type: 'string' }],
  ])('takes %j', (schema) => {
    expect(refusalOfStrict(schema, "function 'f'", 'p')).toBeUndefined();
  });

  it.each([
    [closed({ a: {} }, []), "In context=(), 'required' is required"],
    [closed({ a: { type: 'object' } }), "In context=('properties', 'a'), 'additionalProperties'"],
    [{ anyOf: [{ type: 'object' }] }, "In context=('anyOf'), 'additionalProperties'"],
    [{ $defs: { x: { type: 'object' } } }, "In context=('$defs', 'x')"],
  ])('refuses %j', (schema, message) => {
    expect(refusalOfStrict(schema, "function 'f'", 'p')?.message).toContain(
      `Invalid schema for function 'f': ${message}`,
    );
  });
});
