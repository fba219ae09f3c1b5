import type { AIMessage } from '../messages/ai-message.js';
import type { ToolMessage } from '../messages/tool-message.js';
import type { UsageMetadata } from '../messages/usage-metadata.js';
import type { ChatPart } from './chat-part.js';
import type { ChatToolCall } from './chat-tool-call.js';

/**
 * `idle`: nothing has been asked yet. `submitted`: asked, and no content has come. `streaming`: content comes. Then one
 * of: `done`, `error`, `stopped` (by the reader or a signal).
 */
export type ChatStatus = 'idle' | 'submitted' | 'streaming' | 'done' | 'error' | 'stopped';

/**
 * What a page shows of an answer that arrives. It is never changed: each part of it that is as it was is the same
 * object as before.
 */
export interface ChatState {
  readonly status: ChatStatus;
  /** The text so far, also of an answer that failed or was stopped. */
  readonly text: string;
  /** The message so far; of an agent, that of its latest turn. Absent where there are only texts. */
  readonly message: AIMessage | undefined;
  /** All that was said in the run so far: an agent's earlier turns, the results of its tools, the message so far. */
  readonly messages: readonly (AIMessage | ToolMessage)[];
  /** The answer as a page shows it, in order; of an agent, all turns. A source of texts alone has a `text` and no parts. */
  readonly parts: readonly ChatPart[];
  /** In the order in which they were begun; of an agent, those of all turns. */
  readonly toolCalls: readonly ChatToolCall[];
  /** What it has cost so far; of an agent, all turns together. */
  readonly usage: UsageMetadata | undefined;
  /** What went wrong, as it was thrown; undefined unless `status` is `error`. */
  readonly error: unknown;
}

/**
 * The state before anything has been asked: what `toSignal(state$, { initialValue })` and `useState` begin with.
 *
 * @example
 * IDLE_CHAT_STATE // => { status: 'idle', text: '', message: undefined, messages: [], parts: [], toolCalls: [], usage: undefined, error: undefined }
 */
export const IDLE_CHAT_STATE: ChatState = /* @__PURE__ */ Object.freeze({
  status: 'idle',
  text: '',
  message: undefined,
  messages: /* @__PURE__ */ Object.freeze([]),
  parts: /* @__PURE__ */ Object.freeze([]),
  toolCalls: /* @__PURE__ */ Object.freeze([]),
  usage: undefined,
  error: undefined,
});
