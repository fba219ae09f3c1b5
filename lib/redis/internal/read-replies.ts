import type { RunEnding } from '../../runs/run-ending.js';
import type { AppendReply, ClaimReply, RunInfo, RunPage } from '../../runs/run-store.js';

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

/** @internal */
export function readPage(reply: unknown): RunPage | undefined {
  if (reply === null || reply === undefined) return undefined;
  const [epoch, last, left, cancel, viewers, ending, meta, snapSeq, snapshot, after, entries] =
    reply as readonly unknown[];
  const info: RunInfo = {
    epoch: Number(epoch),
    last: Number(last),
    leaseLeftMs: Number(left),
    cancelRequested: Number(cancel) === 1,
    countsViewers: Number(viewers) === 1,
    ...(ending === '' ? {} : { ending: JSON.parse(String(ending)) as RunEnding }),
    ...(meta === '' ? {} : { meta: JSON.parse(String(meta)) as Record<string, unknown> }),
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
