import type { RunEnding } from './run-ending.js';

/** What a store answers: at once, or later. */
export type Reply<T> = T | PromiseLike<T>;

/**
 * Where runs are kept: a log of entries for each run, one producer that may append to it, and one ending. `durableRuns` drives
 * it; `memoryRunStore` and `redisRunStore` are stores, and `describeRunStore` of `rxlm/testing` checks a store of your own.
 *
 * **The log.** Entries are numbered 1, 2, 3, … without holes. They are never trimmed or changed. An append is atomic: all of its
 * entries, its snapshot and its ending are in the log, or none of them.
 *
 * **The fence.** A run belongs to the token that has claimed it. Nobody takes over a run, so an append of any other token, or to a
 * run that is over, changes nothing.
 *
 * **The clock.** Leases and expiry count on the clock of the store (`TIME` of Redis), never on that of a process.
 *
 * **Failures.** A verdict is a reply. A rejection (or a throw) means that nothing is known: the connection broke, the engine does
 * not answer. `durableRuns` repeats such a call, so each one is safe to repeat after it has been executed and its reply lost. A
 * rejection with an `RxlmError` is final and is not repeated.
 *
 * Every method may answer at once or by a promise. Ids are opaque: 1 to 128 characters of `A-Z a-z 0-9 . _ ~ : -`.
 */
export interface RunStore {
  /**
   * Creates the run, open and empty, with its lease. Repeated with the same token it answers as before, as long as the run is
   * there, open or over. An id that another token has claimed is `exists`; ids are never reused while the run is kept.
   */
  claim(id: string, claim: RunClaim): Reply<ClaimReply>;
  /**
   * Appends entries `after + 1`, `after + 2`, … and renews the lease; without entries it only renews, which is the heartbeat.
   *
   * With `last` for the number of the last entry in the log, in this order:
   * - no such run: the store has lost it. It keeps an ended run without entries in its place, with `batch.epoch`, the ending
   *   `stream_lost` and no token, for `keepMs`, so that every later reader finds the loss. Reply `lost`.
   * - the token is not that of the run: reply `fenced`.
   * - the run is over: `ok` if this very batch has ended it (`batch.ending` is set, and the log ends where the batch ends), else
   *   `ended`.
   * - `after > last`: the store has lost entries that it had acknowledged. It ends the run with `stream_lost`. Reply `lost`.
   * - entries that the log has already (`after + n <= last`) are skipped: a repeated batch is `ok` and appends nothing twice.
   *
   * Then the entries, the snapshot and the ending are stored together.
   */
  append(id: string, token: string, batch: RunBatch): Reply<AppendReply>;
  /**
   * A page of what comes strictly after `after`, or undefined where there is no such run (also after its expiry). `after` may
   * be beyond the last entry: then there are no entries, and `last` says so.
   */
  read(id: string, query: ReadQuery): Reply<RunPage | undefined>;
  /**
   * Calls `wake` when the run may have new entries or an ending. A hint only: a wake-up may be lost (readers also poll once a
   * second) or come for nothing. A store over a network uses one connection for all watchers of a process, never one that writes.
   * `wake` never throws. Returns a function that stops watching; it does so synchronously.
   */
  watch(id: string, wake: () => void): () => void;
  /** As `watch`, called when a cancellation of the run has been requested. The producer watches this. */
  watchCancel(id: string, wake: () => void): () => void;
  /**
   * Marks an open run so that each reply to its producer says `cancelRequested`. False where there is no such run or it is
   * over; true if it is marked, also if it was before.
   */
  requestCancel(id: string): Reply<boolean>;
  /**
   * Ends an open run that is lost, if the store finds that it is. `producer_lost`: the lease has expired on the clock of the
   * store. `stream_lost`: the run has this `epoch` and its last entry is before `seen`, which a reader has read; a run that is gone
   * becomes an ended run without entries, as in `append`. False, without any change, if that is not so or the run is over.
   */
  declareLost(id: string, evidence: LossEvidence): Reply<boolean>;
  /** Counts the run as watched for `ms` from now on. Called for runs whose claim has `countsViewers`. */
  keepWatched(id: string, ms: number): Reply<void>;
  /**
   * Keeps `id` as the latest run of a thread for `ms`, in place of the one before, whose id it returns. Threads have names like
   * those of runs, and are apart from these.
   */
  setLatest(thread: string, id: string, ms: number): Reply<string | undefined>;
  /** The id of the latest run of a thread; undefined where there is none, or its time is over. */
  latest(thread: string): Reply<string | undefined>;
  /** Runs in any order, a page at a time. May miss runs that begin or expire meanwhile. */
  list(query: ListQuery): Reply<RunList>;
  /** Removes a run with all that belongs to it, whatever its state. False where there was none. */
  delete(id: string): Reply<boolean>;
}

