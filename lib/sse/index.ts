/**
 * Runs over HTTP: servers, clients, and the UI stream of the AI SDK.
 *
 * @module rxlm/sse
 */
// Frames
export { decodeSse, type SseEvent } from './frames/decode-sse.js';
export { encodeSse } from './frames/encode-sse.js';
export type { FrameOptions } from './frames/frame-options.js';
export { encodeFrame, type SseFrame } from './frames/sse-frame.js';
export { toSseFrames } from './frames/to-sse-frames.js';

// Servers
export { checkClientMessages } from './server/check-client-messages.js';
export type { ClientConfigKey } from './server/client-config.js';
export type { ClientMessagesPolicy, ClientTool } from './server/client-messages-policy.js';
export type { EdgeErrorContext, EdgeErrorHandler } from './frames/edge-errors.js';
export { limitStreams } from './server/limit-streams.js';
export { primed, type PrimedOptions } from './server/primed.js';
export {
  type NodeRequestLike,
  readRunRequest,
  type ReadRunRequestOptions,
} from './server/read-run-request.js';
export { runOf, type RunOfOptions } from './server/run-of.js';
export type { SafeError } from './frames/safe-error.js';
export type { SseOptions } from './server/sse-options.js';
export type { SseSource } from './server/sse-source.js';
export { type HttpError, toHttpError } from './frames/to-http-error.js';
export {
  primedSseResponse,
  type SseResponseOptions,
  toSseResponse,
} from './server/to-sse-response.js';
export {
  type FastifyReplyLike,
  type NodeResponse,
  writeSse,
  type WriteSseOptions,
} from './server/write-sse.js';

export type { NodeRunRequest, RunRoutes } from './server/route-handlers.js';
export { runRoutes } from './server/run-routes.js';
export type { OwnerOf } from './server/owner-of.js';
export type { RunRoutesOptions } from './server/run-routes-options.js';

// Clients
export type { RemoteOptions } from './client/remote-options.js';
export { remoteAgent } from './client/remote-agent.js';
export { RemoteChatModel } from './client/remote-chat-model.js';
export { remoteRunnable } from './client/remote-runnable.js';

// The AI SDK's protocol
export { chatRoutes } from './ui/chat-routes.js';
export type { ChatRoutesOptions } from './ui/chat-routes-options.js';
export { fromUIMessages, type UIMessageLike } from './ui/from-ui-messages.js';
export type { FromUIMessagesOptions, UITool } from './ui/from-ui-options.js';
export { stoppableFetch } from './ui/stoppable-fetch.js';
export { toUIMessageStream } from './ui/to-ui-message-stream.js';
export { toUIMessageStreamResponse } from './ui/to-ui-message-stream-response.js';
export type { UIMessageStreamResponseOptions } from './ui/ui-frames.js';
export type {
  UIFinishReason,
  UIJson,
  UIMessageChunk,
  UIMetadata,
  UIProviderExecuted,
} from './ui/ui-message-chunk.js';
export type {
  UIDataMaker,
  UIDataPart,
  UIEventCall,
  UIMessageMoment,
  UIMessageStreamOptions,
} from './ui/ui-options.js';
export type { UIMessagePart } from './ui/ui-part.js';
export type { UISign } from './ui/ui-proof.js';
export { writeUIMessageStream } from './ui/write-ui-message-stream.js';
