import type { ToolCall } from '../../messages/tool-call.js';
import { frozenCopy } from './frozen-copy.js';

/** The outcome of validating a call's arguments: the value for the tool, or the error. */
export type CallCheck = { readonly value: unknown } | { readonly error: unknown };

/** A symbol, so that it cannot come from JSON. */
const CHECK: unique symbol = Symbol.for('rxlm.callCheck');

/** @internal The call with the outcome of its validation; its arguments are those for the tool, frozen. */
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

/** @internal The outcome of a call's validation; undefined if it was not validated. */
export function checkOf(call: ToolCall): CallCheck | undefined {
  return (call as { readonly [CHECK]?: CallCheck })[CHECK];
}
