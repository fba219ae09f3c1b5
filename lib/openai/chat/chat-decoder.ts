import { GrowingText } from '../../core/internal/growing-text.js';
import type { MessageWarning } from '../../messages/message.js';
import type { ToolCallChunk } from '../../messages/tool-call.js';
import type { DecoderContext, StreamDecoder } from '../../http/decoder/stream-decoder.js';
import { hasError, isBareError, isDone, readEvent } from '../internal/read-event.js';
import { finishReasonOf, isFailure } from '../internal/finish-reason.js';
import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json, listOf, nonEmpty } from '../../http/decoder/json.js';
import { MessageWriter } from '../../http/decoder/message-writer.js';
import { ChatCalls } from './calls.js';
import { collectMetadata, isUsage, saysOfMessage } from './metadata.js';
import { FrequentChunk } from './frequent-chunk.js';
import { ReasoningDetails } from './reasoning-details.js';
import { type ExtractReasoning, thinkTags, type ThinkTags } from './think-tags.js';
import { readUsage } from './usage.js';

/** A string field whose pieces are collected, so that the whole can be sent back in the field that it came in. */
const REASONING_FIELDS = ['reasoning', 'reasoning_content', 'reasoning_text'] as const;

/** How a stream is decoded, where the caller has to say it. */
export interface ChatDecoderOptions {
  readonly extractReasoning?: ExtractReasoning | undefined;
}

