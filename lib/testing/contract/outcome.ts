import { equal, ok } from 'node:assert/strict';
import type { RunConfig } from '../../core/run-config.js';
import type { RunEvent } from '../../core/events/run-event.js';
import type { ModelError } from '../../errors/model-error.js';
import type { AIMessage } from '../../messages/ai-message.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { MessagesInput } from '../../messages/coerce-messages.js';
import { MessageAccumulator } from '../../messages/internal/message-accumulator.js';
import type { AnyChatModel } from './contract-stage.js';

/** What a run gave, and how it ended. */
export interface Outcome {
  readonly chunks: readonly AIMessageChunk[];
  /** The fold of the chunks. */
  readonly message: AIMessage;
  readonly events: readonly RunEvent[];
  /** Undefined where the run has completed. */
  readonly error: ModelError | undefined;
}

/** Runs a model to its end. */
export function outcomeOf(
  model: AnyChatModel,
  input: MessagesInput = 'Hi',
  config: RunConfig = {},
): Promise<Outcome> {
  const chunks: AIMessageChunk[] = [];
  const events: RunEvent[] = [];
  const fold = new MessageAccumulator();
  const listener = (event: RunEvent) => void events.push(event);
  return new Promise((resolve) => {
    const end = (error?: unknown) => {
      resolve({ chunks, events, message: fold.whole, error: error as ModelError | undefined });
    };
    model.stream$(input, { ...config, listeners: [listener] }).subscribe({
      next: (chunk) => {
        chunks.push(chunk);
        fold.add(chunk);
      },
      error: end,
      complete: () => {
        end();
      },
    });
  });
}

/** Does the work for each item, several at a time. */
export async function forEachOf<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** A message as plain data, without what differs from run to run. */
export function withoutId(message: AIMessage): unknown {
  return { ...(JSON.parse(JSON.stringify(message)) as object), id: undefined };
}

/** Asserts that a run has failed so. */
export function hasCode(
  error: ModelError | undefined,
  code: string,
  where?: string,
): asserts error is ModelError {
  ok(error, `the run has to fail${where === undefined ? '' : `: ${where}`}`);
  equal(error.code, code, where === undefined ? undefined : `${where}: ${error.message}`);
}
