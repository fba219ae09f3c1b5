import type { ChatPart } from '../chat-part.js';
import type { ConversationState } from '../conversation-state.js';
import { sumOf } from './growing-answer.js';
import type { ConversationData } from './conversation-data.js';

const NO_PARTS: readonly ChatPart[] = [];

/** @internal What a page is shown; the same object as `before` if all of it is as it was. */
export function viewOf(
  data: ConversationData,
  before: ConversationState | undefined,
): ConversationState {
  const { messages, pending, queued, replaced, answer } = data;
  const growing = answer?.chat.state;
  const next: ConversationState = {
    // What has ended is shown with its ending.
    status: growing?.status ?? data.status,
    messages,
    parts: growing?.parts ?? NO_PARTS,
    pending,
    queued,
    replaced,
    usage: sumOf(data.usage, growing?.usage),
    error: data.error,
  };
  const isSame =
    before !== undefined &&
    (Object.keys(next) as (keyof ConversationState)[]).every((key) => next[key] === before[key]);
  return isSame ? before : next;
}
