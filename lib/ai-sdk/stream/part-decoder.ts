import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json, nonEmpty } from '../../http/decoder/json.js';
import { MessageWriter } from '../../http/decoder/message-writer.js';
import type { DecoderContext } from '../../http/decoder/stream-decoder.js';
import type { ContentBlock } from '../../messages/content.js';
import type { MessageWarning } from '../../messages/message.js';
import { readFinish } from '../internal/finish-reason.js';
import {
  metadataOf,
  toCitation,
  toFileBlock,
  toProviderCall,
  toProviderResult,
  toTextCitation,
  toWarning,
} from './part-blocks.js';
import { SdkCalls, toCallBlocks } from './sdk-calls.js';
import { readUsage } from './usage.js';

/** A block of text or reasoning while it streams. */
interface OpenBlock {
  readonly kind: 'text' | 'thinking';
  index: number | undefined;
  metadata: Json;
}

/** What the decoder has to know beside its context. */
export interface PartContext extends DecoderContext {
  /** Makes the error of an `error` part. */
  readonly failed: (error: unknown) => Error;
  /** Reports a chunk of the provider's, as it came. */
  readonly raw: (chunk: unknown) => void;
}

/**
 * @internal Decodes the parts of an AI SDK stream (v2 to v4) into the chunks of one message, which is complete at a `finish`
 * that has a reason.
 *
 * @see https://github.com/vercel/ai/tree/main/packages/provider/src/language-model
 */
export class PartDecoder {
  complete = false;
  readonly #context: PartContext;
  readonly #message: MessageWriter;
  readonly #calls: SdkCalls;
  readonly #blocks = new Map<string, OpenBlock>();
  /** The blocks of what the provider runs itself, by their ids. */
  readonly #results = new Map<string, number>();
  readonly #sources: Json[] = [];
  readonly #warnings: MessageWarning[] = [];
  readonly #metadata: Record<string, unknown> = {};
  #lastText: number | undefined;
  #started = false;

  constructor(context: PartContext) {
    this.#context = context;
    this.#message = new MessageWriter(context);
    this.#calls = new SdkCalls({ ...context.limits, fail: context.fail });
  }

  /** Decodes one part. Returns `false` for a sign of life that is no content. */
  part(part: unknown): boolean {
    if (!isRecord(part))
      throw this.#context.fail('bad_stream', 'a part of the stream is no object');
    const { type } = part;
    switch (type) {
      case 'ping':
        return false;
      case 'raw':
        this.#context.raw(part['rawValue']);
        return false;
      case 'stream-start':
        this.#warnings.push(...arrayOf(part['warnings']).map(toWarning));
        return true;
      case 'response-metadata':
        this.#describe(part);
        return true;
      case 'error':
        throw this.#context.failed(part['error']);
      case 'finish':
        this.#finish(part);
        return true;
      default:
        if (!this.#content(String(type), part)) this.#context.unknown(part);
        return true;
    }
  }

  #content(type: string, part: Json): boolean {
    const [, kind, phase] = /^(text|reasoning)-(start|delta|end)$/.exec(type) ?? [];
    if (kind !== undefined) this.#block(kind === 'text' ? 'text' : 'thinking', phase, part);
    else if (type.startsWith('tool-input-')) this.#input(type, part);
    else if (type === 'tool-call') this.#call(part);
    else if (type === 'tool-result') this.#result(part);
    else if (type === 'source') this.#sources.push(toCitation(part));
    else if (type === 'file' || type === 'reasoning-file') this.#whole(toFileBlock(part));
    else if (type === 'custom' || type === 'tool-approval-request')
      this.#whole(part as ContentBlock);
    else return false;
    return true;
  }

  #block(kind: OpenBlock['kind'], phase: string | undefined, part: Json): void {
    const key = `${kind} ${String(part['id'])}`;
    let open = this.#blocks.get(key);
    if (open === undefined || phase === 'start')
      this.#blocks.set(key, (open = { kind, index: undefined, metadata: {} }));
    const delta = nonEmpty(part['delta']);
    const citations = arrayOf(part['citations']).flatMap(toTextCitation);
    const { providerMetadata } = metadataOf(part);
    const more = isRecord(providerMetadata) ? this.#addMetadata(open, providerMetadata) : {};
    if (delta === undefined && citations.length === 0 && Object.keys(more).length === 0) return;
    this.#start();
    const index = (open.index ??= this.#message.reserve());
    if (kind === 'text' && delta !== undefined) {
      this.#lastText = index;
      this.#message.textAt(index, delta);
    }
    if (kind === 'thinking' && delta !== undefined)
      this.#message.at(index, kind, { thinking: delta, ...more });
    else if (Object.keys(more).length > 0) this.#message.at(index, kind, { [kind]: '', ...more });
    if (citations.length > 0) this.#message.at(index, 'text', { text: '', citations });
  }

