import type { CallPart, Part, ResultPart, Turn } from './part.js';
import { CallIds } from './call-ids.js';
import { sameCall, sameResult } from './same-part.js';

/** @internal What a provider wants of calls and their results. */
export interface CallRules {
  /** Matches the characters that an id of a call may not have; with the flag `g`. */
  readonly refusedInIds: RegExp;
  /** Characters that an id may have; any number where it is not said. */
  readonly longestId?: number | undefined;
  /** The error for a history in which it cannot be known which call a result belongs to. */
  readonly contradiction: (at: string, problem: string) => Error;
}

/**
 * @internal Puts the results of each turn's calls directly behind it, in the calls' order. A call without a result is
 * answered as not run; a result without a call is dropped, its call was trimmed away; nothing stands behind the calls of
 * a turn; ids are unique and as the provider takes them.
 */
export function placeResults(turns: readonly Turn[], rules: CallRules): Turn[] {
  const { calls, answers } = pair(turns, rules);
  const ids = new CallIds(rules.refusedInIds, rules.longestId);
  const placed: Turn[] = [];
  let pending: ResultPart[] = [];
  for (const turn of turns) {
    if (pending.length > 0) {
      const beside = turn.role === 'user' && turn.parts.some(isResult) ? withoutCalls(turn) : [];
      placed.push({ ...ANSWER, at: turn.at, parts: [...pending, ...beside] });
      pending = [];
      if (beside.length > 0) continue;
    }
    const made = calls.get(turn) ?? [];
    const parts = [...withoutCalls(turn)];
    for (const call of made) {
      const id = ids.next(call.id);
      parts.push({ ...call, id });
      pending.push({ ...(answers.get(call) ?? notRun(call)), callId: id });
    }
    if (parts.length > 0 || turn.parts.length === 0) placed.push({ ...turn, parts });
  }
  if (pending.length > 0) placed.push({ ...ANSWER, at: turns.at(-1)?.at ?? '', parts: pending });
  return placed;
}

const ANSWER = { role: 'user', plain: false, message: undefined } as const;

interface Pairs {
  /** The calls of each turn, none twice. */
  readonly calls: ReadonlyMap<Turn, readonly CallPart[]>;
  readonly answers: ReadonlyMap<CallPart, ResultPart>;
}

/**
 * Which result answers which call: the last call of its id before it, or else the next one. Providers that number their
 * calls begin anew in each turn; within a turn one id can be only one call.
 */
function pair(turns: readonly Turn[], rules: CallRules): Pairs {
  const calls = new Map<Turn, CallPart[]>();
  const answers = new Map<CallPart, ResultPart>();
  const latest = new Map<string, CallPart>();
  const early = new Map<string, ResultPart>();
  /** Calls without an id, which can only be answered in their order. */
  const nameless: CallPart[] = [];
  /** The calls since the user last spoke. */
  let stretch = new Map<string, CallPart>();
  const answer = (call: CallPart, result: ResultPart): void => {
    const before = answers.get(call);
    if (before === undefined) answers.set(call, result);
    else if (!sameResult(before, result))
      throw rules.contradiction(result.at, `a second, different result of one call`);
  };
  for (const turn of turns) {
    if (turn.role === 'user' && !turn.parts.every(isResult)) stretch = new Map();
    for (const part of turn.parts) {
      if (part.type === 'call') {
        if (part.id === '') {
          calls.set(turn, [...(calls.get(turn) ?? []), part]);
          nameless.push(part);
          continue;
        }
        const twin = stretch.get(part.id);
        if (twin !== undefined && !answers.has(twin)) {
          if (sameCall(twin, part)) continue;
          throw rules.contradiction(part.at, `a second, different call of one id`);
        }
        calls.set(turn, [...(calls.get(turn) ?? []), part]);
        stretch.set(part.id, part);
        latest.set(part.id, part);
        const before = early.get(part.id);
        early.delete(part.id);
        if (before !== undefined) answer(part, before);
      } else if (part.type === 'result') {
        const call = part.callId === '' ? nameless.shift() : latest.get(part.callId);
        if (call === undefined) early.set(part.callId, part);
        else answer(call, part);
      }
    }
  }
  return { calls, answers };
}

function notRun(call: CallPart): ResultPart {
  const text = 'The call was not run: the conversation went on without its result.';
  return {
    type: 'result',
    callId: call.id,
    content: [{ type: 'text', text, own: {}, at: call.at }],
    plain: true,
    isError: true,
    own: {},
    at: call.at,
  };
}

function withoutCalls(turn: Turn): Part[] {
  return turn.parts.filter(({ type }) => type !== 'call' && type !== 'result');
}

function isResult(part: Part): boolean {
  return part.type === 'result';
}
