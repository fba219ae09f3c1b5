import type { AnyMessage } from '../messages/any-message.js';
import type { HumanMessage } from '../messages/human-message.js';
import type { ToolCall } from '../messages/tool-call.js';
import type { UsageMetadata } from '../messages/usage-metadata.js';
import type { ChatPart } from './chat-part.js';
import type { ChatStatus } from './chat-state.js';

/** `loading`: what the store has is not there yet, and nothing can be sent. Else the status of the latest answer. */
export type ConversationStatus = ChatStatus | 'loading';

/** A call that waits for the user or the page. */
export interface PendingCall {
  readonly call: ToolCall & { readonly id: string };
  /** `approval`: `approve` or `deny` it. `result`: the page runs it and gives `addToolResult`. */
  readonly needs: 'approval' | 'result';
}

/** An answer to the latest question in whose place another one was asked for. */
export interface ReplacedAnswer {
  readonly messages: readonly AnyMessage[];
  /** What went wrong; undefined if nothing did. */
  readonly error: unknown;
}

/** A conversation as a page shows it. It is never changed: what is as it was is the same object as before. */
export interface ConversationState {
  readonly status: ConversationStatus;
  /**
   * All that was said, the latest question included; an answer joins it when it is over, also one that failed or was
   * stopped. Each call has its result, except for those in `pending`.
   */
  readonly messages: readonly AnyMessage[];
  /** The answer under way, in order; empty when there is none. */
  readonly parts: readonly ChatPart[];
  /** When the last of them is settled, the answer goes on by itself. */
  readonly pending: readonly PendingCall[];
  /** With the policy `queue`: what is asked when the answer under way is over. */
  readonly queued: readonly HumanMessage[];
  /** Earlier answers to the latest question, oldest first. */
  readonly replaced: readonly ReplacedAnswer[];
  /** What all answers have cost, replaced ones included. */
  readonly usage: UsageMetadata | undefined;
  /** What went wrong with the latest answer; undefined unless `status` is `error`. */
  readonly error: unknown;
}

/** A conversation as `JSON.stringify` writes it. */
export interface ConversationJson extends Omit<
  ConversationState,
  'parts' | 'status' | 'error' | 'replaced'
> {
  readonly version: 1;
  readonly status: ChatStatus;
  /** Ids of the calls that were approved and not run yet. */
  readonly approved: readonly string[];
  /** How many messages a `retry` keeps. */
  readonly kept: number;
  readonly error?: ErrorJson | undefined;
  readonly replaced: readonly {
    readonly messages: readonly AnyMessage[];
    readonly error?: ErrorJson | undefined;
  }[];
}

/** What is kept of an error. */
export interface ErrorJson {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
}