  /** What is attached to the pieces of a block is attached to the block; a signature is one in any provider's words. */
  #addMetadata(open: OpenBlock, added: Json): Json {
    const before = open.metadata;
    const names = Object.keys(added);
    const merged = { ...before };
    for (const name of names) merged[name] = { ...Object(before[name]), ...Object(added[name]) };
    if (JSON.stringify(merged) === JSON.stringify(before)) return {};
    open.metadata = merged;
    const signature = names
      .map((name) => nonEmpty((Object(added[name]) as Json)['signature']))
      .find((each) => each !== undefined);
    return {
      providerMetadata: merged,
      ...(signature === undefined || open.kind === 'text' ? {} : { signature }),
    };
  }

  #input(type: string, part: Json): void {
    const { id, toolName, delta, providerExecuted, inputEncoding } = part;
    // What the provider runs itself comes whole with its `tool-call`.
    if (providerExecuted === true) return;
    this.#start();
    const name = nonEmpty(toolName) ?? '';
    const { providerMetadata } = metadataOf(part);
    const chunk =
      type === 'tool-input-start'
        ? this.#calls.begin(String(id), name, inputEncoding === 'text', providerMetadata as Json)
        : this.#calls.grow(String(id), typeof delta === 'string' ? delta : '');
    if (chunk !== undefined) this.#message.call(chunk);
  }

  #call(part: Json): void {
    this.#start();
    const { toolCallId, toolName, input, providerExecuted } = part;
    if (providerExecuted === true) {
      this.#whole(toProviderCall(part));
      return;
    }
    const { providerMetadata } = metadataOf(part);
    const text = typeof input === 'string' ? input : JSON.stringify(input ?? {});
    const name = nonEmpty(toolName) ?? '';
    const chunk = this.#calls.complete(String(toolCallId), name, text, providerMetadata as Json);
    if (chunk !== undefined) this.#message.call(chunk);
  }

  /** A preliminary result is replaced by the next one of its call. */
  #result(part: Json): void {
    this.#start();
    const id = String(part['toolCallId']);
    const index = this.#results.get(id) ?? this.#message.reserve();
    this.#results.set(id, index);
    const block = toProviderResult(part);
    this.#message.at(index, block.type, block);
  }

  #whole(block: ContentBlock): void {
    this.#start();
    this.#message.block(block);
  }

  #describe({ id, modelId, timestamp }: Json): void {
    if (nonEmpty(id) !== undefined) this.#metadata['id'] = id;
    if (nonEmpty(modelId) !== undefined) this.#metadata['model'] = modelId;
    if (Object.prototype.toString.call(timestamp) === '[object Date]')
      this.#metadata['timestamp'] = (timestamp as Date).toISOString();
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#message.fields({ response_metadata: { ...this.#metadata } });
  }

  #finish(part: Json): void {
    const { word, raw, reason, isProven } = readFinish(part['finishReason']);
    const usage_metadata = readUsage(part['usage']);
    // The AI SDK finishes a stream that was cut as well.
    if (!isProven || word === 'error') {
      if (this.#started) this.#message.fields({ usage_metadata });
      if (!isProven)
        throw this.#context.fail('truncated', 'the stream ended before the message was complete', {
          retryable: true,
        });
      const said = raw === undefined ? '' : ` (${raw})`;
      throw this.#context.fail('server_error', `the model could not finish its answer${said}`, {
        retryable: true,
      });
    }
    this.complete = true;
    this.#cite();
    const settled = this.#calls.settle();
    const calls = settled.map(({ call }) => call);
    this.#message.fields(
      {
        tool_calls: calls.filter((call) => call.type === 'tool_call'),
        invalid_tool_calls: calls.filter((call) => call.type === 'invalid_tool_call'),
        finish_reason: reason === 'stop' && calls.length > 0 ? 'tool_call' : reason,
        usage_metadata,
        response_metadata: {
          ...this.#metadata,
          finish_reason: raw ?? word,
          ...metadataOf(part),
          ...(this.#warnings.length === 0 ? {} : { warnings: [...this.#warnings] }),
        },
      },
      toCallBlocks(settled, () => this.#message.reserve()),
    );
  }

  /** Sources come beside the text. */
  #cite(): void {
    if (this.#sources.length === 0) return;
    this.#start();
    const index = (this.#lastText ??= this.#message.reserve());
    this.#message.at(index, 'text', { text: '', citations: this.#sources });
  }
}
