import type { RunType } from '../core/events/run-event.js';
import type { UsageMetadata } from '../messages/usage-metadata.js';

/** A run as it stands, with the runs inside it. It is never changed: what changes is a new one. */
export interface RunNode {
  readonly run_id: string;
  readonly name: string;
  readonly type: RunType;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly status: 'running' | 'done' | 'error' | 'cancelled';
  /** Absent while it is still arriving. */
  readonly input?: unknown;
  /** What the run has given; of one that failed or was cancelled, what it had given by then. */
  readonly output?: unknown;
  /** The error as plain data. */
  readonly error?: Readonly<Record<string, unknown>>;
  /** By the clock, in milliseconds. */
  readonly startedAt: number;
  readonly durationMs?: number;
  /** Milliseconds from its start to the first of its chunks that had content. */
  readonly firstTokenMs?: number;
  /** What a model has said of its usage so far; of any other run, the sum of what is inside it. */
  readonly tokens?: UsageMetadata;
  /** In the order of their starts. */
  readonly children: readonly RunNode[];
}
