import { isRecord } from '../core/internal/is-record.js';

/** Why a run is over, in one word. */
export type RunState =
  /** Its source has completed. */
  | 'end'
  /** Its source has failed: the ending's `error` says how. */
  | 'error'
  /** A caller has cancelled it, or it had no viewer for longer than `cancelAfterMs`. */
  | 'cancelled'
  /** One more value would have exceeded `maxEntries` or `maxChars`. */
  | 'limit'
  /** Its producer has stopped renewing its lease: the process is dead, frozen or cut off from the store. */
  | 'producer_lost'
  /** The store has lost values that it had acknowledged. */
  | 'stream_lost';

/** The ending of a run, as plain data: every viewer of the run gets the same one. */
export interface RunEnding {
  readonly state: RunState;
  /** Of `error`: the error as JSON, without its stack. */
  readonly error?: Readonly<Record<string, unknown>> | undefined;
}

/** @internal Whether what a store has kept is an ending. */
export function isRunEnding(value: unknown): value is RunEnding {
  if (!isRecord(value)) return false;
  const { state, error } = value;
  return STATES.has(state) && (error === undefined || isRecord(error));
}

const STATES: ReadonlySet<unknown> = new Set<RunState>([
  'end',
  'error',
  'cancelled',
  'limit',
  'producer_lost',
  'stream_lost',
]);
