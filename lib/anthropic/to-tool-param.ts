import { describeValue } from '../core/describe-value.js';
import type { JsonSchema, StandardSchema } from '../tools/standard-schema.js';
import { toJsonSchema } from '../tools/to-json-schema.js';

interface NamedTool {
  readonly name?: unknown;
  readonly description?: unknown;
  readonly schema?: StandardSchema | JsonSchema;
  /** Fields for the provider that a tool of rxlm has beside these, and its whole form where the provider defines it. */
  readonly extras?: Readonly<Record<string, unknown>>;
  readonly providerForm?: object;
  readonly [field: string]: unknown;
}

/** Fields of a tool that the API knows and that pass as they are. */
const PASSED = [
  'description',
  'strict',
  'eager_input_streaming',
  'input_examples',
  'defer_loading',
  'allowed_callers',
  'cache_control',
];

/**
 * @internal A tool as the API takes it: its own form as it is (`input_schema`, or a server tool by `type`), of an rxlm or
 * LangChain tool its name, description and schema, of an OpenAI function the same.
 */
export function toToolParam(tool: unknown): object {
  if ((typeof tool !== 'object' && typeof tool !== 'function') || tool === null) throw noTool(tool);
  const { name, schema, input_schema, parameters, type, function: f } = tool as NamedTool;
  const { providerForm, extras = {} } = tool as NamedTool;
  if (providerForm !== undefined) return providerForm;
  if (f !== undefined && type === 'function') return toToolParam(f);
  if (typeof name !== 'string' || name === '') throw noTool(tool);
  if (input_schema !== undefined || (typeof type === 'string' && type !== 'function')) return tool;
  const given = schema ?? (parameters as JsonSchema | undefined);
  if (given === undefined) {
    throw new TypeError(
      `tool ${describeValue(name)} has no schema: give it a Standard Schema or a JSON Schema`,
    );
  }
  const passed = PASSED.map(
    (field) => [field, (tool as NamedTool)[field] ?? extras[field]] as const,
  );
  return {
    name,
    ...Object.fromEntries(passed.filter(([, value]) => value !== undefined)),
    input_schema: { type: 'object', ...toJsonSchema(given) },
  };
}

/** @internal The tool choice as the API takes it: `auto`, `any`, `none`, a tool's name, or its own form. */
export function toToolChoice(choice: unknown): unknown {
  if (typeof choice !== 'string') return choice;
  if (choice === 'auto' || choice === 'any' || choice === 'none') return { type: choice };
  return choice === 'required' ? { type: 'any' } : { type: 'tool', name: choice };
}

function noTool(tool: unknown): TypeError {
  return new TypeError(
    `a tool must be an object with a name and a schema, got ${describeValue(tool)}`,
  );
}
