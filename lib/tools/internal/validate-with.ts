import { defer, from, map, type Observable, of } from 'rxjs';
import {
  isStandardSchema,
  type JsonSchema,
  type StandardIssue,
  type StandardSchema,
  type Validate,
} from '../standard-schema.js';

/**
 * @internal Validates values against a schema: emits each validated value, or errors with the result of `invalid`. A
 * synchronous validation stays synchronous.
 *
 * A JSON Schema validates nothing by itself: without a `validate`, values pass as they are.
 */
export function validateWith<T>(
  schema: StandardSchema | JsonSchema,
  validate: Validate<T> | undefined,
  invalid: (issues: readonly StandardIssue[], value: unknown) => Error,
): (value: unknown) => Observable<T> {
  const check = validate ?? (ownValidate(schema) as Validate<T> | undefined);
  if (check === undefined) return (value) => of(value as T);
  return (value) =>
    defer(() => {
      const result = check(value);
      return 'then' in result ? from(result) : of(result);
    }).pipe(
      map((result) => {
        // By the standard, falsy issues mean success.
        if (result.issues) throw invalid(result.issues, value);
        return result.value;
      }),
    );
}

/** A Standard JSON Schema may lack a `validate`. */
function ownValidate(schema: StandardSchema | JsonSchema): Validate<unknown> | undefined {
  if (!isStandardSchema(schema)) return undefined;
  const { validate } = schema['~standard'] as Partial<StandardSchema['~standard']>;
  return validate;
}
