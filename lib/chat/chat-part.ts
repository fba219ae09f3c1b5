import type { ContentBlock } from '../messages/content.js';
import type { ChatToolCall } from './chat-tool-call.js';

/**
 * A part of an answer as a page shows it, one after the other. It is never changed: a part that has grown is a new object,
 * and one that is as it was is the same object.
 */
export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  /** What the model thought, as far as its provider shows that: `''` where it is encrypted. */
  | { readonly type: 'reasoning'; readonly text: string }
  /** A call of a tool, with its result once there is one. */
  | { readonly type: 'tool'; readonly call: ChatToolCall }
  /** What the text before it cites. */
  | ChatSource
  /** Any other block, as its provider wrote it: a picture, a search that the provider ran. */
  | { readonly type: 'other'; readonly block: ContentBlock };

/** What a text cites. */
export interface ChatSource {
  readonly type: 'source';
  /** Of the web (`http:`, `https:`); other links are left out. */
  readonly url: string | undefined;
  readonly title: string | undefined;
}
