import type { RunEvent } from '../../core/events/run-event.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { MergingChunk } from '../../messages/merge-chunks.js';

/** @internal Adjacent values in the course of being merged into one. */
export interface Merging {
  /** Whether the next value could be merged; if not, nothing has changed. */
  add(next: unknown): boolean;
  readonly merged: unknown;
}

/**
 * @internal What the values after this one may be merged into: strings are pieces of one text, message chunks merge
 * where nothing is lost, and so do events with such chunks of one run. Undefined for any other value.
 */
export function mergingOf(first: unknown): Merging | undefined {
  if (typeof first === 'string') return new MergingText(first);
  if (isMessageChunk(first)) return mergingChunk(first);
  return isStreamEvent(first) ? MergingEvent.of(first) : undefined;
}

class MergingText implements Merging {
  merged: string;

  constructor(first: string) {
    this.merged = first;
  }

  add(next: unknown): boolean {
    if (typeof next !== 'string') return false;
    this.merged += next;
    return true;
  }
}

function mergingChunk(first: AIMessageChunk): Merging | undefined {
  const chunk = MergingChunk.of(first);
  return chunk === undefined
    ? undefined
    : {
        add: (next) => isMessageChunk(next) && chunk.add(next),
        get merged() {
          return chunk.merged;
        },
      };
}

/** The event is the last one's, so that whatever numbers events says how far the merged one reaches. */
class MergingEvent implements Merging {
  #last: StreamEvent;
  readonly #chunk: Merging;

  static of(first: StreamEvent): MergingEvent | undefined {
    const chunk = mergingOf(first.data.chunk);
    return chunk === undefined ? undefined : new MergingEvent(first, chunk);
  }

  private constructor(first: StreamEvent, chunk: Merging) {
    this.#last = first;
    this.#chunk = chunk;
  }

  add(next: unknown): boolean {
    const { event, run_id } = this.#last;
    if (!isStreamEvent(next) || next.event !== event || next.run_id !== run_id) return false;
    if (!this.#chunk.add(next.data.chunk)) return false;
    this.#last = next;
    return true;
  }

  get merged(): StreamEvent {
    return { ...this.#last, data: { ...this.#last.data, chunk: this.#chunk.merged } };
  }
}

type StreamEvent = Omit<RunEvent, 'data'> & { readonly data: { readonly chunk: unknown } };

function isMessageChunk(value: unknown): value is AIMessageChunk {
  return typeof value === 'object' && value !== null && 'tool_call_chunks' in value;
}

function isStreamEvent(value: unknown): value is StreamEvent {
  if (typeof value !== 'object' || value === null || !('event' in value)) return false;
  const { event, run_id } = value as Partial<RunEvent>;
  return typeof event === 'string' && event.endsWith('_stream') && typeof run_id === 'string';
}
