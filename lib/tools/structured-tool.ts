import {
  asyncScheduler,
  catchError,
  defer,
  identity,
  map,
  mergeMap,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  takeLast,
  throwError,
  timer,
} from 'rxjs';
import { attempt } from '../core/internal/try-or-undefined.js';
import { cutOff } from '../core/run/fail-when.js';
import type { RunConfig } from '../core/run-config.js';
import { RunInput } from '../core/run-input.js';
import { Runnable } from '../core/runnable.js';
import { SCOPE } from '../core/run/scope.js';
import { runWhole$ } from '../core/run/run-lifecycle.js';
import { errorToJson } from '../errors/error-to-json.js';
import { ToolError } from '../errors/tool-error.js';
import type { ToolCall } from '../messages/tool-call.js';
import type { ToolMessage } from '../messages/tool-message.js';
import { checkedCall, checkOf } from './internal/checked-call.js';
import { describeIssues } from './internal/describe-issues.js';
import type { JsonSchema, StandardSchema } from './standard-schema.js';
import { toObjectSchema } from './to-json-schema.js';
import { type AnyToolOptions, checkToolOptions, type ToolConfig } from './tool-options.js';
import { toolFailure, toolResult, toolResultWithArtifact } from './internal/tool-result.js';
import { unaddressedIn, withUnaddressed } from './internal/unaddressed-error.js';
import { validateWith } from './internal/validate-with.js';
import { wholeOf$ } from './values-of.js';
import { LONGEST_TIMER } from '../core/internal/longest-timer.js';

/** A function that a model may call, see {@link tool}. */
export class StructuredTool<in I, out O, Ctx = unknown> extends Runnable<
  I | ToolCall,
  O | ToolMessage
