import { Message, type MessageFields } from './message.js';

/** What a tool message is made with. */
export interface ToolMessageFields extends MessageFields {
  /** The id of the tool call that this answers. */
  readonly tool_call_id: string;
  readonly status?: 'success' | 'error' | undefined;
  /** What the tool made beside the content, for the application and not for the model. */
  readonly artifact?: unknown;
}

/**
 * What came of a tool call, for the model.
 *
 * @example
 * new ToolMessage({ content: '21 °C', tool_call_id: 'toolu_1' }).status // => 'success'
 */
export class ToolMessage extends Message {
  readonly type = 'tool';
  readonly tool_call_id: string;
  readonly status: 'success' | 'error';
  declare readonly artifact?: unknown;

  constructor(fields: ToolMessageFields) {
    super(fields);
    this.tool_call_id = fields.tool_call_id;
    this.status = fields.status ?? 'success';
    if (fields.artifact !== undefined) this.artifact = fields.artifact;
  }
}
