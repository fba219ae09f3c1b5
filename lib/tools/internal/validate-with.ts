import { defer, from, map, type Observable, of } from 'rxjs';
import {
  isStandardSchema,
  type JsonSchema,
  type StandardIssue,
  type StandardSchema,
  type Validate,
} from '../standard-schema.js';

/**
 * @internal Checks values against a schema: emits each as it is to be used, or errors with what `invalid` makes of the
 * issues. A check that does not need to wait does not.
 *
 * JSON Schema itself checks nothing: without a `validate`, values pass as they are.
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
        // The standard: falsy issues say that all is well.
        if (result.issues) throw invalid(result.issues, value);
        return result.value;
      }),
    );
}

/** A Standard JSON Schema need not be able to check. */
function ownValidate(schema: StandardSchema | JsonSchema): Validate<unknown> | undefined {
  if (!isStandardSchema(schema)) return undefined;
  const { validate } = schema['~standard'] as Partial<StandardSchema['~standard']>;
  return validate;
}
