/**
 * Fake models, replay, fault and strict servers, and the conformance suites of models and stores.
 *
 * @module rxlm/testing
 */
// A fake model
export type { FakeAnswer, FakeChunk, FakeFinish, FakeToolCall } from './fake/fake-answer.js';
export { type FakeCall, FakeChatModel, type FakeChatModelOptions } from './fake/fake-chat-model.js';
export { marbles } from './fake/marbles.js';

// Servers that speak a provider's protocol
export type { Chunking } from './http/chunking.js';
export {
  type FaultServer,
  type FaultServerOptions,
  startFaultServer,
} from './anthropic/fault-server.js';
export type { FaultOptions } from './anthropic/fault-url.js';
export { type FaultName, faultNames } from './anthropic/faults/all-faults.js';
export type { LoopbackServer } from './http/loopback-server.js';
export type { PlaybackOptions } from './anthropic/playback.js';
export {
  type ReplayOptions,
  type ReplayServer,
  startReplayServer,
} from './anthropic/replay-server.js';
export type { HttpReply, Reply } from './anthropic/reply.js';
export {
  type OpenAIAnswer,
  type OpenAIServerOptions,
  startOpenAIServer,
} from './openai/openai-server.js';
export type { SeenRequest, SocketClose } from './http/seen-request.js';

// Recordings
export {
  parseRecording,
  readRecording,
  type RecordedEvent,
  type Recording,
  splitMessages,
  type TimedEvent,
} from './anthropic/recording.js';
export { type BlockParts, recordingOf, type RecordingParts } from './anthropic/make-recording.js';
export { goldfishAsync, goldfishJs, goldfishSync } from './anthropic/recordings/goldfish.js';
export type { WireEvent } from './anthropic/wire-event.js';

// The contract of all models
export type {
  ChatModelWire,
  WireAnswer,
  WireCall,
  WireFrames,
} from './contract/chat-model-wire.js';
export {
  describeChatModel,
  type ModelSubject,
  type TestFramework,
  type WireSubject,
} from './contract/describe-chat-model.js';
export type { AnyChatModel, ConnectOptions, Ending } from './contract/contract-stage.js';
export { describeRunStore } from './contract/describe-run-store.js';
export type { RunStoreSubject } from './contract/run-store-subject.js';
export { anthropicWire } from './anthropic/anthropic-wire.js';
export { googleWire } from './google/google-wire.js';
export { ollamaWire } from './ollama/ollama-wire.js';
export { openaiChatWire } from './openai/openai-chat-wire.js';
export { openaiResponsesWire } from './openai/openai-responses-wire.js';
