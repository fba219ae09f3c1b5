import type {
  InferInput,
  InferOutput,
  JsonSchema,
  StandardSchema,
  Validate,
} from './standard-schema.js';
import { StructuredTool } from './structured-tool.js';
import type { AnyToolOptions, ToolOptions } from './tool-options.js';
import type { ValueOf } from './values-of.js';

/**
 * Makes a tool: a function that a model may call, as a runnable. Its input is validated against the schema, and the function
 * receives the validated value.
 *
 * Run with plain arguments, it emits the result of the function, or fails with a `ToolError`: `invalid_input`, or `failed`
 * with the cause. Run with a tool call, it always emits a `ToolMessage`, so that the model can react to a failure. The model
 * receives the issues of invalid arguments. Of an error of the function it receives only `<name> failed.`, unless the error
 * is a `ToolError` or there is an `errorText`; listeners receive the error itself in `on_tool_error`. Progress is reported
 * as an `on_custom_event` named `tool_progress`. Cancelling unsubscribes from the work and aborts `config.signal`.
 *
 * The model receives the schema as JSON Schema; a schema that cannot be converted is a `TypeError`. The schema may also be a
 * JSON Schema; then input is validated only if there is a `validate`. Fields that only the provider reads (`cache_control`,
 * `strict`, …) are sent to it. A `type` makes it a tool that the provider defines and that runs here (`bash_20250124`): it
 * needs no schema, and all its other fields are sent as they are.
 *
 * @example
 * const add = tool({
 *   name: 'add',
 *   description: 'Adds two numbers.',
 *   schema: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } },
 *   func: ({ a, b }: { a: number; b: number }) => a + b,
 * });
 * await add.invoke({ a: 1, b: 2 }); // => 3
 * (await add.invoke({ type: 'tool_call', id: 'toolu_1', name: 'add', args: { a: 1, b: 2 } })).content; // => '3'
 */
export function tool<S extends StandardSchema, R, Ctx = unknown>(
  options: ToolOptions<InferOutput<S>, R, Ctx> & { readonly schema: S },
): StructuredTool<InferInput<S>, ValueOf<R>, Ctx>;
export function tool<R, T = Readonly<Record<string, unknown>>, Ctx = unknown>(
  options: ToolOptions<T, R, Ctx> & {
    readonly schema: JsonSchema;
    readonly validate?: Validate<T> | undefined;
  },
): StructuredTool<T, ValueOf<R>, Ctx>;
export function tool<R, T = Readonly<Record<string, unknown>>, Ctx = unknown>(
  options: ToolOptions<T, R, Ctx> & {
    readonly type: string;
    readonly validate?: Validate<T> | undefined;
    readonly [field: string]: unknown;
  },
): StructuredTool<T, ValueOf<R>, Ctx>;
export function tool<I, O>(options: AnyToolOptions): StructuredTool<I, O> {
  return new StructuredTool<I, O>(options);
}