> {
  override readonly runType = 'tool';
  override readonly fold = takeLast<never>(1);
  declare readonly description?: string;
  /** The schema as given; for a tool in a provider's form without a schema, that of any object. */
  readonly schema: StandardSchema | JsonSchema;
  /** Whether it has no effects, so that it may start before the model's message is complete. */
  readonly effectFree: boolean;
  /** Further fields for the provider, in addition to name, description and schema. */
  declare readonly extras?: Readonly<Record<string, unknown>>;
  /** The fields of a tool that the provider defines, sent instead of name, description and schema. */
  declare readonly providerForm?: Readonly<Record<string, unknown>>;
  /** Carries the type of the function's context. It does not exist at run time. */
  declare readonly '~context'?: (context: Ctx) => void;
  /** @internal The options of the tool. */
  readonly options: AnyToolOptions;
  readonly #validated$: (args: unknown) => Observable<unknown>;

  constructor(options: AnyToolOptions) {
    super();
    checkToolOptions(options);
    const { name, description, schema, validate, type, effectFree = false } = options;
    this.options = options;
    this.effectFree = effectFree;
    this.schema = schema ?? (type === undefined ? (schema as never) : { type: 'object' });
    toObjectSchema(this.schema, `tool ${name}: the schema`);
    if (description !== undefined) this.description = description;
    const extras = providerFieldsOf(options);
    if (type !== undefined) this.providerForm = { type, name, ...extras };
    else if (Object.keys(extras).length > 0) this.extras = extras;
    this.#validated$ = validateWith(this.schema, validate, (issues, input) => {
      const message = `${name}: the input does not match the schema: ${describeIssues(issues, input)}`;
      return new ToolError(message, { code: 'invalid_input', tool: name, input, issues });
    });
  }

  override get name(): string {
    return this.options.name;
  }

  override invoke(call: ToolCall, config?: RunConfig): Promise<ToolMessage>;
  override invoke(input: I, config?: RunConfig): Promise<O>;
  override async invoke(input: I | ToolCall, config?: RunConfig): Promise<O | ToolMessage> {
    return super.invoke(input, config);
  }

  override run$(input: RunInput<I | ToolCall>, config: RunConfig): Observable<O | ToolMessage> {
    return answered$(input, (given) => this.unanswered$(given, config));
  }

  /** @internal A run that fails for a call too, instead of answering it. */
  unanswered$(input: RunInput<I | ToolCall>, config: RunConfig): Observable<O | ToolMessage> {
    return defer(() => {
      let given: I | ToolCall | undefined;
      let own: { readonly error: unknown } | undefined;
      return runWhole$(this, input, config, (value, run) => {
        given = value;
        const options = isToolCall(value) ? { toolCall: value } : {};
        return this.#result$(value, run.configFor(options)).pipe(
          catchError((error: unknown) => {
            own = { error };
            return throwError(() => error);
          }),
        );
      }).pipe(
        // A run that emits no chunks emits its end before its value is passed on.
        takeLast(1),
        // After the end event: listeners receive the error itself, the model and the caller only what may be passed on.
        catchError((error: unknown) =>
          throwError(() => (own === undefined ? error : this.#failure(own.error, given))),
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

  /**
   * @internal Emits the call with its arguments validated and frozen; a run with it uses exactly these. If they are invalid,
   * a run with it fails, and `checkOf(call)` says why.
   */
  check$(call: ToolCall): Observable<ToolCall> {
    return defer(() => this.#validated$(call.args)).pipe(
      map((value) => checkedCall(call, { value })),
      catchError((error: unknown) => of(checkedCall(call, { error }))),
    );
  }

  #result$(given: I | ToolCall, config: RunConfig): Observable<O | ToolMessage> {
    const { scheduler = asyncScheduler, [SCOPE]: scope } = config;
    const progress = (value: unknown) => scope?.emit('on_custom_event', value, 'tool_progress');
    return this.#input$(given).pipe(
      mergeMap((input) =>
        defer(() =>
          wholeOf$(this.options.func(input as never, config as ToolConfig<never>), {
            input,
            config,
            progress,
            scheduler,
          }),
        ).pipe(this.#limited(config)),
      ),
      map((result) => (isToolCall(given) ? this.#answer(given, result) : (result as O))),
    );
  }

  #input$(given: I | ToolCall): Observable<unknown> {
    if (!isToolCall(given)) return this.#validated$(given);
    const check = checkOf(given);
    if (check === undefined) return this.#validated$(given.args);
    return 'value' in check ? of(check.value) : throwError(() => check.error);
  }

  #answer(call: ToolCall, result: unknown): ToolMessage {
    return this.options.responseFormat === 'content_and_artifact'
      ? toolResultWithArtifact(call, result)
      : toolResult(call, result);
  }

  #limited(config: RunConfig): MonoTypeOperatorFunction<unknown> {
    const { timeout = Infinity } = this.options;
    if (timeout > LONGEST_TIMER) return identity;
    const ringing$ = timer(timeout, config.scheduler ?? asyncScheduler);
    return cutOff(ringing$, () => {
      const message = `${this.name} has not finished within ${String(timeout)} ms`;
      const cause = this.timedOut(timeout, undefined);
      return new ToolError(message, { code: 'failed', tool: this.name, cause });
    });
  }

  /** The error for the caller: the text that the tool's author has released, otherwise only that the tool failed. */
  #failure(cause: unknown, given: unknown): ToolError {
    const { name } = this;
    if (ToolError.is(cause) && cause.tool === name) return cause;
    const { errorText } = this.options;
    const text = errorText === undefined ? undefined : attempt(() => errorText(cause));
    const message = ToolError.is(cause) ? `${name} failed: ${cause.message}` : `${name} failed.`;
    const input = isToolCall(given) ? given.args : given;
    const error = new ToolError(text ?? message, { code: 'failed', tool: name, input, cause });
    return text === undefined && !ToolError.is(cause) ? withUnaddressed(error, cause) : error;
  }
}

/** The fields that `tool` reads; all others are the provider's. */
const OWN_FIELDS: ReadonlySet<string> = new Set<keyof AnyToolOptions>([
  'name',
  'description',
  'schema',
  'func',
  'validate',
  'type',
  'timeout',
  'errorText',
  'responseFormat',
  'effectFree',
]);

function providerFieldsOf(options: AnyToolOptions): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !OWN_FIELDS.has(key)));
}

/** @internal The result of `run$`. If the input is a tool call, a failure is the answer to it. */
export function answered$<I, T>(
  input: RunInput<I | ToolCall>,
  run$: (input: RunInput<I | ToolCall>) => Observable<T>,
): Observable<T | ToolMessage> {
  const answer$ = (given: I | ToolCall) =>
    run$(RunInput.of(given)).pipe(
      catchError((error: unknown) =>
        isToolCall(given) ? of(failureAnswer(given, error)) : throwError(() => error),
      ),
    );
  return input.given === undefined
    ? input.whole$.pipe(mergeMap(answer$))
    : answer$(input.given.value);
}

function failureAnswer(call: ToolCall, error: unknown): ToolMessage {
  const message = toolFailure(call, String(errorToJson(error)['message']));
  const unaddressed = unaddressedIn(error);
  return unaddressed === undefined ? message : withUnaddressed(message, unaddressed.error);
}

function isToolCall(input: unknown): input is ToolCall {
  if (typeof input !== 'object' || input === null) return false;
  const { type, name, args } = input as Partial<ToolCall>;
  return type === 'tool_call' && typeof name === 'string' && typeof args === 'object';
}
