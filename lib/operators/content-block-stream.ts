import type { Observable } from 'rxjs';
import type { ContentBlock } from '../messages/content.js';
import type { GrowingToolCall } from './growing-tool-call.js';

interface BlockStream<K extends string, T> extends Observable<T> {
  readonly kind: K;
  /** The message that the block belongs to, where that has an id. */
  readonly messageId: string | undefined;
}

/** The pieces of a text. */
export type TextBlockStream = BlockStream<'text', string>;

/** The pieces of reasoning that can be read. It is empty where the provider shows none. */
export type ReasoningBlockStream = BlockStream<'reasoning', string>;

/** The states of a tool call. The last one says `called` or `invalid`. */
export type ToolCallBlockStream = BlockStream<'tool_call', GrowingToolCall>;

/** The pieces of any other block (a server tool and its result, an image, what is unknown), as the chunks have them. */
export interface OtherBlockStream extends BlockStream<'other', ContentBlock> {
  /** The block's type, as its provider names it. */
  readonly type: string;
}

/** One content block of a message, from its start to its end. `kind` says what it emits. */
export type ContentBlockStream =
  TextBlockStream | ReasoningBlockStream | ToolCallBlockStream | OtherBlockStream;
