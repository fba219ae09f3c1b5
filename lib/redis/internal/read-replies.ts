import { isRecord } from '../../core/internal/is-record.js';
import { isRunEnding } from '../../runs/run-ending.js';
import type { AppendReply, ClaimReply, RunInfo, RunPage } from '../../runs/run-store.js';
import { storeConflict } from './store-conflict.js';

/** @internal */
export function readClaimReply(reply: unknown): ClaimReply {
  const [isOwn, epoch] = reply as readonly unknown[];
  return Number(isOwn) === 1 ? { ok: true, epoch: Number(epoch) } : { ok: false, why: 'exists' };
}

/** @internal */
export function readAppendReply(reply: unknown): AppendReply {
  const [verdict, last, cancel, unwatchedMs] = reply as readonly unknown[];
  if (verdict !== 'ok') return { ok: false, why: verdict as 'fenced' | 'ended' | 'lost' };
  return {
    ok: true,
    last: Number(last),
    cancelRequested: Number(cancel) === 1,
    ...(Number(unwatchedMs) < 0 ? {} : { unwatchedMs: Number(unwatchedMs) }),
  };
}

/** @internal Whoever can write to Redis has written it: throws an `RxlmError` where it is not what a run has. */
export function readPage(reply: unknown, key: string): RunPage | undefined {
  if (reply === null || reply === undefined) return undefined;
  const [epoch, last, left, cancel, viewers, ending, meta, snapSeq, snapshot, after, entries] =
    reply as readonly unknown[];
  const info: RunInfo = {
    epoch: Number(epoch),
    last: Number(last),
    leaseLeftMs: Number(left),
    cancelRequested: Number(cancel) === 1,
    countsViewers: Number(viewers) === 1,
    ...(ending === '' ? {} : { ending: parsed(ending, isRunEnding, key) }),
    ...(meta === '' ? {} : { meta: parsed(meta, isRecord, key) }),
  };
  const from = Number(after) + 1;
  return {
    ...info,
    entries: (entries as readonly string[]).map((data, at) => ({ seq: from + at, data })),
    ...(Number(snapSeq) === 0
      ? {}
      : { snapshot: { seq: Number(snapSeq), data: String(snapshot) } }),
  };
}

function parsed<T>(text: unknown, isExpected: (value: unknown) => value is T, key: string): T {
  let cause: unknown;
  try {
    const value: unknown = JSON.parse(String(text));
    if (isExpected(value)) return value;
  } catch (error) {
    cause = error;
  }
  throw storeConflict(key, cause);
}
