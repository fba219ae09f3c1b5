import { describeValue } from '../../core/internal/describe-value.js';
import type { JsonSchema, StandardSchema } from '../../tools/standard-schema.js';
import { toJsonSchema } from '../../tools/to-json-schema.js';
import { isRecord } from '../../core/internal/is-record.js';
import { type Json } from './json.js';

/** A tool that the application runs, in the words of no API. */
export interface FunctionTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly parameters: JsonSchema;
  readonly strict?: boolean | undefined;
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/**
 * A tool of rxlm's, LangChain's, Anthropic's or OpenAI's form. What has another `type` is a tool of the provider's
 * own, and is returned as it is.
 */
export function readTool(tool: unknown): FunctionTool | { readonly own: Json } {
  if ((typeof tool !== 'object' && typeof tool !== 'function') || tool === null) throw noTool(tool);
  const given = tool as Json;
  const { type, function: inner } = given;
  if (type === 'function' && isRecord(inner)) return readTool(inner);
  if (typeof type === 'string' && type !== 'function' && given['func'] === undefined)
    return { own: given };
  const { name, description, schema, input_schema, inputSchema, parameters, strict } = given;
  if (typeof name !== 'string' || name === '') throw noTool(tool);
  if (!NAME.test(name))
    throw new TypeError(
      `a tool's name must have 1 to 64 letters, digits, _ and -, got ${describeValue(name)}`,
    );
  const said = schema ?? input_schema ?? inputSchema ?? parameters;
  if (said === undefined)
    throw new TypeError(
      `tool ${describeValue(name)} has no schema: give it a Standard Schema or a JSON Schema`,
    );
  const json = toJsonSchema(
    said as StandardSchema | JsonSchema,
    `the schema of tool ${describeValue(name)}`,
  );
  return {
    name,
    description: typeof description === 'string' ? description : undefined,
    parameters: { type: 'object', properties: {}, ...json },
    strict: typeof strict === 'boolean' ? strict : undefined,
  };
}

/** Reads tools, whose names have to be unique. */
export function readTools(
  tools: readonly unknown[] | undefined,
): readonly (FunctionTool | { readonly own: Json })[] | undefined {
  if (tools === undefined || tools.length === 0) return undefined;
  const read = tools.map(readTool);
  const names = read.flatMap((tool) => ('own' in tool ? [] : [tool.name]));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new TypeError(`two tools have the name ${describeValue(twice)}: rename one of them`);
  return read;
}

function noTool(tool: unknown): TypeError {
  return new TypeError(
    `a tool must be an object with a name and a schema, got ${describeValue(tool)}`,
  );
}
