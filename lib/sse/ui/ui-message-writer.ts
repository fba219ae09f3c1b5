import type { RunEvent } from '../../core/events/run-event.js';
import { isCancellation } from '../../errors/internal/is-cancellation.js';
import type { AIMessage } from '../../messages/ai-message.js';
import { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { FinishReason } from '../../messages/finish-reason.js';
import { isPending } from '../../messages/internal/approval-of.js';
import { replaceUsage } from '../../messages/internal/replace-usage.js';
import type { ToolMessage } from '../../messages/tool-message.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';
import { phaseOf } from '../../operators/internal/event-phase.js';
import { TopRuns } from '../../operators/internal/top-runs.js';
import { chunksOfParts, isPartsBefore } from './chunks-of-parts.js';
import { UIContent } from './ui-content.js';
import { uiFinishReason } from './ui-finish-reason.js';
import type { UIMessageChunk } from './ui-message-chunk.js';
import type { UIMessageStreamSettings } from './ui-options.js';
import { UIToolEvents } from './ui-tool-events.js';
import { UITools } from './ui-tools.js';

/** @internal Writes one UI message of the chunks or events of a run. Each method yields the chunks to emit next. */
export class UIMessageWriter {
  readonly #settings: UIMessageStreamSettings;
  readonly #content: UIContent;
  readonly #tools: UITools;
  readonly #toolEvents: UIToolEvents;
  readonly #tops = new TopRuns();
  #inTurn = false;
  #hasSpoken = false;
  #id: string | undefined;
  #answered = false;
  #finishReason: FinishReason | undefined;
  #spent: UsageMetadata | undefined;
  #spending: UsageMetadata | undefined;
  /** The error that an event reported; an error of the source itself says more. */
  #failure: { readonly error: unknown } | undefined;
  #over = false;

  constructor(settings: UIMessageStreamSettings) {
    this.#settings = settings;
    this.#content = new UIContent(settings.sign);
    this.#tools = new UITools(settings);
    this.#toolEvents = new UIToolEvents(settings, (id) => this.#tools.isOpen(id));
  }

  *start(): Chunks {
    const { messageId, messageMetadata } = this.#settings;
    const metadata = messageMetadata?.({ phase: 'start' });
    yield {
      type: 'start',
      ...(messageId === undefined ? {} : { messageId: messageId() }),
      ...(metadata === undefined ? {} : { messageMetadata: metadata }),
    };
  }

  *add(value: unknown): Chunks {
    if (this.#over) return;
    const { run_id, type } = (value ?? {}) as {
      readonly run_id?: unknown;
      readonly type?: unknown;
    };
    if (run_id !== undefined) yield* this.#addEvent(value as RunEvent);
    else if (typeof value === 'string') yield* this.#addChunk(new AIMessageChunk(value));
    else if (isPartsBefore(value)) yield* chunksOfParts(value.parts);
    else if (type === 'tool') {
      const result = value as ToolMessage;
      this.#answered ||= !isPending(result);
      yield* this.#tools.answer(result, !this.#hasSpoken);
    } else if (type === 'ai') {
      const message = value as AIMessageChunk | AIMessage;
      yield* this.#addChunk('tool_call_chunks' in message ? message : new AIMessageChunk(message));
    }
  }

  *end(): Chunks {
    if (this.#over) return;
    if (this.#failure !== undefined) {
      yield* this.fail(this.#failure.error);
      return;
    }
    yield* this.#endTurn();
    const finishReason = uiFinishReason(this.#finishReason);
    const usage = this.#usage;
    const metadata = this.#settings.messageMetadata?.({ phase: 'finish', finishReason, usage });
    this.#over = true;
    yield {
      type: 'finish',
      finishReason,
      ...(metadata === undefined ? {} : { messageMetadata: metadata }),
    };
  }

  *fail(error: unknown): Chunks {
    if (this.#over) return;
    this.#over = true;
    yield* this.#endParts();
    yield isCancellation(error)
      ? { type: 'abort' }
      : { type: 'error', errorText: this.#settings.errorText(error) };
  }

  get #usage(): UsageMetadata | undefined {
    return this.#spending === undefined
      ? this.#spent
      : replaceUsage(this.#spent, undefined, this.#spending);
  }

  *#addEvent(event: RunEvent): Chunks {
    const isTop = this.#tops.has(event);
    const data = (event.data ?? {}) as {
      readonly chunk?: unknown;
      readonly output?: ToolMessage | null;
      readonly error?: unknown;
    };
    if (data.output?.type === 'tool') yield* this.#tools.answer(data.output);
    yield* this.#toolEvents.add(event);
    if (!isTop) return;
    const phase = phaseOf(event.event);
    if (phase === 'stream') yield* this.add(data.chunk);
    else if (phase === 'error') this.#failure = { error: data.error };
    else if (phase === 'cancel') {
      yield* this.#endParts();
      this.#over = true;
      yield { type: 'abort' };
    }
  }

  *#addChunk(chunk: AIMessageChunk): Chunks {
    const { id, usage_metadata, finish_reason } = chunk;
    const isNew = id !== undefined && this.#id !== undefined && id !== this.#id;
    if (!this.#inTurn || isNew || this.#answered) yield* this.#beginTurn();
    this.#id = id ?? this.#id;
    this.#spending = usage_metadata ?? this.#spending;
    this.#finishReason = finish_reason ?? this.#finishReason;
    yield* this.#content.add(chunk.content);
    yield* this.#tools.add(chunk, (callId) => this.#content.callOf(callId));
  }

  /** A message that another one replaces stays, because emitted chunks cannot be taken back. */
  *#beginTurn(): Chunks {
    yield* this.#endTurn();
    this.#inTurn = this.#hasSpoken = true;
    this.#answered = false;
    this.#spent = this.#usage;
    this.#id = this.#finishReason = this.#spending = undefined;
    yield { type: 'start-step' };
  }

  *#endTurn(): Chunks {
    yield* this.#endParts();
    if (this.#inTurn) yield { type: 'finish-step' };
    this.#inTurn = false;
  }

  *#endParts(): Chunks {
    yield* this.#content.endTurn();
    yield* this.#tools.endTurn();
  }
}

type Chunks = Iterable<UIMessageChunk>;
