import { describeValue } from '../core/describe-value.js';
import { isStandardSchema, type JsonSchema, type StandardSchema } from './standard-schema.js';

/**
 * A schema as a provider is sent it: plain JSON Schema as it is, of a Standard Schema what it takes as JSON Schema.
 *
 * Throws a `TypeError` that begins with `place` and ends with the remedy where a schema cannot say that.
 *
 * @example
 * toJsonSchema({ type: 'object' }) // => { type: 'object' }
 */
export function toJsonSchema(
  schema: StandardSchema | JsonSchema,
  place = 'the schema',
): JsonSchema {
  if (isStandardSchema(schema)) return inputOf(schema, place);
  if (
    typeof (schema as unknown) !== 'object' ||
    (schema as unknown) === null ||
    Array.isArray(schema)
  ) {
    throw new TypeError(
      `${place} must be a Standard Schema or a JSON Schema object, got ${describeValue(schema)}`,
    );
  }
  return schema;
}

/**
 * @internal The same for the arguments of a call: they are an object, and the schema of anything else is a `TypeError`.
 */
export function toObjectSchema(schema: StandardSchema | JsonSchema, place: string): JsonSchema {
  const json = toJsonSchema(schema, place);
  const { type } = json;
  if (type !== undefined && type !== 'object') {
    throw new TypeError(
      `${place} must be one of an object, as the arguments of a call are, and is one of ${describeValue(type)}: ` +
        'make that a property',
    );
  }
  return json;
}

function inputOf(schema: StandardSchema, place: string): JsonSchema {
  const { jsonSchema, vendor } = schema['~standard'];
  if (jsonSchema === undefined) {
    throw new TypeError(
      `${place}, made by ${vendor}, cannot say itself as JSON Schema: use zod 4.2 or later, ` +
        'wrap a valibot schema in toStandardJsonSchema of @valibot/to-json-schema, or pass JSON Schema itself',
    );
  }
  try {
    const json = jsonSchema.input({ target: 'draft-2020-12' });
    // Providers say themselves which dialect they take.
    return Object.fromEntries(Object.entries(json).filter(([key]) => key !== '$schema'));
  } catch (cause) {
    throw new TypeError(
      `${place}, made by ${vendor}, cannot be said as JSON Schema: ${(cause as Error).message}. ` +
        'Change that part of it, or pass JSON Schema itself',
      { cause },
    );
  }
}
