import { describeValue } from '../core/describe-value.js';
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
  readonly content: MessageContent;
  declare readonly id?: string;
  declare readonly name?: string;
  readonly additional_kwargs: Readonly<Record<string, unknown>>;
  readonly response_metadata: ResponseMetadata;

  constructor(fields: string | MessageFields) {
    const given: MessageFields = typeof fields === 'string' ? { content: fields } : fields;
    if (typeof given.content !== 'string' && !Array.isArray(given.content)) {
      throw new TypeError(
        `a message's content must be a string or an array of blocks, got ${describeValue(given.content)}`,
      );
    }
    if (given.id !== undefined) this.id = given.id;
    if (given.name !== undefined) this.name = given.name;
    this.content = given.content;
    this.additional_kwargs = given.additional_kwargs ?? NONE;
    this.response_metadata = given.response_metadata ?? NONE;
  }

  /** The plain text of its content, `''` where there is none. */
  get text(): string {
    return textOf(this.content);
  }
}
