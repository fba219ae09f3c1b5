// A fake model
export type { FakeAnswer, FakeChunk, FakeFinish, FakeToolCall } from './fake-answer.js';
export { type FakeCall, FakeChatModel, type FakeChatModelOptions } from './fake-chat-model.js';
export { marbles } from './marbles.js';

// Servers that speak a provider's protocol
export type { Chunking } from './chunking.js';
export { type FaultServer, type FaultServerOptions, startFaultServer } from './fault-server.js';
export type { FaultOptions } from './fault-url.js';
export { type FaultName, faultNames } from './faults/table.js';
export type { LoopbackServer } from './loopback-server.js';
export type { PlaybackOptions } from './playback.js';
export { type ReplayOptions, type ReplayServer, startReplayServer } from './replay-server.js';
export type { HttpReply, Reply } from './reply.js';
export type { SeenRequest, SocketClose } from './seen-request.js';

// Recordings
export {
  parseRecording,
  readRecording,
  type RecordedEvent,
  type Recording,
  splitMessages,
  type TimedEvent,
} from './recording.js';
export { type BlockParts, recordingOf, type RecordingParts } from './recording-of.js';
export { goldfishAsync, goldfishJs, goldfishSync } from './recordings/goldfish.js';
export type { WireEvent } from './wire-event.js';
