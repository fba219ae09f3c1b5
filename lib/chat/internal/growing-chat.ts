import type { RunEvent } from '../../core/events/run-event.js';
import { isCancellation } from '../../errors/internal/is-cancellation.js';
import type { AIMessage } from '../../messages/ai-message.js';
import { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { textOf } from '../../messages/content.js';
import type { FinishReason } from '../../messages/finish-reason.js';
import { hasContent } from '../../messages/internal/has-content.js';
import { MessageAccumulator } from '../../messages/internal/message-accumulator.js';
import { NONE } from '../../messages/message.js';
import { replaceUsage } from '../../messages/internal/replace-usage.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';
import { type ChatState, type ChatStatus, IDLE_CHAT_STATE } from '../chat-state.js';
import type { ArgsReader } from '../chat-input.js';
import { GrowingCalls } from './growing-calls.js';
import { partsOf } from './parts-of.js';
import { RunMessages } from './run-messages.js';
import { phaseOf } from '../../operators/internal/event-phase.js';
import { TopRuns } from '../../operators/internal/top-runs.js';

/**
 * @internal The state of a chat, grown by what arrives. A chunk costs its length; a look at `state` costs the number
 * of blocks of the message, if it has changed.
 */
export class GrowingChat {
  #status: ChatStatus = 'submitted';
  #error: unknown;
  #text = '';
  #message: AIMessage | undefined;
  /** The turn under way, and whether its message has grown since it was looked at. */
  #turn: MessageAccumulator | undefined;
  #grown = false;
  #id: string | undefined;
  #finishReason: FinishReason | undefined;
  #answered = false;
  /** What the turns before this one have cost, and this one so far. */
  #spent: UsageMetadata | undefined;
  #spending: UsageMetadata | undefined;
  readonly #calls: GrowingCalls;
  readonly #messages = new RunMessages();
  readonly #tops = new TopRuns();
  /** The error that events tell of; the source's own, where there is one, says more. */
  #failure: unknown;
  #shown: ChatState = IDLE_CHAT_STATE;

  constructor(readArgs?: () => ArgsReader) {
    this.#calls = new GrowingCalls(readArgs);
  }

  /** Takes what there is of a {@link ChatInput} in it; of other values only that they came. */
  add(value: unknown): void {
    if (this.#isOver) return;
    const { run_id, type } = (value ?? NONE) as {
      readonly run_id?: unknown;
      readonly type?: unknown;
    };
    if (run_id !== undefined) {
      this.#addEvent(value as RunEvent);
      return;
    }
    if (this.#status === 'submitted' && hasContent(value)) this.#status = 'streaming';
    if (typeof value === 'string') this.#text += value;
    else if (type === 'tool') {
      this.#settle();
      this.#answered = true;
      this.#calls.answer(value as ToolMessage);
      this.#messages.answer(value as ToolMessage);
    } else if (type === 'ai') {
      const message = value as AIMessageChunk | AIMessage;
      this.#addChunk('tool_call_chunks' in message ? message : new AIMessageChunk(message));
    }
  }

  /** Ends it, unless it has ended. */
  end(status: 'done' | 'error' | 'stopped', error?: unknown): void {
    if (this.#isOver) return;
    const failure = status === 'done' ? this.#failure : error;
    const { partial } = (failure ?? NONE) as { partial?: Said };
    if (isCancellation(failure)) this.#status = 'stopped';
    else {
      this.#status = failure === undefined ? status : 'error';
      this.#error = failure;
    }
    this.#calls.endTurn(true);
    // It may have come to nobody: a parser held it, say.
    if (this.#turn === undefined) this.#tell(partial);
  }

  /** What cannot be looked at, whoever has made it, is an error of the chat and not of who looks. */
  get state(): ChatState {
    try {
      return this.#look();
    } catch (error) {
      this.end('error', error);
      return (this.#shown = { ...this.#shown, status: this.#status, error: this.#error });
    }
  }

  #look(): ChatState {
    this.#read();
    const shown = this.#shown;
    const now = this.#spending === undefined ? this.#spent : this.#sum(this.#spending);
    const usage = isEqual(now, shown.usage) ? shown.usage : now;
    const toolCalls = this.#calls.list;
    const messages = this.#messages.list(this.#answered ? undefined : this.#message);
    const isAsBefore = messages === shown.messages && toolCalls === shown.toolCalls;
    const next = {
      status: this.#status,
      text: this.#text,
      message: this.#message,
      messages,
      parts: isAsBefore ? shown.parts : partsOf(messages, toolCalls, shown.parts),
      toolCalls,
      usage,
      error: this.#error,
    };
    const isSame = (Object.keys(next) as (keyof ChatState)[]).every(
      (key) => next[key] === shown[key],
    );
    if (!isSame) this.#shown = next;
    return this.#shown;
  }

  #read(): void {
    if (this.#turn === undefined || !this.#grown) return;
    this.#message = this.#turn.whole;
    this.#text = this.#message.text;
    this.#grown = false;
  }

  /** The message of the turn is whole. */
  #settle(): void {
    this.#read();
    if (this.#turn === undefined || this.#answered || this.#message === undefined) return;
    this.#messages.endTurn(this.#message);
  }

  /** The calls whose results come from elsewhere, and how they stand. */
  get pending(): ReadonlyMap<string, 'requested' | 'elsewhere'> {
    return this.#messages.pending;
  }

  get #isOver(): boolean {
    return this.#status !== 'submitted' && this.#status !== 'streaming';
  }

  #addEvent(event: RunEvent): void {
    const isTop = this.#tops.has(event);
    const { chunk, output, error } = (event.data ?? NONE) as EventData;
    if (output?.type === 'tool') this.#calls.answer(output);
    // Of a chain that ends in texts, the models inside know what they have cost.
    if (event.event === 'on_chat_model_end' && this.#turn === undefined) this.#tell(output);
    if (!isTop) return;
    const phase = phaseOf(event.event);
    if (phase === 'stream') this.add(chunk);
    else if (phase === 'cancel') this.end('stopped');
    else if (phase === 'error') this.#failure = error;
  }

  #addChunk(chunk: AIMessageChunk): void {
    const { id, usage_metadata, response_metadata, additional_kwargs, finish_reason } = chunk;
    const isNew = id !== undefined && this.#id !== undefined && id !== this.#id;
    if (this.#turn === undefined || isNew || this.#answered) this.#beginTurn();
    this.#id = id ?? this.#id;
    this.#turn?.add(chunk);
    this.#calls.add(chunk);
    this.#spending = usage_metadata ?? this.#spending;
    this.#finishReason = finish_reason ?? this.#finishReason;
    this.#grown ||=
      hasContent(chunk) ||
      usage_metadata !== undefined ||
      finish_reason !== undefined ||
      response_metadata !== NONE ||
      additional_kwargs !== NONE;
  }

  /** A message that another one follows although it was neither answered nor paused has been given up. */
  #beginTurn(): void {
    const stays = this.#answered || this.#finishReason === 'pause';
    if (this.#turn === undefined) this.#spent = undefined;
    else {
      if (stays && this.#spending !== undefined) this.#spent = this.#sum(this.#spending);
      if (stays) this.#settle();
      this.#calls.endTurn(stays);
    }
    this.#turn = new MessageAccumulator();
    this.#grown = true;
    this.#answered = false;
    this.#id = this.#finishReason = this.#spending = undefined;
  }

  /** Takes a message that has come beside the chunks. */
  #tell(message: Said | null | undefined): void {
    if (message?.type !== 'ai') return;
    this.#message = message;
    if (message.usage_metadata !== undefined) this.#spent = this.#sum(message.usage_metadata);
    if (this.#isOver && this.#text === '') this.#text = textOf(message.content);
  }

  #sum(usage: UsageMetadata): UsageMetadata {
    return this.#spent === undefined ? usage : replaceUsage(this.#spent, undefined, usage);
  }
}

type Said = AIMessageChunk | AIMessage | ToolMessage;

interface EventData {
  readonly chunk?: unknown;
  readonly output?: Said | null;
  readonly error?: unknown;
}

function isEqual(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