/** How a run begins. */
export interface RunClaim {
  /** Chosen by the producer, random. */
  readonly token: string;
  /** Milliseconds until the producer counts as lost, unless it appends. */
  readonly leaseMs: number;
  /** Milliseconds after which an open run is removed, counted from the claim. */
  readonly maxMs: number;
  /** Milliseconds for which the run is kept once it is over. */
  readonly keepMs: number;
  /** Kept as JSON with the run. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
  /** Whether replies to the producer have `unwatchedMs`. */
  readonly countsViewers?: boolean | undefined;
}

/** Of a claim. `epoch`: a positive safe integer, another one for each claim that an id ever has (the clock of the store will do). */
export type ClaimReply =
  { readonly ok: true; readonly epoch: number } | { readonly ok: false; readonly why: 'exists' };

/** What a producer appends at once. */
export interface RunBatch {
  /** Of the claim's reply. */
  readonly epoch: number;
  /** The number of the last entry before the batch. */
  readonly after: number;
  /** Texts: JSON, without line breaks. */
  readonly entries: readonly string[];
  /** What stands for all entries up to `seq`, which is in the log or in this batch. Replaces the snapshot before it. */
  readonly snapshot?: RunSnapshot | undefined;
  /** Ends the run with the last entry of the batch. */
  readonly ending?: RunEnding | undefined;
  readonly leaseMs: number;
  readonly keepMs: number;
}

/** A shorter text for the entries 1 to `seq`. */
export interface RunSnapshot {
  readonly seq: number;
  readonly data: string;
}

/** Of an append. `unwatchedMs`: milliseconds since the run had a viewer, or since its claim; 0 while it has one. */
export type AppendReply =
  | {
      readonly ok: true;
      readonly last: number;
      readonly cancelRequested: boolean;
      readonly unwatchedMs?: number | undefined;
    }
  | { readonly ok: false; readonly why: 'fenced' | 'ended' | 'lost' };

/** What a reader asks for. */
export interface ReadQuery {
  /** The number of the last entry that the reader has; 0 for none. */
  readonly after: number;
  /** Entries of a page, at most. 0 for the state alone. */
  readonly limit: number;
  /** Characters of a page's entries, at most. A page has one entry at least, of any size. */
  readonly maxChars: number;
  /**
   * Whether a page may begin with the snapshot: if there is one beyond `after`, the page has it as `snapshot`, and its entries
   * are those after `snapshot.seq`.
   */
  readonly snapshot?: boolean | undefined;
}

/** What a reader gets, as it was at one moment. */
export interface RunPage extends RunInfo {
  /** In order, without holes: the first one follows `after`, or the snapshot. */
  readonly entries: readonly RunEntry[];
  readonly snapshot?: RunSnapshot | undefined;
}

/** An entry of the log: its number and its text. */
export interface RunEntry {
  readonly seq: number;
  readonly data: string;
}

/** What is known of a run. */
export interface RunInfo {
  readonly epoch: number;
  /** The number of the last entry in the log; 0 while there is none. */
  readonly last: number;
  /** Milliseconds until the lease expires, on the clock of the store; 0 or less once it has. 0 for a run that is over. */
  readonly leaseLeftMs: number;
  readonly cancelRequested: boolean;
  /** How it ended. A run is over for a reader that has all entries up to `last`. */
  readonly ending?: RunEnding | undefined;
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
  /** As in the claim. */
  readonly countsViewers: boolean;
}

/** Why a reader takes a run for lost. */
export type LossEvidence =
  | { readonly state: 'producer_lost'; readonly epoch: number; readonly keepMs: number }
  | {
      readonly state: 'stream_lost';
      readonly epoch: number;
      readonly seen: number;
      readonly keepMs: number;
    };

/** Which page of a list. */
export interface ListQuery {
  readonly limit: number;
  /** Of the page before. */
  readonly cursor?: string | undefined;
}

/** A page of a list. */
export interface RunList {
  readonly runs: readonly (RunInfo & { readonly id: string })[];
  /** Where there may be more. A page may be empty and have one. */
  readonly cursor?: string | undefined;
}
