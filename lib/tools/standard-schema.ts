/**
 * What is used of a Standard Schema: zod 4, valibot, arktype and others make them.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchema<I = unknown, O = I> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: Validate<O>;
    /** The types, for inference only. */
    readonly types?: { readonly input: I; readonly output: O } | undefined;
    /** The schema as JSON Schema, where the library can say it (Standard JSON Schema). */
    readonly jsonSchema?:
      | {
          readonly input: (options: { readonly target: 'draft-2020-12' }) => JsonSchema;
          readonly output: (options: { readonly target: 'draft-2020-12' }) => JsonSchema;
        }
      | undefined;
  };
}

/** Checks a value: the value as it is to be used, or what is wrong with it. */
export type Validate<T> = (value: unknown) => StandardResult<T> | Promise<StandardResult<T>>;

/** What a check has found: the value as it is to be used, or the issues. */
export type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** One thing that is wrong with a value, and where in it. */
export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema takes: the type of what the model is to write. */
export type InferInput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['input'];

/** What a schema makes of it. */
export type InferOutput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['output'];

/** JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Whether a value is a Standard Schema; some are functions (arktype). */
export function isStandardSchema(value: unknown): value is StandardSchema {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    '~standard' in value
  );
}
