/**
 * The parts of a provider of your own: requests, decoders, errors, limits and retries. Also the tools of authors of runnables.
 *
 * @module rxlm/provider
 */
// A provider of your own
export { ProviderModel, type ProviderSettings, type Sending } from './provider-model.js';
export type { ModelRequest } from './send-request.js';
export type { Fetch, Transport } from './transport/post.js';
export type { ReceivedResponse } from './transport/received-response.js';
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

// A runnable of your own
export { type Accumulator, accumulate } from '../core/fold-chunks.js';
export type { BatchConfig, BatchOptions } from '../core/batch.js';
export type { Gate } from '../core/demand/gate.js';
export { type OpenRun, runChunks$, runWhole$ } from '../core/run/run-lifecycle.js';
export type { TakesChunks } from '../core/runnable.js';

// A model of your own
export { coerceMessages, type MessageInput } from '../messages/coerce-messages.js';
export { mergeChunks } from '../messages/merge-chunks.js';
export type {
  CallOptionRules,
  CallOptionRulesOf,
  MergeOption,
} from '../models/merge-call-options.js';
export type { ModelMetadata } from '../models/model-call-options.js';
