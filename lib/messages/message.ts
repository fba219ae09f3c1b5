import { describeValue } from '../core/internal/describe-value.js';
import { type MessageContent, textOf } from './content.js';

export type MessageType = 'human' | 'ai' | 'system' | 'tool';

/** What every message may be made with. */
export interface MessageFields {
  readonly content: MessageContent;
  readonly id?: string | undefined;
  /** Who speaks, where several share a role. */
  readonly name?: string | undefined;
  readonly additional_kwargs?: Readonly<Record<string, unknown>> | undefined;
  readonly response_metadata?: ResponseMetadata | undefined;
}

/** Something about a message that is odd but does no harm. */
export interface MessageWarning {
  readonly code: string;
  readonly message: string;
}

/** What the provider said about a message, under its own names. */
export interface ResponseMetadata {
  readonly warnings?: readonly MessageWarning[];
  readonly [key: string]: unknown;
}

/** Shared by all messages that have none: a token is worth no object of its own. */
export const NONE: Readonly<Record<string, never>> = Object.freeze({});

/**
 * One message of a conversation, with LangChain's field names. Its JSON is plain data and is taken as a message again.
 */
export abstract class Message {
  abstract readonly type: MessageType;
  // Declared and assigned once: a field that is also defined costs a chunk five times as much.
  declare readonly content: MessageContent;
  declare readonly id?: string;
  declare readonly name?: string;
  declare readonly additional_kwargs: Readonly<Record<string, unknown>>;
  declare readonly response_metadata: ResponseMetadata;

  /** A text and perhaps its id are taken by themselves, without an object for them: most chunks are that. */
  constructor(fields: string | MessageFields, id?: string) {
    if (typeof fields === 'string') {
      if (id !== undefined) this.id = id;
      this.content = fields;
      this.additional_kwargs = NONE;
      this.response_metadata = NONE;
      return;
    }
    if (typeof fields.content !== 'string' && !Array.isArray(fields.content)) {
      throw new TypeError(
        `a message's content must be a string or an array of blocks, got ${describeValue(fields.content)}`,
      );
    }
    if (fields.id !== undefined) this.id = fields.id;
    if (fields.name !== undefined) this.name = fields.name;
    this.content = fields.content;
    this.additional_kwargs = fields.additional_kwargs ?? NONE;
    this.response_metadata = fields.response_metadata ?? NONE;
  }

  /** The plain text of its content, `''` where there is none. */
  get text(): string {
    return textOf(this.content);
  }
}
