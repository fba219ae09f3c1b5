import type { RunEvent } from '../core/events/run-event.js';
import type { AIMessage } from '../messages/ai-message.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { ToolMessage } from '../messages/tool-message.js';

/** What a chat state can be made of: texts, chunks and results of tools, or events of runs that give these. */
export type ChatInput = string | AIMessageChunk | AIMessage | ToolMessage | RunEvent;

/** What reads the arguments of one call while they grow; `IncrementalJson` does. */
export interface ArgsReader {
  /** Reads on. */
  push(text: string): void;
  /** What can be shown so far. */
  readonly value: unknown;
}
