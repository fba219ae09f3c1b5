import { isObservable, type Observable } from 'rxjs';
import { describeValue } from '../../core/internal/describe-value.js';
import type { RunConfig } from '../../core/run-config.js';
import type { AIMessage } from '../../messages/ai-message.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { AnyMessage } from '../../messages/any-message.js';
import type { FinishReason } from '../../messages/finish-reason.js';
import type { ModelCallOptions } from '../../models/model-call-options.js';

/** A tool call that a fake model makes; its `id` is made up where none is said. */
export interface FakeToolCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly id?: string;
}

/** Why a fake model ended its message: the last chunk of an answer. */
export interface FakeFinish {
  readonly finish_reason: FinishReason;
}

/**
 * One chunk of a scripted answer: a text, a tool call, why it ended, a whole message as one chunk, a chunk as it is, or an
 * error, with which the answer ends there.
 */
export type FakeChunk = string | FakeToolCall | FakeFinish | AIMessage | AIMessageChunk | Error;

/**
 * A scripted answer: one chunk, several in order, or an Observable of them, which brings its own time. A function makes
 * it when the model is called.
 */
export type FakeAnswer =
  | FakeChunk
  | readonly FakeChunk[]
  | Observable<FakeChunk>
  | ((messages: readonly AnyMessage[], config: RunConfig & ModelCallOptions) => FakeAnswer);

/** @internal Throws a `TypeError` that names an answer which cannot be meant. */
export function checkAnswer(answer: unknown, name: string): void {
  if (typeof answer === 'function' || isObservable(answer)) return;
  const chunks: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  for (const chunk of chunks) {
    if (!isChunk(chunk)) {
      throw new TypeError(
        `${name} must be text, a tool call, a finish_reason, a message, an error, several of these, an Observable of them or a function, got ${describeValue(chunk)}`,
      );
    }
  }
}

function isChunk(chunk: unknown): boolean {
  if (typeof chunk !== 'object' || chunk === null) return typeof chunk === 'string';
  return (
    isError(chunk) || isAIMessage(chunk) || isFinish(chunk) || ('name' in chunk && 'args' in chunk)
  );
}

/** @internal Of any realm and any copy of the package. */
export function isError(chunk: unknown): chunk is Error {
  return typeof chunk === 'object' && chunk !== null && 'name' in chunk && 'message' in chunk;
}

/** @internal Of any copy of the package. */
export function isAIMessage(chunk: object): chunk is AIMessage {
  return 'type' in chunk && chunk.type === 'ai' && 'content' in chunk;
}

/** @internal A chunk that says nothing but why the message ended. */
export function isFinish(chunk: object): chunk is FakeFinish {
  return 'finish_reason' in chunk && !('content' in chunk);
}
