import type { AIMessage } from './ai-message.js';
import type { HumanMessage } from './human-message.js';
import { Message } from './message.js';
import type { SystemMessage } from './system-message.js';
import type { ToolMessage } from './tool-message.js';

/** Any message; `type` says which. */
export type AnyMessage = HumanMessage | AIMessage | SystemMessage | ToolMessage;

/** Whether a value is a message made by this copy of the package; of another copy's, the data is taken instead. */
export function isMessage(value: unknown): value is AnyMessage {
  return value instanceof Message;
}