/**
 * @internal Decodes the chunks of a Chat Completions stream, in OpenAI's dialect and in those of other servers, into the
 * chunks of one message.
 *
 * The message is complete at `[DONE]`, or at the end of the body if a `finish_reason` came before it. Calls are emitted
 * only then, in the last chunk. An `error` in any frame fails the message, whatever else has been said.
 *
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export class ChatDecoder implements StreamDecoder {
  /** Whether nothing more has to be read. */
  complete = false;
  readonly #context: DecoderContext;
  readonly #message: MessageWriter;
  readonly #calls: ChatCalls;
  readonly #tags: ThinkTags | undefined;
  readonly #reasoningDetails = new ReasoningDetails();
  readonly #collected = new Map<string, GrowingText>();
  readonly #known = new FrequentChunk();
  readonly #metadata: Record<string, unknown> = {};
  readonly #logprobs: unknown[] = [];
  readonly #warnings: MessageWarning[] = [];
  #finishWord: string | undefined;
  #usage: unknown;
  #started = false;

  constructor(context: DecoderContext, { extractReasoning = false }: ChatDecoderOptions = {}) {
    this.#context = context;
    this.#message = new MessageWriter(context);
    this.#calls = new ChatCalls(context.messageId, { ...context.limits, fail: context.fail });
    this.#tags = thinkTags(this.#message, extractReasoning);
  }

  /**
   * Decodes the event at `start` if it differs from one before in its text only, and is not longer than `maxSize`.
   * Returns where the next event begins; -1 for every other event.
   */
  frequent(events: string, start: number, maxSize: number): number {
    const known = this.#known;
    if (!known.read(events, start) || known.end - start > maxSize) return -1;
    const { field, text, end } = known;
    if (field === 'content') this.#addText(text);
    else if (text !== '') this.#collect(field, 'thinking', text);
    return end;
  }

  event(name: string, data: string): boolean {
    if (this.complete) return false;
    if (isDone(data)) {
      this.#finish();
      return true;
    }
    const chunk = readEvent(name, data, this.#context);
    if (chunk === undefined) return false;
    this.#add(chunk);
    this.#known.learn(data, chunk);
    return true;
  }

  end(rest: { readonly name: string; readonly data: string } | undefined): boolean {
    if (rest !== undefined && !this.complete) this.#addUnterminated(rest);
    if (!this.complete && this.#finishWord !== undefined) this.#finish();
    this.#tags?.end();
    return this.complete;
  }

  /** The last event may lack its blank line, but not a part of its JSON. */
  #addUnterminated({ name, data }: { readonly name: string; readonly data: string }): void {
    try {
      if (!isDone(data)) JSON.parse(data);
    } catch {
      return;
    }
    this.#warn('unterminated', 'The stream ended without the blank line after its last event.');
    this.event(name, data);
  }

  #add(data: Json): void {
    this.#failOn(data);
    if (data['choices'] === undefined) {
      if (isBareError(data)) throw this.#context.reported(data);
      if (!saysOfMessage(data)) {
        this.#context.unknown(data);
        return;
      }
    }
    this.#usage = collectMetadata(this.#metadata, data) ?? this.#usage;
    for (const choice of listOf(data['choices']))
      if (isRecord(choice) && Number(choice['index'] ?? 0) === 0) this.#addChoice(choice);
  }

  #warn(code: string, message: string): void {
    this.#warnings.push({ code, message });
  }

  #failOn(data: Json): void {
    if (!hasError(data)) return;
    this.#tags?.end();
    throw this.#context.reported(data);
  }

  #addChoice(choice: Json): void {
    this.#failOn(choice);
    if (!this.#started) {
      this.#started = true;
      const { id, model } = this.#metadata;
      this.#message.fields({
        response_metadata: {
          ...(id === undefined ? {} : { id }),
          ...(model === undefined ? {} : { model }),
        },
      });
    }
    const { delta, message, text, logprobs, usage } = choice;
    // Servers that do not stream send the whole message in one chunk, others repeat it beside each delta.
    const said = [delta, message].find(isRecord);
    if (said !== undefined) this.#addDelta(said);
    else if (typeof text === 'string') this.#addText(text);
    // Moonshot reports it here.
    if (isUsage(usage)) this.#usage = usage;
    if (isRecord(logprobs)) this.#logprobs.push(...arrayOf(logprobs['content']));
    const word = nonEmpty(choice['finish_reason']);
    if (word === undefined) return;
    if (isFailure(word))
      throw this.#context.reported({
        error: { type: word, message: `the server ended the answer with ${word}` },
      });
    if (this.#finishWord === undefined || this.#finishWord === 'stop') this.#finishWord = word;
  }

  #addDelta(delta: Json): void {
    this.#failOn(delta);
    this.#addReasoning(delta);
    const { content, refusal, tool_calls: calls, function_call: legacy } = delta;
    for (const part of listOf(content))
      if (typeof part === 'string') this.#addText(part);
      else if (isRecord(part)) this.#addPart(part);
    if (typeof refusal === 'string' && refusal !== '') this.#collect('refusal', 'refusal', refusal);
    const annotations = arrayOf(delta['annotations']);
    if (annotations.length > 0) this.#message.citations(annotations);
    if (isRecord(delta['audio'])) this.#message.piece('audio', delta['audio']);
    for (const image of arrayOf(delta['images']))
      if (isRecord(image))
        this.#message.block({ ...image, type: nonEmpty(image['type']) ?? 'image_url' });
    for (const call of listOf(calls)) if (isRecord(call)) this.#addCall(call);
    if (isRecord(legacy) && nonEmpty(legacy['name'] ?? legacy['arguments']) !== undefined)
      this.#addCall({ index: 0, function: legacy });
  }

  #addText(text: string): void {
    if (this.#tags === undefined) this.#message.text(text);
    else this.#tags.add(text);
  }

  #addReasoning(delta: Json): void {
    const details = arrayOf(delta['reasoning_details']);
    const detailed = details.length === 0 ? '' : this.#reasoningDetails.add(details);
    // The same thought may stand in two fields.
    const field = REASONING_FIELDS.find((name) => nonEmpty(delta[name]) !== undefined);
    if (field !== undefined) this.#collect(field, 'thinking', delta[field] as string);
    else if (detailed !== '') this.#message.piece('thinking', { thinking: detailed });
  }

  /** Mistral's content comes in parts. */
  #addPart(part: Json): void {
    const { type, text, thinking } = part;
    if ((type === 'text' || type === 'output_text') && typeof text === 'string')
      this.#addText(text);
    else if (type === 'thinking') {
      const said = typeof thinking === 'string' ? thinking : textsOf(thinking);
      if (said !== '') this.#message.piece('thinking', { thinking: said });
    } else this.#message.block({ ...part, type: nonEmpty(type) ?? 'unknown' });
  }

  #addCall(piece: Json): void {
    const chunk: ToolCallChunk | undefined = this.#calls.add(piece);
    if (chunk !== undefined) this.#message.call(chunk);
  }

  #collect(field: string, kind: 'thinking' | 'refusal', text: string): void {
    let collected = this.#collected.get(field);
    if (collected === undefined) this.#collected.set(field, (collected = new GrowingText()));
    collected.add(text);
    this.#message.piece(kind, { [kind]: text });
  }

  #finish(): void {
    this.complete = true;
    this.#tags?.end();
    const settled = this.#calls.settle();
    const refused = this.#collected.has('refusal');
    const calls = this.#calls.callsTool;
    const finish_reason = finishReasonOf(this.#finishWord, { calls, refused });
    const details = this.#reasoningDetails.whole;
    const { extras } = this.#calls;
    const usage_metadata = readUsage(this.#usage);
    if (usage_metadata === undefined)
      this.#warnings.push({ code: 'usage_missing', message: 'The provider did not report usage.' });
    this.#message.fields({
      tool_calls: settled.filter((call) => call.type === 'tool_call'),
      invalid_tool_calls: settled.filter((call) => call.type === 'invalid_tool_call'),
      finish_reason,
      usage_metadata,
      additional_kwargs: {
        ...Object.fromEntries([...this.#collected].map(([field, text]) => [field, text.whole])),
        ...(details.length === 0 ? {} : { reasoning_details: details }),
        ...(Object.keys(extras).length === 0 ? {} : { tool_call_extras: extras }),
      },
      response_metadata: {
        ...this.#metadata,
        ...(this.#finishWord === undefined ? {} : { finish_reason: this.#finishWord }),
        ...(this.#usage === undefined ? {} : { usage: this.#usage }),
        ...(this.#logprobs.length === 0 ? {} : { logprobs: { content: this.#logprobs } }),
        ...(this.#warnings.length === 0 ? {} : { warnings: [...this.#warnings] }),
      },
    });
  }
}

function textsOf(parts: unknown): string {
  return arrayOf(parts)
    .map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}
