import type { RunEvent } from '../../core/events/run-event.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { AIMessage } from '../../messages/ai-message.js';
import { isEnding, phaseOf } from './event-phase.js';
import type { ModelOutput } from '../model-output.js';
import { TopRuns } from './top-runs.js';

/** @internal A chunk of a message. A whole message is its only one, and has no pieces of calls. */
export type MessagePart = AIMessage & Partial<Pick<AIMessageChunk, 'tool_call_chunks'>>;

/** @internal What one value says of the messages of models. `source` distinguishes the messages of runs. */
export interface ModelPart {
  readonly source: string;
  /** Undefined where the value says only that the message is over. */
  readonly part: MessagePart | undefined;
}

/**
 * @internal Finds what models say in a stream of messages or of events. Of events those of chat models count, once: of a
 * model that runs inside another the outer one's.
 */
export class ModelOutputs {
  readonly #tops = new TopRuns();

  /** To be asked once for each value, in order. Undefined where it says nothing. */
  read(value: ModelOutput): ModelPart | undefined {
    if (typeof value !== 'object' || (value as unknown) === null) return undefined;
    if ('event' in value) return this.#readEvent(value);
    if (value.type === 'ai') return { source: '', part: value };
    return 'type' in value ? { source: '', part: undefined } : undefined;
  }

  #readEvent(event: RunEvent): ModelPart | undefined {
    if (!event.event.startsWith(MODEL) || !this.#tops.has(event)) return undefined;
    const phase = phaseOf(event.event);
    if (isEnding(phase)) return { source: event.run_id, part: undefined };
    return phase === 'stream'
      ? { source: event.run_id, part: (event.data as { chunk: MessagePart }).chunk }
      : undefined;
  }
}

const MODEL = 'on_chat_model_';
