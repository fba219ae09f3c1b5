import type { RunEnding } from '../run-ending.js';
import type {
  AppendReply,
  LossEvidence,
  ReadQuery,
  RunBatch,
  RunClaim,
  RunEntry,
  RunInfo,
  RunPage,
  RunSnapshot,
} from '../run-store.js';

/** @internal One run of a store in memory. Times are those of the store. */
export class MemoryRun {
  readonly epoch: number;
  /** Undefined for a run that is gone, of which the ending is kept. */
  readonly token: string | undefined;
  cancelRequested = false;
  expiresAt: number;
  readonly #meta: RunClaim['meta'];
  readonly #countsViewers: boolean;
  readonly #entries: string[] = [];
  #snapshot: RunSnapshot | undefined;
  #ending: RunEnding | undefined;
  #endedBy: string | undefined;
  #leaseUntil: number;
  #watchedUntil: number;

  constructor(epoch: number, claim: RunClaim | undefined, now: number) {
    this.epoch = epoch;
    this.token = claim?.token;
    // As a store that writes it down would give it back.
    this.#meta =
      claim?.meta === undefined
        ? undefined
        : (JSON.parse(JSON.stringify(claim.meta)) as RunClaim['meta']);
    this.#countsViewers = claim?.countsViewers === true;
    this.#leaseUntil = now + (claim?.leaseMs ?? 0);
    this.#watchedUntil = now;
    this.expiresAt = now + (claim?.maxMs ?? 0);
  }

  static lost(epoch: number, keepMs: number, now: number): MemoryRun {
    const run = new MemoryRun(epoch, undefined, now);
    run.#end({ state: 'stream_lost' }, undefined, keepMs, now);
    return run;
  }

  get isOver(): boolean {
    return this.#ending !== undefined;
  }

  append(token: string, batch: RunBatch, now: number): AppendReply {
    const { after, entries, ending, leaseMs, keepMs, snapshot } = batch;
    const last = this.#entries.length;
    if (token !== this.token) return { ok: false, why: 'fenced' };
    if (this.isOver) {
      const isRepeated =
        ending !== undefined && this.#endedBy === token && after + entries.length === last;
      return isRepeated ? this.#appended(now) : { ok: false, why: 'ended' };
    }
    if (after > last) {
      this.#end({ state: 'stream_lost' }, undefined, keepMs, now);
      return { ok: false, why: 'lost' };
    }
    for (const entry of entries.slice(last - after)) this.#entries.push(entry);
    if (snapshot !== undefined && snapshot.seq > (this.#snapshot?.seq ?? 0))
      this.#snapshot = snapshot;
    this.#leaseUntil = now + leaseMs;
    if (ending !== undefined) this.#end(ending, token, keepMs, now);
    return this.#appended(now);
  }

  read({ after, limit, maxChars, snapshot: mayBegin }: ReadQuery, now: number): RunPage {
    const snapshot = this.#snapshot;
    const isUsed = mayBegin === true && snapshot !== undefined && snapshot.seq > after;
    const from = isUsed ? snapshot.seq : after;
    const entries: RunEntry[] = [];
    let chars = 0;
    for (let seq = from + 1; entries.length < limit; seq += 1) {
      const data = this.#entries[seq - 1];
      if (data === undefined) break;
      chars += data.length;
      if (entries.length > 0 && chars > maxChars) break;
      entries.push({ seq, data });
    }
    return { ...this.info(now), entries, ...(isUsed ? { snapshot } : {}) };
  }

  info(now: number): RunInfo {
    const ending = this.#ending;
    const meta = this.#meta;
    const countsViewers = this.#countsViewers;
    const { epoch, cancelRequested } = this;
    return {
      epoch,
      last: this.#entries.length,
      leaseLeftMs: this.isOver ? 0 : this.#leaseUntil - now,
      cancelRequested,
      countsViewers,
      ...(ending === undefined ? {} : { ending }),
      ...(meta === undefined ? {} : { meta }),
    };
  }

  declareLost(evidence: LossEvidence, now: number): boolean {
    if (this.isOver || evidence.epoch !== this.epoch) return false;
    const isLost =
      evidence.state === 'producer_lost'
        ? this.#leaseUntil <= now
        : this.#entries.length < evidence.seen;
    if (isLost) this.#end({ state: evidence.state }, undefined, evidence.keepMs, now);
    return isLost;
  }

  keepWatched(ms: number, now: number): void {
    this.#watchedUntil = Math.max(this.#watchedUntil, now + ms);
  }

  #appended(now: number): AppendReply {
    const countsViewers = this.#countsViewers;
    const { cancelRequested } = this;
    return {
      ok: true,
      last: this.#entries.length,
      cancelRequested,
      ...(countsViewers ? { unwatchedMs: Math.max(0, now - this.#watchedUntil) } : {}),
    };
  }

  #end(ending: RunEnding, by: string | undefined, keepMs: number, now: number): void {
    this.#ending = ending;
    this.#endedBy = by;
    this.expiresAt = now + keepMs;
  }
}
