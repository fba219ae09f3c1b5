/**
 * Fake models for tests in browsers and elsewhere: needs nothing of Node.
 *
 * @module rxlm/testing/fake
 */
export type { FakeAnswer, FakeChunk, FakeFinish, FakeToolCall } from './fake-answer.js';
export { type FakeCall, FakeChatModel, type FakeChatModelOptions } from './fake-chat-model.js';
export { marbles } from './marbles.js';
