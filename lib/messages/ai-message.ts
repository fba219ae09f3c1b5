import type { FinishReason } from './finish-reason.js';
import { Message, type MessageFields } from './message.js';
import type { InvalidToolCall, ToolCall } from './tool-call.js';
import type { UsageMetadata } from './usage-metadata.js';

/** What an AI message may be made with. */
export interface AIMessageFields extends MessageFields {
  readonly tool_calls?: readonly ToolCall[] | undefined;
  readonly invalid_tool_calls?: readonly InvalidToolCall[] | undefined;
  readonly usage_metadata?: UsageMetadata | undefined;
  readonly finish_reason?: FinishReason | undefined;
}

const NO_CALLS: readonly never[] = Object.freeze([]);

/**
 * What the model says, as a whole.
 *
 * @example
 * new AIMessage('Hello!').text // => 'Hello!'
 */
export class AIMessage extends Message {
  declare readonly type: 'ai';
  /** The calls that are complete and valid; not to be run where `finish_reason` is `length`, `content_filter` or `error`. */
  declare readonly tool_calls: readonly ToolCall[];
  declare readonly invalid_tool_calls: readonly InvalidToolCall[];
  declare readonly usage_metadata?: UsageMetadata;
  /** Why it ended, in words that are no provider's; absent where the model does not say. */
  declare readonly finish_reason?: FinishReason;

  constructor(fields: string | AIMessageFields, id?: string) {
    super(fields, id);
    this.type = 'ai';
    if (typeof fields === 'string') {
      this.tool_calls = NO_CALLS;
      this.invalid_tool_calls = NO_CALLS;
      return;
    }
    this.tool_calls = fields.tool_calls ?? NO_CALLS;
    this.invalid_tool_calls = fields.invalid_tool_calls ?? NO_CALLS;
    if (fields.usage_metadata !== undefined) this.usage_metadata = fields.usage_metadata;
    if (fields.finish_reason !== undefined) this.finish_reason = fields.finish_reason;
  }
}
