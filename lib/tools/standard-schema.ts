import type { StandardSchemaV1 } from '@standard-schema/spec';

/**
 * A schema of zod 4, valibot, arktype and others.
 *
 * @see https://standardschema.dev
 */
export type StandardSchema<I = unknown, O = I> = StandardSchemaV1<I, O>;

/** Validates a value: returns the value to use, or the issues. */
export type Validate<T> = StandardSchemaV1.Props<unknown, T>['validate'];

/** The result of a validation: the value to use, or the issues. */
export type StandardResult<T> = StandardSchemaV1.Result<T>;

/** One issue of a value, with its path. */
export type StandardIssue = StandardSchemaV1.Issue;

/** The type that a schema accepts, which the model writes. */
export type InferInput<S extends StandardSchema> = StandardSchemaV1.InferInput<S>;

/** The type that a schema returns. */
export type InferOutput<S extends StandardSchema> = StandardSchemaV1.InferOutput<S>;

/** JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Whether a value is a Standard Schema; some are functions (arktype). */
export function isStandardSchema(value: unknown): value is StandardSchema {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    '~standard' in value
  );
}
