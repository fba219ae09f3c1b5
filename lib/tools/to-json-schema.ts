import { describeValue } from '../core/describe-value.js';
import { isStandardSchema, type JsonSchema, type StandardSchema } from './standard-schema.js';

/**
 * A schema as a provider is sent it: plain JSON Schema as it is, of a Standard Schema what it takes as JSON Schema.
 *
 * Throws a `TypeError` with the remedy where a schema cannot say that.
 *
 * @example
 * toJsonSchema({ type: 'object' }) // => { type: 'object' }
 */
export function toJsonSchema(schema: StandardSchema | JsonSchema): JsonSchema {
  if (isStandardSchema(schema)) return inputOf(schema);
  if (typeof (schema as unknown) === 'object' && (schema as unknown) !== null) {
    if (!Array.isArray(schema)) return schema;
  }
  throw new TypeError(
    `a schema must be a Standard Schema or a JSON Schema object, got ${describeValue(schema)}`,
  );
}

/**
 * @internal The same for what the model writes as the arguments of a call: they are an object, so the schema of anything
 * else is a `TypeError`.
 */
export function toObjectSchema(schema: StandardSchema | JsonSchema): JsonSchema {
  const json = toJsonSchema(schema);
  const { type } = json;
  if (type !== undefined && type !== 'object') {
    throw new TypeError(
      `the arguments of a call are an object, and this is the schema of ${describeValue(type)}: make it a property of one`,
    );
  }
  return json;
}

function inputOf(schema: StandardSchema): JsonSchema {
  const { jsonSchema, vendor } = schema['~standard'];
  if (jsonSchema === undefined) {
    throw new TypeError(
      `this ${vendor} schema cannot say itself as JSON Schema: use zod 4.2 or later, ` +
        'wrap a valibot schema in toStandardJsonSchema of @valibot/to-json-schema, or pass JSON Schema itself',
    );
  }
  try {
    const json = jsonSchema.input({ target: 'draft-2020-12' });
    // Providers say themselves which dialect they take.
    return Object.fromEntries(Object.entries(json).filter(([key]) => key !== '$schema'));
  } catch (cause) {
    throw new TypeError(
      `this ${vendor} schema cannot be said as JSON Schema: ${(cause as Error).message}. ` +
        'Change that part of it, or pass JSON Schema itself',
      { cause },
    );
  }
}
