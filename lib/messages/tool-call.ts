/** A call that is complete and strictly valid JSON. */
export interface ToolCall {
  readonly type: 'tool_call';
  readonly id?: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A call whose arguments are no JSON object: the text as the model wrote it. It is never run. */
export interface InvalidToolCall {
  readonly type: 'invalid_tool_call';
  readonly id?: string;
  readonly name?: string;
  readonly args: string;
  /** What is wrong with it. */
  readonly error: string;
}

/** A piece of a call while it grows: `args` are to be appended by `index`. */
export interface ToolCallChunk {
  readonly id?: string;
  readonly name?: string;
  readonly index: number;
  readonly args: string;
}
