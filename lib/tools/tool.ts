import type {
  InferInput,
  InferOutput,
  JsonSchema,
  StandardSchema,
  Validate,
} from './standard-schema.js';
import { StructuredTool, type ToolOptions } from './structured-tool.js';
import type { ValueOf } from './values-of.js';

/**
 * A function that a model may call, as a runnable: its input is checked against the schema, and the function gets what
 * the schema makes of it.
 *
 * Given plain arguments, it emits the function's result, and fails with a `ToolError`: `invalid_input`, or `failed` with
 * the cause. Given a tool call, it emits a `ToolMessage` in either case: a failure is the model's to deal with, and goes
 * to it by its message (listeners are told `on_tool_error` all the same). Progress is told as `on_custom_event` named
 * `tool_progress`. Cancelling unsubscribes from the work and aborts `config.signal`.
 *
 * The model is sent the JSON Schema of what the schema takes; a schema that has none is a `TypeError`. JSON Schema itself
 * may be given; then input is checked only if there is a `validate`.
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
export function tool<S extends StandardSchema, R>(
  options: ToolOptions<InferOutput<S>, R> & { readonly schema: S },
): StructuredTool<InferInput<S>, ValueOf<R>>;
export function tool<R, T = Readonly<Record<string, unknown>>>(
  options: ToolOptions<T, R> & {
    readonly schema: JsonSchema;
    readonly validate?: Validate<T> | undefined;
  },
): StructuredTool<T, ValueOf<R>>;
export function tool<I, O>(
  options: ConstructorParameters<typeof StructuredTool>[0],
): StructuredTool<I, O> {
  return new StructuredTool<I, O>(options);
}
