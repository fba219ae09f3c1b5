import {
  asyncScheduler,
  catchError,
  defer,
  map,
  mergeMap,
  type Observable,
  of,
  takeLast,
  throwError,
} from 'rxjs';
import { describeValue } from '../core/describe-value.js';
import type { RunConfig } from '../core/run-config.js';
import type { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { SCOPE } from '../core/scope.js';
import { runWhole$ } from '../core/tell.js';
import { errorToJson } from '../errors/error-to-json.js';
import { ToolError } from '../errors/tool-error.js';
import type { ToolCall } from '../messages/tool-call.js';
import type { ToolMessage } from '../messages/tool-message.js';
import { describeIssues } from './describe-issues.js';
import { lastWithProgress } from './last-with-progress.js';
import type { JsonSchema, StandardSchema, Validate } from './standard-schema.js';
import { toObjectSchema } from './to-json-schema.js';
import { toolFailure, toolResult } from './tool-result.js';
import { validateWith } from './validate-with.js';
import { valuesOf$ } from './values-of.js';

/** What a tool's function is given beside its input: hand it on, and what is run with it is a child of the tool's run. */
export interface ToolConfig extends RunConfig {
  /** Aborted when the run is over. */
  readonly signal: AbortSignal;
  /** The call that the tool is run for; absent where it was given plain arguments. Not inherited by the runs inside. */
  readonly toolCall?: ToolCall | undefined;
}

/** What a tool is made of, whatever its schema. */
export interface ToolOptions<T, R> {
  /** What the model calls it by, and what its events say. */
  readonly name: string;
  /** What it does and when to use it, for the model. */
  readonly description?: string | undefined;
  /**
   * Does the work, once for each run. The value that it gives is the result, as is that of a promise and the last one
   * of an Observable or an async iterable, whose values before that are progress.
   */
  readonly func: (input: T, config: ToolConfig) => R;
}

interface StructuredToolOptions extends ToolOptions<never, unknown> {
  readonly schema: StandardSchema | JsonSchema;
  readonly validate?: Validate<unknown> | undefined;
}

/** A function that a model may call, see {@link tool}. */
export class StructuredTool<in I, out O> extends Runnable<I | ToolCall, O | ToolMessage> {
  override readonly runType = 'tool';
  override readonly fold = takeLast<never>(1);
  declare readonly description?: string;
  /** The schema as it was given. */
  readonly schema: StandardSchema | JsonSchema;
  private readonly ownName: string;
  private readonly func: StructuredToolOptions['func'];
  private readonly validated$: (args: unknown) => Observable<unknown>;

  constructor({ name, description, schema, func, validate }: StructuredToolOptions) {
    super();
    if (typeof name !== 'string' || name === '')
      throw new TypeError(`a tool's name must be a non-empty string, got ${describeValue(name)}`);
    if (typeof func !== 'function')
      throw new TypeError(`tool ${name}: func must be a function, got ${describeValue(func)}`);
    if (validate !== undefined && typeof validate !== 'function')
      throw new TypeError(
        `tool ${name}: validate must be a function, got ${describeValue(validate)}`,
      );
    toObjectSchema(schema, `tool ${name}: the schema`);
    this.ownName = name;
    if (description !== undefined) this.description = description;
    this.schema = schema;
    this.func = func;
    this.validated$ = validateWith(schema, validate, (issues, input) => {
      const message = `${name}: the input does not match the schema: ${describeIssues(issues)}`;
      return new ToolError(message, { code: 'invalid_input', tool: name, input, issues });
    });
  }

  override get name(): string {
    return this.ownName;
  }

  override invoke(call: ToolCall, config?: RunConfig): Promise<ToolMessage>;
  override invoke(input: I, config?: RunConfig): Promise<O>;
  override async invoke(input: I | ToolCall, config?: RunConfig): Promise<O | ToolMessage> {
    return super.invoke(input, config);
  }

  override run$(input: RunInput<I | ToolCall>, config: RunConfig): Observable<O | ToolMessage> {
    return defer(() => {
      let call: ToolCall | undefined;
      return runWhole$(this, input, config, (given, run) => {
        if (isToolCall(given)) call = given;
        return this.result$(given, run.configFor(call === undefined ? {} : { toolCall: call }));
      }).pipe(
        // A run that tells no chunks tells its end before its value is passed on.
        takeLast(1),
        catchError((error: unknown) =>
          call === undefined ? throwError(() => error) : of(toolFailure(call, messageOf(error))),
        ),
      );
    });
  }

  override showInput(input: I | ToolCall): unknown {
    return isToolCall(input) ? input.args : input;
  }

  inputData(input: I | ToolCall): object | undefined {
    return isToolCall(input) && input.id !== undefined ? { tool_call_id: input.id } : undefined;
  }

  private result$(given: I | ToolCall, config: RunConfig): Observable<O | ToolMessage> {
    const args = isToolCall(given) ? given.args : given;
    const { scheduler = asyncScheduler, [SCOPE]: scope } = config;
    return this.validated$(args).pipe(
      mergeMap((input) =>
        defer(() => valuesOf$(this.func(input as never, config as ToolConfig))).pipe(
          lastWithProgress((progress) => {
            scope?.tell('on_custom_event', progress, 'tool_progress');
          }, scheduler),
          map((result) => (isToolCall(given) ? toolResult(given, result) : (result as O))),
        ),
      ),
      catchError((cause: unknown) => throwError(() => this.failure(cause, args))),
    );
  }

  private failure(cause: unknown, input: unknown): ToolError {
    if (ToolError.is(cause) && cause.tool === this.name) return cause;
    const message = `${this.name} failed: ${messageOf(cause)}`;
    return new ToolError(message, { code: 'failed', tool: this.name, input, cause });
  }
}

function isToolCall(input: unknown): input is ToolCall {
  if (typeof input !== 'object' || input === null) return false;
  const { type, name, args } = input as Partial<ToolCall>;
  return type === 'tool_call' && typeof name === 'string' && typeof args === 'object';
}

function messageOf(error: unknown): string {
  return String(errorToJson(error)['message']);
}
