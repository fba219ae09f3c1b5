import type { StandardJSONSchemaV1 } from '@standard-schema/spec';
import { describeValue } from '../core/internal/describe-value.js';
import { objectSchema } from './internal/object-schema.js';
import { isStandardSchema, type JsonSchema, type StandardSchema } from './standard-schema.js';

/**
 * Converts a schema to the JSON Schema that a provider receives. A plain JSON Schema is returned as it is; for a Standard
 * Schema the result describes its input.
 *
 * Throws a `TypeError` that begins with `place` and ends with the remedy if a schema cannot be converted.
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
 * @internal The same for the arguments of a call. A schema that is not the schema of an object, or that has a union at its
 * root, which providers refuse, is a `TypeError`.
 */
export function toObjectSchema(schema: StandardSchema | JsonSchema, place: string): JsonSchema {
  return objectSchema(toJsonSchema(schema, place), place);
}

const OTHERS =
  'use zod 4.2 or later, wrap a valibot schema in toStandardJsonSchema of @valibot/to-json-schema, or pass JSON Schema itself';
const MINI =
  "schemas of zod/mini do not; pass schema: z.toJSONSchema(schema, { io: 'input' }) and validate: schema['~standard'].validate, " +
  'or make it with zod itself';

/** In zod itself every schema converts, from 4.2 on. */
function isZodMini(schema: StandardSchema): boolean {
  const { _zod } = schema as {
    readonly _zod?: { readonly version?: { major: number; minor: number } };
  };
  const { major = 0, minor = 0 } = _zod?.version ?? {};
  return major > 4 || (major === 4 && minor >= 2);
}

function inputOf(schema: StandardSchema, place: string): JsonSchema {
  const { jsonSchema, vendor }: StandardSchema['~standard'] & Partial<StandardJSONSchemaV1.Props> =
    schema['~standard'];
  if (jsonSchema === undefined) {
    throw new TypeError(
      `${place}, made by ${vendor}, cannot say itself as JSON Schema: ${isZodMini(schema) ? MINI : OTHERS}`,
    );
  }
  try {
    const json = jsonSchema.input({ target: 'draft-2020-12' });
    // A provider accepts only its own dialect, whatever `$schema` says.
    return Object.fromEntries(Object.entries(json).filter(([key]) => key !== '$schema'));
  } catch (cause) {
    throw new TypeError(
      `${place}, made by ${vendor}, cannot be said as JSON Schema: ${(cause as Error).message}. ` +
        'Change that part of it, or pass JSON Schema itself',
      { cause },
    );
  }
}
