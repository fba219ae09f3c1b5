import { asFields } from '../../messages/history/fields.js';
import type { Part, Turn } from '../../messages/history/part.js';

/**
 * @internal Turns without half-done work of the provider's own tools. A use without its result, as an answer has it that
 * was cut off, is left out, and so is a result whose use was trimmed away; calls that its code has made stay as calls of
 * the model. A use that the provider is still to go on with stays: of a paused turn, or of code that waits for the
 * results that come last.
 */
export function pairServerTools(turns: readonly Turn[]): Turn[] {
  const answered = answeredUses(turns.flatMap((turn) => turn.parts));
  const kept = new Set<unknown>();
  turns.forEach((turn, index) => {
    for (const part of turn.parts) {
      if (!isUse(part)) continue;
      const { id } = part.own;
      if (answered.has(id) || isPending(part, turn, turns.slice(index + 1))) kept.add(id);
    }
  });
  const keep = (part: Part): readonly Part[] => {
    if (isUse(part)) return kept.has(part.own['id']) ? [part] : [];
    if (isResultBlock(part))
      return isAnswer(part) && answered.has(part.own['tool_use_id']) ? [part] : [];
    const caller = callerOf(part);
    if (caller === undefined || kept.has(caller)) return [part];
    return [{ ...part, own: { ...part.own, caller: undefined } }];
  };
  return turns.map((turn) => ({ ...turn, parts: turn.parts.flatMap(keep) }));
}

/** The ids of uses that have their result behind them. */
function answeredUses(parts: readonly Part[]): ReadonlySet<unknown> {
  const begun = new Set<unknown>();
  const answered = new Set<unknown>();
  for (const part of parts) {
    if (isUse(part)) begun.add(part.own['id']);
    else if (isAnswer(part) && begun.has(part.own['tool_use_id']))
      answered.add(part.own['tool_use_id']);
  }
  return answered;
}

function isUse(part: Part): boolean {
  return (
    part.type === 'other' &&
    (part.blockType === 'server_tool_use' || part.blockType === 'mcp_tool_use')
  );
}

function isResultBlock(part: Part): boolean {
  return part.type === 'other' && part.blockType.endsWith('_tool_result');
}

/** Only a result of an MCP server may be empty. */
function isAnswer(part: Part): boolean {
  if (part.type !== 'other' || !isResultBlock(part)) return false;
  return part.blockType === 'mcp_tool_result' || part.own['content'] != null;
}

/** The use of code execution whose code has made a call. */
function callerOf(part: Part): unknown {
  return part.type === 'call' ? asFields(part.own['caller'])?.['tool_id'] : undefined;
}

function isPending(use: Part, turn: Turn, after: readonly Turn[]): boolean {
  const { id, input } = use.own;
  if (Object.hasOwn(asFields(input) ?? {}, 'INVALID_JSON')) return false;
  if (after.length === 0) {
    const reason = turn.message?.response_metadata['stop_reason'];
    // Behind a use with which the turn paused there are others like it; calls are answered in a turn of their own.
    const isLast = turn.parts.slice(turn.parts.indexOf(use)).every(isUse);
    if (!isLast || turn.parts.some(({ type }) => type === 'call')) return false;
    return reason === undefined || reason === 'pause_turn';
  }
  // Code that waits takes nothing but the results of all its calls.
  const rest = after.flatMap(({ parts }) => parts);
  const results = new Set(rest.map((part) => (part.type === 'result' ? part.callId : undefined)));
  const calls = [...turn.parts, ...rest].filter((part) => callerOf(part) === id);
  return (
    calls.length > 0 &&
    calls.every((part) => part.type === 'call' && results.has(part.id)) &&
    after.every(({ role, parts }) => role === 'assistant' || parts.every(isResult))
  );
}

function isResult({ type }: Part): boolean {
  return type === 'result';
}
