import {
  defaultIfEmpty,
  defer,
  from,
  map,
  mergeMap,
  type Observable,
  type ObservableInput,
  of,
  take,
} from 'rxjs';
import { attempt } from '../../core/internal/try-or-undefined.js';
import { describeValue } from '../../core/internal/describe-value.js';
import { reportTeardown } from '../../core/run/report-teardown.js';
import type { RunConfig } from '../../core/run-config.js';
import { RunInput } from '../../core/run-input.js';
import { ToolError } from '../../errors/tool-error.js';
import { ANSWER_TOOL } from '../../messages/internal/answer-message.js';
import { approvalFields, denialText } from '../../messages/internal/approval-of.js';
import { isApprovedCall } from '../../messages/approved-call.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import { checkOf } from '../../tools/internal/checked-call.js';
import type { StructuredTool } from '../../tools/structured-tool.js';
import { toolFailure } from '../../tools/internal/tool-result.js';
import { unaddressedIn } from '../../tools/internal/unaddressed-error.js';
import { optional$ } from '../internal/optional.js';
import type { Approval, HookConfig, RunToolsOptions } from './run-tools-options.js';
import type { Toolbox } from './toolbox.js';

type Call = ToolCall | InvalidToolCall;

/** A call with its tool; `error` says why it cannot be run. */
interface ReadyCall {
  readonly call: Call;
  readonly tool?: StructuredTool<never, unknown>;
  readonly error?: ToolError;
}

type CallOptions = Pick<
  RunToolsOptions<never>,
  'approve' | 'repair' | 'errorText' | 'responseFormat'
>;

/** @internal Answers the calls of a turn: validates, repairs, asks for approval, runs. */
export class CallRunner {
  readonly #tools: Toolbox;
  readonly #options: CallOptions;

  constructor(tools: Toolbox, options: CallOptions) {
    this.#tools = tools;
    this.#options = options;
  }

  /** A call that cannot or may not be run is answered too: the API requires an answer to every call. */
  answer$(call: Call, config: RunConfig): Observable<ToolMessage> {
    if (this.#tools.elsewhere.has(call.name) && call.type === 'tool_call')
      return of(pending(call, 'elsewhere'));
    return this.#ready$(call).pipe(
      mergeMap((ready) => this.#repaired$(ready, config)),
      mergeMap((ready) => this.#run$(ready, config)),
    );
  }

  #ready$(call: Call): Observable<ReadyCall> {
    if (call.type === 'invalid_tool_call') {
      const { name = '', error, args } = call;
      const message = `The call was not run. ${error}`;
      const options = { code: 'invalid_input', tool: name, input: args } as const;
      return of({ call, error: new ToolError(message, options) });
    }
    const tool = this.#tools.run.get(call.name);
    if (tool === undefined) return of({ call, error: this.#unknownTool(call.name) });
    const { approve, repair } = this.#options;
    if (approve === undefined && repair === undefined) return of({ call, tool });
    return tool.check$(call).pipe(
      map((checked) => {
        const check = checkOf(checked);
        const isWrong = check !== undefined && 'error' in check;
        return {
          call: checked,
          tool,
          ...(isWrong ? { error: check.error as ToolError } : {}),
        };
      }),
    );
  }

  #repaired$(ready: ReadyCall, config: RunConfig): Observable<ReadyCall> {
    const { repair } = this.#options;
    const { call, error } = ready;
    if (error === undefined || repair === undefined) return of(ready);
    return optional$(() => repair(call, error, config as HookConfig<never>)).pipe(
      mergeMap((better) => {
        if (better === undefined) return of(ready);
        const args = better.args ?? (typeof call.args === 'string' ? {} : call.args);
        const name = better.name ?? call.name ?? '';
        const id = call.id === undefined ? {} : { id: call.id };
        return this.#ready$({ type: 'tool_call', ...id, name, args });
      }),
    );
  }

  #run$({ call, tool, error }: ReadyCall, config: RunConfig): Observable<ToolMessage> {
    if (tool === undefined || call.type === 'invalid_tool_call')
      return of(toolFailure(call, error?.message ?? 'The call was not run.'));
    // A tool answers a call with a message.
    const result$ = defer(
      () => tool.run$(RunInput.of(call), config) as Observable<ToolMessage>,
    ).pipe(map((result) => this.#addressed(call, result)));
    const { approve, responseFormat } = this.#options;
    // An invalid call is run as well, so that listeners receive its failed run.
    if (approve === undefined || error !== undefined || isApprovedCall(call)) return result$;
    // Giving the answer has no effect that needs approval.
    if (responseFormat !== undefined && call.name === ANSWER_TOOL) return result$;
    return defer(() => decision$(approve(call, config as HookConfig<never>))).pipe(
      reportTeardown(),
      take(1),
      defaultIfEmpty(false),
      mergeMap((decision) => {
        if (decision === 'pending') return of(pending(call, 'requested'));
        return isApproval(decision) ? result$ : of(denied(call, decision));
      }),
    );
  }

  /** The text of a failure by the agent's `errorText`, if the tool has none. */
  #addressed(call: ToolCall, result: ToolMessage): ToolMessage {
    const { errorText } = this.#options;
    const failure = errorText && unaddressedIn(result);
    const content = failure && attempt(() => errorText(failure.error, call));
    return typeof content === 'string' ? toolFailure(call, content) : result;
  }

  #unknownTool(name: string): ToolError {
    const known = [...this.#tools.run.keys()].join(', ');
    const message = `There is no tool ${describeValue(name)}. The tools are: ${known}`;
    return new ToolError(message, { code: 'unknown_tool', tool: name });
  }
}

/** A decision, or a promise or Observable of one. */
function decision$(given: Approval | ObservableInput<Approval>): Observable<Approval> {
  const isDecision =
    typeof given !== 'object' || (given as unknown) === null || 'approved' in given;
  return isDecision ? of(given as Approval) : from(given);
}

/** Strict, because any other truthy value may be a mistake. */
function isApproval(decision: unknown): boolean {
  return decision === true || (Object(decision) as { approved?: unknown }).approved === true;
}

function denied(call: ToolCall, decision: Exclude<Approval, 'pending'>): ToolMessage {
  const { reason } = Object(decision) as { readonly reason?: string };
  return toolFailure(call, denialText(reason), approvalFields('denied'));
}

/** A marker for a call that is answered outside of this run. It is not a result. */
function pending(call: ToolCall, state: 'requested' | 'elsewhere'): ToolMessage {
  return toolFailure(call, '', approvalFields(state));
}
