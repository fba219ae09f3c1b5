import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { ToolCall } from '../messages/tool-call.js';
import type { JsonSchema, StandardSchema, Validate } from './standard-schema.js';

/** What a tool's function is given beside its input: hand it on, and what is run with it is a child of the tool's run. */
export interface ToolConfig<Ctx = unknown> extends RunConfig {
  /** Aborted when the run is over. */
  readonly signal: AbortSignal;
  /** The call that the tool is run for; absent where it was given plain arguments. Not inherited by the runs inside. */
  readonly toolCall?: ToolCall | undefined;
  /** What the run was given for its functions: see `RunConfig`. */
  readonly context: Ctx;
}

/**
 * Fields of a tool that only its provider reads (`cache_control`, say), and that are sent to it. A provider declares its
 * own by declaration merging.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- providers fill it
export interface ProviderToolFields {}

/** What a tool is made of, whatever its schema. */
export interface ToolOptions<T, R, Ctx = unknown> extends ProviderToolFields {
  /** What the model calls it by, and what its events say. */
  readonly name: string;
  /** What it does and when to use it, for the model. */
  readonly description?: string | undefined;
  /**
   * Does the work, once for each run. What it gives is folded as a lambda's result is: a value or a promise's value stands;
   * of an Observable or an async iterable strings append, message chunks merge, of anything else the last one stands; a
   * runnable is run with the input; of a generator the value that it returns stands, if it returns one. The values before
   * the last are progress. For the model a message or an agent's result is its text.
   */
  readonly func: (input: T, config: ToolConfig<Ctx>) => R;
  /** Milliseconds that the function may take, on `config.scheduler`; then it is unsubscribed. No limit by default. */
  readonly timeout?: number | undefined;
  /**
   * What the model reads of an error of the function, which by default says only that the tool failed. A `ToolError` that
   * the function throws is passed on as it is.
   */
  readonly errorText?: ((error: unknown) => string) | undefined;
  /** With `content_and_artifact` the function gives a pair; the model gets the first, `ToolMessage.artifact` is the second. */
  readonly responseFormat?: 'content' | 'content_and_artifact' | undefined;
  /** Whether it changes nothing: `runTools` with `eager` starts it while the model still streams. @defaultValue false */
  readonly effectFree?: boolean | undefined;
}

/** The options of any tool; what is none of rxlm's is the provider's. */
export interface AnyToolOptions extends ToolOptions<never, unknown, never> {
  readonly schema?: StandardSchema | JsonSchema | undefined;
  readonly validate?: Validate<unknown> | undefined;
  /** The provider's name for a tool that it defines and that is run here. */
  readonly type?: string | undefined;
}

/** What some provider takes; each checks its own rule, which may be narrower. */
const TOOL_NAME = /^[a-zA-Z0-9_.:-]{1,128}$/;

/** @internal Throws a `TypeError` that names the option which is invalid. */
export function checkToolOptions(options: AnyToolOptions): void {
  const { name, func, validate, errorText, timeout, responseFormat, type } = options;
  if (typeof name !== 'string' || name === '')
    throw new TypeError(`a tool's name must be a non-empty string, got ${describeValue(name)}`);
  if (!TOOL_NAME.test(name))
    throw new TypeError(
      `a tool's name must be 1 to 128 of the characters a-z A-Z 0-9 _ - (where the provider takes them, . and : too), got ${describeValue(name)}`,
    );
  const check = (ok: boolean, option: string, wanted: string, value: unknown) => {
    if (!ok)
      throw new TypeError(`tool ${name}: ${option} must be ${wanted}, got ${describeValue(value)}`);
  };
  check(typeof func === 'function', 'func', 'a function', func);
  for (const [option, value] of Object.entries({ validate, errorText }))
    check(value === undefined || typeof value === 'function', option, 'a function', value);
  const isTime = timeout === undefined || (typeof timeout === 'number' && timeout > 0);
  check(isTime, 'timeout', 'a number of milliseconds above 0', timeout);
  check(
    [undefined, 'content', 'content_and_artifact'].includes(responseFormat),
    'responseFormat',
    "'content' or 'content_and_artifact'",
    responseFormat,
  );
  check(type === undefined || typeof type === 'string', 'type', 'a string', type);
}
