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
 * A function that a model may call, as a runnable: its input is checked against the schema, and the function gets what
 * the schema makes of it.
 *
 * Given plain arguments, it emits the function's result, and fails with a `ToolError`: `invalid_input`, or `failed` with
 * the cause. Given a tool call, it emits a `ToolMessage` in either case: a failure is the model's to deal with. The model
 * reads what is wrong with its arguments, and of an error of the function only `<name> failed.`, unless that is a
 * `ToolError` or there is an `errorText`; listeners get the error itself with `on_tool_error`. Progress is an
 * `on_custom_event` named `tool_progress`. Cancelling unsubscribes from the work and aborts `config.signal`.
 *
 * The model is sent the JSON Schema of what the schema takes; a schema that has none is a `TypeError`. JSON Schema itself
 * may be given; then input is checked only if there is a `validate`. Fields that only the provider reads
 * (`cache_control`, `strict`, …) are sent to it. With a `type` the tool is one that the provider defines and that is run
 * here (`bash_20250124`): it needs no schema, and all its other fields are sent as they are.
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
