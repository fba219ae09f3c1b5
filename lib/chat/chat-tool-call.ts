import type { ToolMessage } from '../messages/tool-message.js';

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
