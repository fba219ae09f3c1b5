import type { Timestamp } from 'rxjs';
import type { RunEvent, RunType } from '../core/events/run-event.js';
import type { UsageMetadata } from '../messages/usage-metadata.js';

/** An event of a run with the time at which it was dispatched, in milliseconds: what RxJS's `timestamp()` emits. */
export type TimedRunEvent = Timestamp<RunEvent>;

/** What a marble stands for. `bytes` are those that a server wrote on the wire. */
export type MarkKind =
  'start' | 'text' | 'reasoning' | 'arguments' | 'value' | 'custom' | 'retry' | 'bytes';

/** One marble. */
export interface Mark {
  readonly kind: MarkKind;
  /** Milliseconds since the first event of the diagram. */
  readonly at: number;
  /** Characters of a text, bytes of the wire; 1 for everything else. */
  readonly size: number;
  /** The beginning of the content, at most 120 characters. */
  readonly text: string;
  /** The index of its event. */
  readonly event: number;
  /** The index of the event that it was made of, where there is one. */
  readonly cause?: number;
}

/** A time in which a lane waits. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** How a lane ends, in RxJS's words. */
export type LaneEnding = 'complete' | 'error' | 'unsubscribed';

/** A line of the diagram: a run, the reasoning or the tool arguments of a model's run, or a connection (`wire`). */
export interface Lane {
  /** The run's id; for a model's reasoning and arguments with `/reasoning` or `/arguments` behind it. */
  readonly id: string;
  readonly name: string;
  readonly type: RunType | 'wire';
  /** How many runs are around it. */
  readonly depth: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly ending?: LaneEnding;
  /** What the ending reports: the error, or what a server had not sent. */
  readonly note?: string;
  readonly marks: readonly Mark[];
  /** Waits between attempts. */
  readonly waits: readonly Span[];
  readonly usage?: UsageMetadata;
}

/** The events of runs so far, as marbles. It is never changed: each event makes another one. */
export interface Diagram {
  /** The time of the first event, in milliseconds. */
  readonly startedAt?: number;
  /** Milliseconds from the first event to the last one. */
  readonly duration: number;
  /** How many events there were. */
  readonly events: number;
  /** In the order of the tree: a run, the runs inside it, the run after it. */
  readonly lanes: readonly Lane[];
  /** How many runs have no lane, because there are 200 already. */
  readonly omitted: number;
  /** When the first byte, the first token and the last token came, in milliseconds since the first event. */
  readonly firstByteAt?: number;
  readonly firstTokenAt?: number;
  readonly lastTokenAt?: number;
  /** The last event of the wire and of a model: what later events are made of. */
  readonly causes: { readonly wire?: number; readonly model?: number };
}
