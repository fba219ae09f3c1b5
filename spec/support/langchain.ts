import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessageChunk, type AIMessageChunkFields, BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import type { Runnable, RunnableConfig } from '@langchain/core/runnables';
import { isMessage, type RunEvent } from 'rxlm';

/** A LangChain model that streams these chunks, strings being chunks of text. */
export class LangChainStream extends BaseChatModel {
  static override lc_name(): string {
    return 'FakeStream';
  }

  readonly #chunks: readonly AIMessageChunk[];

  constructor(...chunks: (string | AIMessageChunkFields)[]) {
    super({});
    this.#chunks = chunks.map(
      (chunk) => new AIMessageChunk(typeof chunk === 'string' ? { content: chunk } : chunk),
    );
  }

  override _llmType(): string {
    return 'fake';
  }

  override _generate(..._: Parameters<BaseChatModel['_generate']>): Promise<ChatResult> {
    const message = this.#chunks.reduce((whole, chunk) => whole.concat(chunk));
    return Promise.resolve({ generations: [{ message, text: message.text }] });
  }

  override async *_streamResponseChunks(
    _messages: BaseMessage[],
    _options: this['ParsedCallOptions'],
    runManager?: Parameters<BaseChatModel['_streamResponseChunks']>[2],
  ): AsyncGenerator<ChatGenerationChunk> {
    for (const message of this.#chunks) {
      const chunk = new ChatGenerationChunk({ message, text: message.text });
      yield chunk;
      await runManager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, {
        chunk,
      });
    }
  }
}

/** A run of either library, as far as the closed list of differences lets it be compared. */
export interface ComparableRun {
  readonly name: string;
  readonly tags: readonly string[];
  readonly metadata: unknown;
  readonly story: readonly { readonly event: string; readonly data: unknown }[];
}

type AnyEvent = Pick<RunEvent, 'event' | 'name' | 'run_id' | 'tags' | 'metadata' | 'data'>;

/** The values that a LangChain runnable streams, as plain data. */
export async function langChainValues<I>(
  runnable: Pick<Runnable<I>, 'stream'>,
  input: I,
): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of await runnable.stream(input)) values.push(plainData(value));
  return values;
}

/** The runs of a LangChain runnable. */
export async function langChainRuns<I>(
  runnable: Pick<Runnable<I>, 'streamEvents'>,
  input: I,
  config: Partial<RunnableConfig> = {},
): Promise<ComparableRun[]> {
  const events: AnyEvent[] = [];
  for await (const event of runnable.streamEvents(input, { ...config, version: 'v2' }))
    events.push(event as AnyEvent);
  return comparableRuns(events);
}

/**
 * What each run reports, in the order in which they begin. How the runs' events lie between each other is no part of it:
 * with LangChain that is now parent first, now child first.
 */
export function comparableRuns(events: readonly AnyEvent[]): ComparableRun[] {
  const ids = [...new Set(events.map(({ run_id }) => run_id))];
  return ids.map((id) => {
    const recorded = events.filter(({ run_id }) => run_id === id);
    const [{ name, tags, metadata }] = recorded as [AnyEvent];
    return {
      name,
      tags: [...tags].sort(),
      metadata: plainData(withoutPackages(metadata)),
      story: recorded.map(({ event, data }) => ({
        event,
        data: plainData(withoutCall(event, data)),
      })),
    };
  });
}

/** LangChain.js says nowhere in the events of a tool which call it is run for. */
function withoutCall(event: string, data: unknown): unknown {
  if (!event.startsWith('on_tool_')) return data;
  const { tool_call_id: _, ...rest } = data as Record<string, unknown>;
  return rest;
}

/** 3.1: no versions and no integration. */
function withoutPackages(metadata: object): object {
  return Object.fromEntries(
    Object.entries(metadata).filter(([key]) => !['versions', 'ls_integration'].includes(key)),
  );
}

/** Plain data of either library: absent instead of undefined, messages by what both say of them. */
export function plainData(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plainData);
  const fields = BaseMessage.isInstance(value) || isMessage(value) ? messageFields(value) : value;
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key, field]) => !isAbsent(key, field))
      .map(([key, field]) => [key, plainData(field)]),
  );
}

/** As good as not there: LangChain's own fields, and the empty details that it adds up for any usage. */
function isAbsent(key: string, field: unknown): boolean {
  const isEmpty = (value: object) => Object.keys(value).length === 0;
  return (
    field === undefined ||
    key.startsWith('lc_') ||
    (key.endsWith('_token_details') && isEmpty(field as object))
  );
}

function messageFields(message: object): object {
  const { type, content, name, usage_metadata, response_metadata, tool_calls } = message as Record<
    string,
    unknown
  >;
  return { type, content, name, usage_metadata, response_metadata, tool_calls };
}
