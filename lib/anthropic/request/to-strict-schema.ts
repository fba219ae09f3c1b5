import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import { describeValue } from '../../core/internal/describe-value.js';
import type { JsonSchema, StandardSchema } from '../../tools/standard-schema.js';
import { joinObjects } from '../../tools/internal/object-schema.js';
import { toJsonSchema } from '../../tools/to-json-schema.js';

/**
 * @internal A schema as the API's output format takes it, made by the SDK: objects have no additional properties, and what
 * the API does not enforce is said in the description instead.
 *
 * Throws a `TypeError` for a schema that the API would refuse.
 *
 * @see https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
 */
export function toStrictSchema(schema: StandardSchema | JsonSchema): JsonSchema {
  const json = joinObjects(toJsonSchema(schema));
  refuseOpen(json, '');
  try {
    return transformJSONSchema(json);
  } catch (error) {
    throw new TypeError(
      `the schema of outputConfig.format cannot be sent (${describeValue((error as Error).message)}): say a type, or a choice of schemas, at every place`,
      { cause: error },
    );
  }
}

/** The places in a schema where schemas are: one, several, or several by name. */
const BY_NAME = ['properties', '$defs', 'definitions'];
const NESTED = ['items', 'prefixItems', 'anyOf', 'oneOf', 'allOf', ...BY_NAME];

/** The API knows closed objects only: one whose names the model is to choose would come back empty. */
function refuseOpen(schema: unknown, path: string): void {
  const json = Object(schema) as JsonSchema;
  const { additionalProperties: others = false, patternProperties } = json;
  if (others !== false || patternProperties !== undefined) {
    throw new TypeError(
      `the schema of outputConfig.format cannot be sent: ${path === '' ? 'its root' : path} takes properties of any name ` +
        "(a record), and the native format none but those listed. List them, use an array of { key, value }, or method: 'tool'",
    );
  }
  for (const keyword of NESTED) {
    if (json[keyword] === undefined) continue;
    const within = Object(json[keyword]) as object;
    const isOne = keyword === 'items' && !Array.isArray(within);
    const schemas = isOne ? [['', within] as const] : Object.entries(within);
    for (const [name, each] of schemas) {
      const step = BY_NAME.includes(keyword) ? name : keyword;
      refuseOpen(each, path === '' ? step : `${path}.${step}`);
    }
  }
}
