import type { ListenerErrorHandler } from '../events/report-listener-error.js';
import type { RunListener } from '../events/run-event.js';
import type { EventDispatcher } from '../events/event-dispatcher.js';

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
  /** The reason of the signal that ended this run; undefined if none did. */
  readonly reason: unknown;
  /** Dispatches the events of the whole tree of runs. */
  readonly dispatcher: EventDispatcher;
  /** A child begins: this run begins before it. */
  enter(): void;
  /** A child is over and about to emit its ending. */
  exit(): void;
  /** A child has emitted its ending: this run may emit its own, if that had to wait. */
  settle(): void;
  /** Emits another event of this run than its start, chunks and ending, unless it is over. */
  emit(event: string, data: unknown, name?: string): void;
}
