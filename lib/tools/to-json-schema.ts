import { describeValue } from '../core/describe-value.js';
import { isStandardSchema, type JsonSchema, type StandardSchema } from './standard-schema.js';

/**
 * A schema as a provider is sent it: plain JSON Schema as it is, of a Standard Schema its JSON Schema side.
 *
 * Throws a `TypeError` with the remedy where a schema has none.
 *
 * @example
 * toJsonSchema({ type: 'object' }) // => { type: 'object' }
 */
export function toJsonSchema(schema: StandardSchema | JsonSchema): JsonSchema {
  if (!isStandardSchema(schema)) {
    if (
      typeof (schema as unknown) === 'object' &&
      (schema as unknown) !== null &&
      !Array.isArray(schema)
    )
      return schema;
    throw new TypeError(
      `a schema must be a Standard Schema or a JSON Schema object, got ${describeValue(schema)}`,
    );
  }
  const { jsonSchema, vendor } = schema['~standard'];
  if (jsonSchema === undefined) {
    throw new TypeError(
      `this ${vendor} schema cannot say itself as JSON Schema: use zod 4.2 or later, ` +
        'wrap a valibot schema in toStandardJsonSchema of @valibot/to-json-schema, or pass JSON Schema itself',
    );
  }
  const { $schema, ...json } = jsonSchema.input({ target: 'draft-2020-12' });
  return json;
}
