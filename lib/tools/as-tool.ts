import { describeValue } from '../core/internal/describe-value.js';
import { isRunnable, type Runnable } from '../core/runnable.js';
import type { OperatorFunction } from 'rxjs';
import type {
  InferInput,
  InferOutput,
  JsonSchema,
  StandardSchema,
  Validate,
} from './standard-schema.js';
import { StructuredTool } from './structured-tool.js';
import type { AnyToolOptions, ToolOptions } from './tool-options.js';

/** The options of {@link asTool}: those of every tool, without the function. */
export type AsToolOptions = Omit<ToolOptions<never, unknown, never>, 'func'>;

/** The schema of the arguments if the options have none. */
const TEXT = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
};

/**
 * Makes a tool of a runnable: a chain that a model may call, or an agent that another agent asks.
 *
 * A call runs the runnable with its validated arguments, or with the result of `input`; without a schema, with the text
 * that the model writes. The output of the runnable is the result of the call; for an agent or a model it is the text of
 * its answer. The run of the runnable is a child of the tool's run. Errors and cancelling are those of a tool.
 *
 * @example
 * const research = asTool(runTools(model, [search]), { name: 'research', description: 'Answers a question from the web.' });
 * const agent = runTools(model, [research]);
 *
 * @example
 * import { z } from 'zod';
 * const double = asTool(lambda(({ n }: { n: number }) => 2 * n), { name: 'double', schema: z.object({ n: z.number() }) });
 * await double.invoke({ n: 4 }) // => 8
 */
export function asTool<S extends StandardSchema, I, O>(
  runnable: Runnable<I, O, unknown, never>,
  options: AsToolOptions & {
    readonly schema: S;
    readonly input: (args: InferOutput<S>) => I;
  },
): StructuredTool<InferInput<S>, O>;
export function asTool<S extends StandardSchema, O>(
  runnable: Runnable<InferOutput<S>, O, unknown, never>,
  options: AsToolOptions & { readonly schema: S; readonly input?: undefined },
): StructuredTool<InferInput<S>, O>;
export function asTool<I, O, T = Readonly<Record<string, unknown>>>(
  runnable: Runnable<I, O, unknown, never>,
  options: AsToolOptions & {
    readonly schema: JsonSchema;
    readonly validate?: Validate<T> | undefined;
    readonly input?: ((args: T) => I) | undefined;
  },
): StructuredTool<T, O>;
export function asTool<O>(
  runnable: Runnable<string, O, unknown, never>,
  options: AsToolOptions & { readonly schema?: undefined },
): StructuredTool<{ readonly input: string }, O>;
export function asTool(
  runnable: unknown,
  options: Omit<AnyToolOptions, 'func'> & { readonly input?: unknown },
): StructuredTool<never, unknown> {
  if (!isRunnable(runnable))
    throw new TypeError(`asTool takes a runnable, got ${describeValue(runnable)}`);
  const { input, schema, ...rest } = options;
  if (input !== undefined && typeof input !== 'function')
    throw new TypeError(`asTool: input must be a function, got ${describeValue(input)}`);
  const toInput = (input ?? (schema === undefined ? textOf : identity)) as (args: unknown) => never;
  const fold = runnable.fold as OperatorFunction<unknown, unknown>;
  return new StructuredTool<never, unknown>({
    ...rest,
    schema: schema ?? TEXT,
    func: (args, config) => runnable.stream$(toInput(args), config as never).pipe(fold),
  });
}

const identity = (args: unknown) => args;
const textOf = ({ input }: { readonly input: unknown }) =>
  typeof input === 'string' ? input : JSON.stringify(input);
