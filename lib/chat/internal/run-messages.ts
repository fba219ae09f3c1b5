import type { AIMessage } from '../../messages/ai-message.js';
import { approvalIn } from '../../messages/internal/approval-of.js';
import type { ToolMessage } from '../../messages/tool-message.js';

type Said = AIMessage | ToolMessage;

/** @internal What is said in a run: the messages of the turns that are over, the results of their calls, the turn under way. */
export class RunMessages {
  /** Calls whose results come from elsewhere: after an approval, or of a page that runs them. */
  readonly pending = new Map<string, 'requested' | 'elsewhere'>();
  readonly #over: Said[] = [];
  #last: AIMessage | undefined;
  #list: readonly Said[] | undefined = [];

  /** The turn under way has ended with this message. */
  endTurn(message: AIMessage): void {
    this.#over.push(message);
    this.#last = this.#list = undefined;
  }

  /** Takes what an agent says of a call; a denial that was in its input is no news. */
  answer(result: ToolMessage): void {
    const approval = approvalIn(result);
    if (approval === 'requested' || approval === 'elsewhere') {
      this.pending.set(result.tool_call_id, approval);
    } else if (approval !== 'denied_before') {
      this.#over.push(result);
      this.#list = undefined;
    }
  }

  /** All of it, with the message of the turn under way; the same array as long as nothing has changed. */
  list(last: AIMessage | undefined): readonly Said[] {
    if (last !== this.#last) this.#list = undefined;
    this.#last = last;
    return (this.#list ??= last === undefined ? [...this.#over] : [...this.#over, last]);
  }
}
