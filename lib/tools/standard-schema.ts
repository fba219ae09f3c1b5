/**
 * What is used of a Standard Schema: zod 4, valibot, arktype and others make them.
 *
 * @see https://standardschema.dev
 */
export interface StandardSchema<I = unknown, O = I> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<O> | Promise<StandardResult<O>>;
    /** The types, for inference only. */
    readonly types?: { readonly input: I; readonly output: O } | undefined;
    /** The schema as JSON Schema, where the library can say it (Standard JSON Schema). */
    readonly jsonSchema?: {
      readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
      readonly output: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>;
    };
  };
}

export type StandardResult<O> =
  | { readonly value: O; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** JSON Schema as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Whether a value is a Standard Schema; some are functions (arktype). */
export function isStandardSchema(value: unknown): value is StandardSchema {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    '~standard' in value
  );
}
