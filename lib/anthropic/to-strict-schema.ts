import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { describeValue } from '../core/describe-value.js';
import type { JsonSchema, StandardSchema } from '../tools/standard-schema.js';
import { toJsonSchema } from '../tools/to-json-schema.js';

/**
 * @internal A schema as the API's output format takes it, made by the SDK: objects have no additional properties, and what
 * the API does not enforce is said in the description instead.
 *
 * Throws a `TypeError` for a schema that the API would refuse.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export function toStrictSchema(schema: StandardSchema | JsonSchema): JsonSchema {
  const json = toJsonSchema(schema);
  try {
    return transformJSONSchema(json);
  } catch (error) {
    throw new TypeError(
      `the schema of outputConfig.format cannot be sent (${describeValue((error as Error).message)}): say a type, or a choice of schemas, at every place`,
      { cause: error },
    );
  }
}
