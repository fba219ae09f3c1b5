import type { ToolCall } from '../../messages/tool-call.js';
import { frozenCopy } from './frozen-copy.js';

/** What a check of a call's arguments has found: the value that the tool is run with, or why there is none. */
export type CallCheck = { readonly value: unknown } | { readonly error: unknown };

/** A symbol, so that no JSON can bring one. */
const CHECK: unique symbol = Symbol.for('rxlm.callCheck');

/** @internal The call with the outcome of its check; its arguments are those that the tool is run with, frozen. */
export function checkedCall(call: ToolCall, check: CallCheck): ToolCall {
  if ('error' in check) return withCheck(call, check);
  const value = frozenCopy(check.value);
  const args = (
    typeof value === 'object' && value !== null ? value : call.args
  ) as ToolCall['args'];
  return withCheck({ ...call, args }, { value });
}

function withCheck(call: ToolCall, check: CallCheck): ToolCall {
  const checked = { ...call };
  Object.defineProperty(checked, CHECK, { value: check });
  return Object.freeze(checked);
}

/** @internal The outcome of a call's check; undefined of a call that was not checked. */
export function checkOf(call: ToolCall): CallCheck | undefined {
  return (call as { readonly [CHECK]?: CallCheck })[CHECK];
}
