import type { JsonSchema, StandardSchema } from '../../tools/standard-schema.js';
import { toJsonSchema } from '../../tools/to-json-schema.js';

/**
 * @internal Tools as they go to a server, as plain data: of those with a schema their name, description and JSON Schema; those
 * in a provider's form as they are.
 */
export function describeTools(tools: readonly unknown[]): readonly unknown[] {
  return tools.map((tool) => {
    if (typeof tool !== 'object' || tool === null || !('schema' in tool)) return tool;
    const { name, description, schema } = tool as {
      readonly name?: unknown;
      readonly description?: unknown;
      readonly schema: StandardSchema | JsonSchema;
    };
    return { name, description, schema: toJsonSchema(schema) };
  });
}
