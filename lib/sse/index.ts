// Frames
export { decodeSse, type SseEvent } from './decode-sse.js';
export { encodeSse } from './encode-sse.js';
export type { FrameOptions } from './frame-options.js';
export { encodeFrame, type SseFrame } from './sse-frame.js';
export { toSseFrames } from './to-sse-frames.js';

// Servers
export { checkClientMessages } from './check-client-messages.js';
export type { ClientConfigKey } from './client-config.js';
export type { ClientMessagesPolicy, ClientTool } from './client-messages-policy.js';
export type { EdgeErrorContext, EdgeErrorHandler } from './edge-errors.js';
export { limitStreams } from './limit-streams.js';
export { primed, type PrimedOptions } from './primed.js';
export {
  type NodeRequestLike,
  readRunRequest,
  type ReadRunRequestOptions,
} from './read-run-request.js';
export { runOf, type RunOfOptions } from './run-of.js';
export type { SafeError } from './safe-error.js';
export type { SseOptions } from './sse-options.js';
export type { SseSource } from './sse-source.js';
export { type HttpError, toHttpError } from './to-http-error.js';
export { primedSseResponse, type SseResponseOptions, toSseResponse } from './to-sse-response.js';
export {
  type FastifyReplyLike,
  type NodeResponse,
  writeSse,
  type WriteSseOptions,
} from './write-sse.js';

// Clients
export type { RemoteOptions } from './remote-options.js';
export { remoteAgent } from './remote-agent.js';
export { RemoteChatModel } from './remote-chat-model.js';
export { RemoteRunnable, remoteRunnable } from './remote-runnable.js';

// The AI SDK's protocol
export { fromUIMessages, type UIMessageLike } from './from-ui-messages.js';
export type { FromUIMessagesOptions, UITool } from './from-ui-options.js';
export { toUIMessageStream } from './to-ui-message-stream.js';
export { toUIMessageStreamResponse } from './to-ui-message-stream-response.js';
export type { UIMessageStreamResponseOptions } from './ui-frames.js';
export type {
  UIFinishReason,
  UIJson,
  UIMessageChunk,
  UIMetadata,
  UIProviderExecuted,
} from './ui-message-chunk.js';
export type { UIMessageMoment, UIMessageStreamOptions } from './ui-options.js';
export type { UIMessagePart } from './ui-part.js';
export type { UISign } from './ui-proof.js';
export { writeUIMessageStream } from './write-ui-message-stream.js';
