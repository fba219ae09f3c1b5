import { describeValue } from '../core/internal/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { ToolCall } from '../messages/tool-call.js';
import type { JsonSchema, StandardSchema, Validate } from './standard-schema.js';

/** The config that a tool's function receives with its input. Pass it to runnables to make their runs children of the tool's run. */
export interface ToolConfig<Ctx = unknown> extends RunConfig {
  /** Aborted when the run is over. */
  readonly signal: AbortSignal;
  /** The call that the tool answers; absent if it was run with plain arguments. Child runs do not inherit it. */
  readonly toolCall?: ToolCall | undefined;
  /** The `context` of the run, see `RunConfig`. */
  readonly context: Ctx;
}

/**
 * Fields of a tool that only its provider reads, such as `cache_control`. A provider declares its own by declaration
 * merging.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- providers fill it
export interface ProviderToolFields {}

/** The options of every tool, except its schema. */
export interface ToolOptions<T, R, Ctx = unknown> extends ProviderToolFields {
  /** The name of the tool, for the model and in events. */
  readonly name: string;
  /** Tells the model what the tool does and when to use it. */
  readonly description?: string | undefined;
  /**
   * Does the work, once for each run. The result is folded as that of a lambda: a value or the value of a promise; the values
   * of an Observable or async iterable (strings append, message chunks merge, otherwise the last counts); the output of a
   * runnable, which runs with the same input; the return value of a generator, if it has one. Earlier values are reported as
   * progress. For the model, a message or an agent's result is its text.
   */
  readonly func: (input: T, config: ToolConfig<Ctx>) => R;
  /** The time limit of the function in milliseconds, on `config.scheduler`; then it is unsubscribed. Default: no limit. */
  readonly timeout?: number | undefined;
  /**
   * The text that the model receives for an error of the function. Default: only that the tool failed. A `ToolError` that the
   * function throws is passed on as it is.
   */
  readonly errorText?: ((error: unknown) => string) | undefined;
  /** With `content_and_artifact` the function returns a pair: the content for the model, and the value of `ToolMessage.artifact`. */
  readonly responseFormat?: 'content' | 'content_and_artifact' | undefined;
  /** Whether the tool has no effects: `runTools` with `eager` starts it while the model is still streaming. @defaultValue false */
  readonly effectFree?: boolean | undefined;
}

/** The options of any tool. Fields that rxlm does not know are sent to the provider. */
export interface AnyToolOptions extends ToolOptions<never, unknown, never> {
  readonly schema?: StandardSchema | JsonSchema | undefined;
  readonly validate?: Validate<unknown> | undefined;
  /** The provider's type of a tool that the provider defines and that runs here. */
  readonly type?: string | undefined;
}

/** The names that at least one provider accepts; each provider checks its own rule, which may be narrower. */
const TOOL_NAME = /^[a-zA-Z0-9_.:-]{1,128}$/;

/** @internal Throws a `TypeError` that names the invalid option. */
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
