import type { ListenerErrorHandler } from '../events/report-listener-error.js';
import type { RunListener } from '../events/run-event.js';
import type { Telling } from '../events/event-dispatcher.js';

/** Registered and enumerable, so that `{ ...config }` and a second copy of the package hand it on. */
export const SCOPE: unique symbol = Symbol.for('rxlm.scope');

/** The open run that a config was made for: whatever is run with that config becomes its child. */
export interface Scope {
  readonly runId: string;
  /** The ids of the runs around a child, root first: those around this run, and this one. */
  readonly path: readonly string[];
  /** What children inherit. */
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly listeners: readonly RunListener[];
  readonly onError: ListenerErrorHandler | undefined;
  /** Aborted when this run is over, for whatever reason. */
  readonly signal: AbortSignal;
  /** What outside signal ended this run says why; undefined where none did. */
  readonly reason: unknown;
  /** What tells the events of the whole tree of runs. */
  readonly telling: Telling;
  /** A run inside begins: this one has begun before. */
  enter(): void;
  /** A run inside is over, and about to tell it. */
  exit(): void;
  /** A run inside has told its ending: this one may tell its own, if that had to wait. */
  settle(): void;
  /** Tells an event of this run that is none of its beginning, chunks or ending, unless it is over. */
  tell(event: string, data: unknown, name?: string): void;
}
