import type { AIMessage } from '../messages/ai-message.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';

declare module '../core/events/run-event.js' {
  interface RunEventData {
    on_chat_model_stream: { chunk: AIMessageChunk };
    on_chat_model_end: { output?: AIMessage; input?: unknown };
    /** An HTTP attempt failed before anything was emitted; the next one begins in `delayMs` milliseconds. */
    on_chat_model_retry: { attempt: number; error: Record<string, unknown>; delayMs: number };
  }
}

export {};
