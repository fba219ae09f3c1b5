import { describeValue } from '../../core/internal/describe-value.js';
import type { JsonSchema, StandardSchema } from '../../tools/standard-schema.js';
import { toObjectSchema } from '../../tools/to-json-schema.js';
import { toCacheControl } from './cache-control.js';

/** What the API takes for a tool's name. */
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,128}$/;

interface NamedTool {
  readonly name?: unknown;
  readonly description?: unknown;
  readonly schema?: StandardSchema | JsonSchema;
  /** Fields for the provider that a tool of rxlm has beside these, and its whole form where the provider defines it. */
  readonly extras?: Readonly<Record<string, unknown>>;
  readonly providerForm?: object;
  readonly [field: string]: unknown;
}

/** Further fields of a tool that the API knows, with their types. */
const PASSED = {
  description: 'string',
  strict: 'boolean',
  eager_input_streaming: 'boolean',
  input_examples: 'array',
  defer_loading: 'boolean',
  allowed_callers: 'array',
  cache_control: 'object',
} as const;

/** @internal The tools of a request. Throws a `TypeError` for names that the API refuses, or that two of them have. */
export function toToolParams(tools: readonly unknown[]): readonly object[] {
  checkToolNames(tools);
  return tools.map(toToolParam);
}

/** @internal Throws a `TypeError` for a name that the API refuses, or that two of the tools have. */
export function checkToolNames(tools: readonly unknown[]): void {
  const names = new Set<string>();
  for (const tool of tools) {
    const { providerForm, function: f, type } = Object(tool) as NamedTool;
    const { name } = Object(
      providerForm ?? (type === 'function' ? f : undefined) ?? tool,
    ) as NamedTool;
    // A set of tools of an MCP server has none of its own.
    if (typeof name !== 'string') continue;
    checkToolName(name);
    if (names.has(name))
      throw new TypeError(
        `two tools are named ${describeValue(name)}: give each a name of its own`,
      );
    names.add(name);
  }
}

function checkToolName(name: string): void {
  if (!TOOL_NAME.test(name))
    throw new TypeError(
      `a tool's name must be 1 to 128 of the characters a-z A-Z 0-9 _ -, got ${describeValue(name)}`,
    );
}

/**
 * @internal A tool as the API takes it: its own form as it is (`input_schema`, or a server tool by `type`), of an rxlm or
 * LangChain tool its name, description and schema, of an OpenAI function or an MCP tool the same.
 */
export function toToolParam(tool: unknown): object {
  if ((typeof tool !== 'object' && typeof tool !== 'function') || tool === null) throw noTool(tool);
  const {
    name,
    schema,
    input_schema,
    inputSchema,
    parameters,
    type,
    function: f,
  } = tool as NamedTool;
  const { providerForm, extras = {} } = tool as NamedTool;
  if (providerForm !== undefined) return providerForm;
  if (f !== undefined && type === 'function') return toToolParam(f);
  if (typeof type === 'string' && type !== 'function' && type !== 'custom') return tool;
  if (typeof name !== 'string' || name === '') throw noTool(tool);
  checkToolName(name);
  const given = input_schema ?? schema ?? inputSchema ?? parameters;
  if (given === undefined) {
    throw new TypeError(
      `tool ${describeValue(name)} has no schema: give it a Standard Schema or a JSON Schema`,
    );
  }
  const passed = Object.entries(PASSED).map(([field, kind]) => {
    const value = (tool as NamedTool)[field] ?? extras[field] ?? undefined;
    return [field, value === undefined ? value : checkedField(name, field, value, kind)] as const;
  });
  return {
    name,
    ...(type === 'custom' ? { type } : {}),
    ...Object.fromEntries(passed.filter(([, value]) => value !== undefined)),
    input_schema: {
      type: 'object',
      ...toObjectSchema(given as StandardSchema | JsonSchema, `tool ${name}: the schema`),
    },
  };
}

function checkedField(
  tool: string,
  field: string,
  value: unknown,
  kind: (typeof PASSED)[keyof typeof PASSED],
): unknown {
  if (field === 'cache_control') return toCacheControl(value, `tool ${tool}`);
  if (kind === 'array' ? Array.isArray(value) : typeof value === kind) return value;
  throw new TypeError(
    `tool ${tool}: ${field} must be of type ${kind}, got ${describeValue(value)}`,
  );
}

/** @internal The tool choice as the API takes it: `auto`, `any`, `none`, a tool's name, or its own form. */
export function toToolChoice(choice: unknown): unknown {
  if (typeof choice !== 'string') return ofFunction(choice) ?? choice;
  if (choice === 'auto' || choice === 'any' || choice === 'none') return { type: choice };
  return choice === 'required' ? { type: 'any' } : { type: 'tool', name: choice };
}

/** OpenAI's form. */
function ofFunction(choice: unknown): object | undefined {
  const { type, function: f } = Object(choice) as NamedTool;
  return type === 'function' && f !== undefined
    ? { type: 'tool', name: (Object(f) as NamedTool).name }
    : undefined;
}

function noTool(tool: unknown): TypeError {
  return new TypeError(
    `a tool must be an object with a name and a schema, got ${describeValue(tool)}`,
  );
}
