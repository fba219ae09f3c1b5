import type { AnyMessage } from '../../messages/any-message.js';
import type { HumanMessage } from '../../messages/human-message.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';
import type { ConversationStatus, PendingCall, ReplacedAnswer } from '../conversation-state.js';
import type { GrowingChat } from './growing-chat.js';

/** @internal An answer under way. */
export interface Answer {
  readonly chat: GrowingChat;
  /** What it answers. */
  readonly asked: readonly AnyMessage[];
}

/** @internal All that a conversation knows, never changed: each press makes another one. */
export interface ConversationData {
  readonly status: ConversationStatus;
  readonly messages: readonly AnyMessage[];
  readonly pending: readonly PendingCall[];
  readonly queued: readonly HumanMessage[];
  readonly replaced: readonly ReplacedAnswer[];
  readonly usage: UsageMetadata | undefined;
  readonly error: unknown;
  /** Ids of the calls that were approved since the answer before ended. */
  readonly approved: readonly string[];
  /** How many messages a retry keeps: the question, and what its tools have done already. */
  readonly kept: number;
  readonly answer: Answer | undefined;
  /** Whether what was stored could not be read, and is not to be overwritten. */
  readonly unread: boolean;
}

/** @internal What one press does; it gives back the same data where the press means nothing now. */
export type Press = (data: ConversationData) => ConversationData;

/** @internal */
export const NO_CONVERSATION: ConversationData = {
  status: 'idle',
  messages: [],
  pending: [],
  queued: [],
  replaced: [],
  usage: undefined,
  error: undefined,
  approved: [],
  kept: 0,
  answer: undefined,
  unread: false,
};
