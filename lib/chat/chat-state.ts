import type { AIMessage } from '../messages/ai-message.js';
import type { ToolMessage } from '../messages/tool-message.js';
import type { UsageMetadata } from '../messages/usage-metadata.js';

/**
 * `idle`: nothing has been asked yet. `submitted`: asked, and no content has come. `streaming`: content comes. Then one
 * of: `done`, `error`, `stopped` (by the reader or a signal).
 */
export type ChatStatus = 'idle' | 'submitted' | 'streaming' | 'done' | 'error' | 'stopped';

/** A call of a tool as a page shows it. It is never changed: what changes is a new one. */
export interface ChatToolCall {
  readonly id: string | undefined;
  /** `''` until the model has said it. */
  readonly name: string;
  /**
   * `growing`: its arguments still come. `called`: they are whole and valid, the tool may be at work. `invalid`: they are
   * no JSON object, or were not finished; it is never run. `pending`: the agent has ended, and it waits for an approval or
   * for the page that runs it. `done`, `error`: how the tool has answered.
   */
  readonly status: 'growing' | 'called' | 'invalid' | 'pending' | 'done' | 'error';
  /** The arguments, once they are whole; before that what a `readArgs` makes of them. */
  readonly args: unknown;
  /** The arguments as the model has written them so far. */
  readonly argsText: string;
  /** What the tool has answered. */
  readonly result: ToolMessage | undefined;
}

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
 * IDLE_CHAT_STATE // => { status: 'idle', text: '', message: undefined, toolCalls: [], usage: undefined, error: undefined }
 */
export const IDLE_CHAT_STATE: ChatState = /* @__PURE__ */ Object.freeze({
  status: 'idle',
  text: '',
  message: undefined,
  toolCalls: /* @__PURE__ */ Object.freeze([]),
  usage: undefined,
  error: undefined,
});
