import { describeValue } from '../../core/internal/describe-value.js';
import { approvalFields, denialText } from '../../messages/internal/approval-of.js';
import { approvedCall } from '../../messages/approved-call.js';
import type { ContentBlock, MessageContent } from '../../messages/content.js';
import { callBlock, RESULT_CALL_ID } from '../../messages/history/block-types.js';
import type { ToolCall } from '../../messages/tool-call.js';
import { ToolMessage } from '../../messages/tool-message.js';
import { isStandardSchema } from '../../tools/standard-schema.js';
import { checkCall } from '../server/check-client-messages.js';
import { ownCode } from '../server/server-fault.js';
import type { FromUIRules } from './from-ui-options.js';
import { restore } from './ui-hidden-fields.js';
import { keptOf } from './ui-blocks.js';
import { textIn, type UIMessagePart } from './ui-part.js';
import { approvalOf, isProof } from './ui-proof.js';

/** The states of a call that has been answered, and whether it was answered well. */
const ANSWERED: Readonly<Record<string, ToolMessage['status']>> = {
  'output-available': 'success',
  'output-error': 'error',
  'output-denied': 'error',
};

/** Those of a call that has not been answered. */
const OPEN: ReadonlySet<unknown> = new Set([
  'input-streaming',
  'input-available',
  'approval-requested',
  'approval-responded',
]);

/** @internal Throws a `TypeError` for a call in a state that there is not. */
export function checkState({ type, state }: UIMessagePart): void {
  if (OPEN.has(state) || Object.hasOwn(ANSWERED, String(state))) return;
  throw new TypeError(
    `a part of type ${describeValue(type)} cannot be in the state ${describeValue(state)}`,
  );
}

/** @internal Whether a part is a call, whoever runs it. */
export function isToolPart({ type }: UIMessagePart): boolean {
  return type === 'dynamic-tool' || type.startsWith('tool-');
}

/** @internal Whether a part is a call of ours that the model can go on from: it has its result, or the user's word. */
export function isCall(part: UIMessagePart): boolean {
  const { state, preliminary, providerExecuted } = part;
  return (
    isToolPart(part) &&
    (Object.hasOwn(ANSWERED, String(state)) || state === 'approval-responded') &&
    preliminary !== true &&
    providerExecuted !== true
  );
}

/** @internal Whether the user has approved a call that is still to be run. */
export function isApproved({ state, approval }: UIMessagePart): boolean {
  return (
    state === 'approval-responded' &&
    (Object(approval) as { readonly approved?: unknown }).approved === true
  );
}

/** @internal The call; one that was approved is marked to be run as it is. Throws a `TypeError` for one that is not accepted. */
export function toCall(part: UIMessagePart, rules: FromUIRules): ToolCall {
  const { input, rawInput, state } = part;
  const call: ToolCall = {
    type: 'tool_call',
    id: textIn(part, 'toolCallId'),
    name: toolNameOf(part),
    args: argsOf(input ?? rawInput),
  };
  // A call that came to nothing may be of a tool that does not exist, or with arguments that match no schema: that was why.
  const cameToNothing = state === 'output-error' || state === 'output-denied';
  if (!rules.trusted && !(cameToNothing && rules.tools !== false)) checkCall(call, rules);
  if (!isApproved(part)) return call;
  if (!rules.trusted) checkApproval(part, call, rules);
  return approvedCall(call);
}

/** @internal The block of a call, with the fields that only the provider understands, if there are any. */
export function toCallBlock(
  part: UIMessagePart,
  { id, name, args }: ToolCall,
  rules: FromUIRules,
): { readonly block: ContentBlock; readonly isMore: boolean } {
  const block = callBlock(id, name, args);
  const kept = keptOf(part['callProviderMetadata']);
  const restored = kept === undefined ? undefined : restore(kept, block, rules);
  return { block: restored ?? block, isMore: restored !== undefined };
}

/** @internal What came of a call; undefined for one that is still to be run. */
export function toResult(part: UIMessagePart, rules: FromUIRules): ToolMessage | undefined {
  if (isApproved(part)) return undefined;
  const { state } = part;
  return new ToolMessage({
    content: state === 'output-available' ? outputOf(part, rules) : reasonOf(part),
    tool_call_id: textIn(part, 'toolCallId'),
    status: ANSWERED[state as string] ?? 'error',
    // The page still shows it as answered by its user: the run may close it.
    ...(state === 'approval-responded' ? approvalFields('denied_before') : {}),
  });
}

/** @internal */
export function toolNameOf(part: UIMessagePart): string {
  return part.type === 'dynamic-tool' ? textIn(part, 'toolName') : part.type.slice('tool-'.length);
}

function checkApproval(part: UIMessagePart, call: ToolCall, { sign }: FromUIRules): void {
  if (sign === undefined)
    throw new TypeError('approvals are accepted only where the server signs: give it `sign`');
  const { signature } = Object(part['approval']) as { readonly signature?: unknown };
  if (!isProof(sign, 'approval', approvalOf(call), signature))
    throw new TypeError('an approved call is not the one that the server has asked for');
}

function reasonOf(part: UIMessagePart): string {
  if (part['state'] === 'output-error') return textIn(part, 'errorText');
  const { reason } = Object(part['approval']) as { readonly reason?: unknown };
  return denialText(reason);
}

/** As the server gave it, if that can be proven; else as text, and never as blocks. */
function outputOf(part: UIMessagePart, rules: FromUIRules): MessageContent {
  const { output } = part;
  checkOutput(part, rules);
  const kept = keptOf(part['resultProviderMetadata']);
  if (kept !== undefined && Array.isArray(output)) {
    const shown = { [RESULT_CALL_ID]: textIn(part, 'toolCallId'), content: output as unknown };
    const restored = restore(kept, shown, rules);
    if (restored !== undefined) return restored['content'] as MessageContent;
  }
  return typeof output === 'string' ? output : output === undefined ? '' : JSON.stringify(output);
}

function checkOutput(part: UIMessagePart, { tools, trusted }: FromUIRules): void {
  if (trusted || typeof tools === 'boolean') return;
  const name = toolNameOf(part);
  const { outputSchema } = tools.find((tool) => tool.name === name) ?? {};
  if (!isStandardSchema(outputSchema)) return;
  const standard = outputSchema['~standard'];
  const result = ownCode(() => standard.validate(part['output']));
  if ('then' in result)
    throw new TypeError(`the output schema of ${describeValue(name)} cannot check without waiting`);
  if (result.issues)
    throw new TypeError(`the output of ${describeValue(name)} does not match its schema`);
}

/** Arguments that were no object were never run; the provider insists on one. */
function argsOf(input: unknown): ToolCall['args'] {
  if (typeof input === 'object' && input !== null && !Array.isArray(input))
    return input as ToolCall['args'];
  return input === undefined ? {} : { INVALID_JSON: input };
}
