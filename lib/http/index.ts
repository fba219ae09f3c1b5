// A provider of your own
export { ProviderModel, type ProviderSettings, type Sending } from './provider-model.js';
export type { Fetch, ModelRequest } from './send-request.js';
export type { CallLimits, CallSettings, CallTimeouts, KnownSettings } from './call-settings.js';
export {
  type ErrorKind,
  type ErrorTable,
  ProviderErrors,
  type ReportedError,
} from './provider-errors.js';

// Its decoder
export type { DecoderContext, StreamDecoder } from './decoder/stream-decoder.js';
export { MessageWriter } from './decoder/message-writer.js';
export { ToolArguments, type ToolArgumentsLimits } from './decoder/tool-arguments.js';
export { parseEvent } from './decoder/event-json.js';
export { type FunctionTool, readTool, readTools } from './decoder/function-tools.js';
export { Secrets } from './secrets.js';
export {
  type EventStreamDecoder,
  eventStreamDecoder,
} from '../event-stream/event-stream-decoder.js';
export type { EventStreamHandlers } from '../event-stream/event-stream-handlers.js';
