import { Message, type MessageFields } from './message.js';
import type { InvalidToolCall, ToolCall } from './tool-call.js';
import type { UsageMetadata } from './usage-metadata.js';

/** What an AI message may be made with. */
export interface AIMessageFields extends MessageFields {
  readonly tool_calls?: readonly ToolCall[] | undefined;
  readonly invalid_tool_calls?: readonly InvalidToolCall[] | undefined;
  readonly usage_metadata?: UsageMetadata | undefined;
}

const NO_CALLS: readonly never[] = Object.freeze([]);

/**
 * What the model says, as a whole.
 *
 * @example
 * new AIMessage('Hello!').text // => 'Hello!'
 */
export class AIMessage extends Message {
  readonly type = 'ai';
  /** The calls that are complete and valid; run them only if `stop_reason` says so. */
  readonly tool_calls: readonly ToolCall[];
  readonly invalid_tool_calls: readonly InvalidToolCall[];
  declare readonly usage_metadata?: UsageMetadata;

  constructor(fields: string | AIMessageFields) {
    super(fields);
    const given: Partial<AIMessageFields> = typeof fields === 'string' ? {} : fields;
    this.tool_calls = given.tool_calls ?? NO_CALLS;
    this.invalid_tool_calls = given.invalid_tool_calls ?? NO_CALLS;
    if (given.usage_metadata !== undefined) this.usage_metadata = given.usage_metadata;
  }
}
