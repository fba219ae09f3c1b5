/** One event as it stands behind `data:`, whatever else it carries. */
export interface WireEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export const messageStart = (message: object): WireEvent => ({
  type: 'message_start',
  message: {
    type: 'message',
    role: 'assistant',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    ...message,
  },
});

// `index` is not a number by type: what a provider might send there is anything.
export const blockStart = (index: unknown, block: object): WireEvent => ({
  type: 'content_block_start',
  index,
  content_block: block,
});

export const blockDelta = (index: unknown, delta: object): WireEvent => ({
  type: 'content_block_delta',
  index,
  delta,
});

export const textDelta = (index: unknown, text: string): WireEvent =>
  blockDelta(index, { type: 'text_delta', text });

export const jsonDelta = (index: unknown, json: string): WireEvent =>
  blockDelta(index, { type: 'input_json_delta', partial_json: json });

export const blockStop = (index: unknown): WireEvent => ({ type: 'content_block_stop', index });

export const messageDelta = (stopReason: string, usage: object): WireEvent => ({
  type: 'message_delta',
  delta: { stop_reason: stopReason, stop_sequence: null },
  usage,
});

export const messageStop: WireEvent = { type: 'message_stop' };

export const ping: WireEvent = { type: 'ping' };

export const errorEvent = (type: string, message: string): WireEvent => ({
  type: 'error',
  error: { type, message },
});
