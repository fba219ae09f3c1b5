import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import { badStream, objectOf, textOf } from './bad-stream.js';
import { extraFields } from './extra-fields.js';
import { FrequentDelta } from './frequent-delta.js';
import { FROM_PROVIDER, MessageChunks } from './message-chunks.js';
import { toFinishReason } from './to-finish-reason.js';
import { pieceOf, withoutNull } from './block-piece.js';
import { ToolInput, type ToolInputLimits } from './tool-input.js';
import { Usage } from './usage.js';
import type { WireBlock, WireEvent, WireMessage } from './wire.js';

/** No message has more blocks; an index beyond is no index. */
const MAX_INDEX = 10_000;

type Extra = ReturnType<typeof extraFields>;

interface OpenBlock {
  readonly block: WireBlock;
  /** The input that streams, for blocks that have one. */
  readonly input: ToolInput | undefined;
}

/**
 * @internal The events of one message, in order, as the chunks of it. Strict where messages or blocks could be mixed up,
 * and lenient where something is only unknown or odd; see the contract's lines 16, 17, 22 and 23.
 */
export class MessageDecoder {
  /** Whether the provider has said that the message is complete. */
  complete = false;
  readonly #limits: ToolInputLimits;
  readonly #chunks: MessageChunks;
  readonly #usage = new Usage();
  #providerId: unknown;
  #started = false;
  readonly #open = new Map<number, OpenBlock>();
  #nextIndex = 0;
  readonly #delta = new FrequentDelta();

  constructor(messageId: string, limits: ToolInputLimits, emit: (chunk: AIMessageChunk) => void) {
    this.#limits = limits;
    this.#chunks = new MessageChunks(messageId, emit);
  }

  /**
   * Takes the event at `start` of a stream if it is a delta for an open block, written as the service writes them, and
   * not longer than `maxSize`. Gives where the next event begins; -1 where it is anything else.
   */
  takeDelta(events: string, start: number, maxSize: number): number {
    const delta = this.#delta;
    if (!delta.read(events, start) || delta.end - start > maxSize) return -1;
    const { type, index, text, end } = delta;
    const open = this.#open.get(index);
    if (open === undefined) return -1;
    const { block, input } = open;
    if (type === 'text' && block.type === 'text') this.#chunks.text(index, text);
    else if (type === 'thinking' && block.type === 'thinking')
      this.#chunks.piece({ type: 'thinking', thinking: text, index });
    else if (type === 'input' && input !== undefined) this.#addInput(index, block, input, text);
    else return -1;
    return end;
  }

  /** Takes an event of a known type, `error` and `ping` excepted. */
  add(event: WireEvent): void {
    if (this.complete) return;
    if (event.type === 'message_start') {
      this.#start(objectOf(event.message, 'a message'), extraFields(event));
      return;
    }
    if (!this.#started) {
      if (event.type !== 'content_block_start')
        throw badStream(`${event.type} came before message_start`);
      this.#startUnsaid();
    }
    const extra = extraFields(event);
    switch (event.type) {
      case 'content_block_start':
        this.#startBlock(this.#newIndex(event.index), objectOf(event.content_block, 'a block'));
        this.#addExtra(event, extra);
        break;
      case 'content_block_delta':
        this.#addDelta(event.index, objectOf(event.delta, 'a delta'));
        this.#addExtra(event, extra);
        break;
      case 'content_block_stop':
        this.#addExtra(event, extra);
        this.#stopBlock(event.index);
        break;
      case 'message_delta':
        // Nothing but metadata: a message is not lost to what is odd there.
        this.#finish(typeof event.delta === 'object' ? { ...event.delta } : {}, event.usage, extra);
        break;
      case 'message_stop':
        this.#leaveOpenCalls();
        this.complete = true;
        break;
      default:
    }
  }

  /** Says of the message that something about it is odd. */
  warn(code: string, message: string): void {
    this.#usage.warnings.push({ code, message });
    this.#chunks.fields({ content: this.#chunks.empty, response_metadata: this.#warnings() });
  }

  #start(message: WireMessage, extra: Extra): void {
    if (this.#started) {
      // A proxy may repeat it; another message in an open one is a spliced stream.
      if (message.id == null || message.id !== this.#providerId)
        throw badStream('a second message began inside the first');
      return;
    }
    this.#started = true;
    this.#providerId = message.id;
    const { content, usage, ...rest } = message;
    const said = withoutNull(rest);
    const { type, role, ...metadata } = said as Readonly<Record<string, unknown>>;
    this.#usage.add(usage);
    this.#chunks.fields({
      content: '',
      additional_kwargs: { ...said },
      response_metadata: {
        ...FROM_PROVIDER,
        ...metadata,
        ...extra,
        usage: this.#usage.details,
        ...this.#warnings(),
      },
      usage_metadata: this.#usage.metadata,
      finish_reason: toFinishReason(message['stop_reason']),
    });
    if (!Array.isArray(content ?? [])) throw badStream('a message began with content that is none');
    for (const block of content ?? []) {
      const index = this.#newIndex(this.#nextIndex);
      this.#startBlock(index, objectOf(block, 'a block'));
      this.#stopBlock(index);
    }
  }

  /** Servers that speak the service's language leave out the start of a message whose text begins late. */
  #startUnsaid(): void {
    this.#started = true;
    this.#usage.warnings.push({
      code: 'message_start_missing',
      message: 'The provider began with a content block: it said neither an id nor a model.',
    });
    this.#chunks.fields({
      content: '',
      response_metadata: { ...FROM_PROVIDER, ...this.#warnings() },
    });
  }

  #newIndex(index: unknown): number {
    if (index !== this.#nextIndex || this.#nextIndex > MAX_INDEX) {
      throw badStream(
        `a content block began out of turn, where number ${String(this.#nextIndex)} was due`,
      );
    }
    this.#nextIndex += 1;
    return index;
  }

  #openBlock(index: unknown): OpenBlock {
    const open = typeof index === 'number' ? this.#open.get(index) : undefined;
    if (open === undefined) throw badStream('a piece came for a content block that is not open');
    return open;
  }

  #startBlock(index: number, block: WireBlock): void {
    if (typeof block.type !== 'string') throw badStream('a content block began without a type');
    const input = ToolInput.of(block, this.#limits);
    this.#open.set(index, { block, input });
    if (input !== undefined) {
      this.#chunks.piece(
        { ...block, index, input: '' },
        block.type === 'tool_use'
          ? [{ id: input.id, index, name: input.name, args: '' }]
          : undefined,
      );
    } else if (block.type !== 'text') {
      this.#chunks.piece({ ...withOwnIndex(block), index });
    } else {
      this.#startText(index, block);
    }
  }

  /** Nothing, where the block is empty yet, as it mostly is. */
  #startText(index: number, { citations, ...block }: WireBlock): void {
    const text = textOf(block['text'] ?? '');
    const cited = Array.isArray(citations) && citations.length > 0;
    const onlyText = !cited && Object.keys(block).every((key) => key === 'type' || key === 'text');
    if (!onlyText) this.#chunks.piece({ ...block, text, index, ...(cited ? { citations } : {}) });
    else if (text !== '') this.#chunks.text(index, text);
  }

  #addDelta(index: unknown, delta: WireBlock): void {
    const { block, input } = this.#openBlock(index);
    if (typeof delta.type !== 'string') throw badStream('a delta came without a type');
    const isKnown = Object.keys(delta).length === 2;
    if (delta.type === 'text_delta' && block.type === 'text' && isKnown)
      this.#chunks.text(index as number, textOf(delta['text']));
    else if (delta.type === 'input_json_delta' && input !== undefined) {
      this.#addInput(index as number, block, input, textOf(delta['partial_json']));
      const { partial_json, ...rest } = delta;
      if (!isKnown) this.#chunks.piece({ type: block.type, non_standard: [rest], index });
    } else this.#chunks.piece({ ...pieceOf(delta, block), index });
  }

  /** Fields of an event that nobody knows are kept with its block. */
  #addExtra({ type, ...event }: WireEvent, extra: Extra): void {
    const { index } = event as { index?: unknown };
    if (extra === undefined) return;
    const { block } = this.#openBlock(index);
    this.#chunks.piece({ type: block.type, non_standard: [{ type, ...extra }], index });
  }

  #addInput(index: number, block: WireBlock, input: ToolInput, json: string): void {
    input.add(json);
    this.#chunks.piece(
      { index, type: 'input_json_delta', input: json },
      block.type === 'tool_use' ? [{ index, args: json }] : undefined,
    );
  }

  #stopBlock(index: unknown): void {
    const { block, input } = this.#openBlock(index);
    this.#open.delete(index as number);
    if (input === undefined) return;
    const settled = input.settle();
    if (input.isLossy) this.#usage.warnings.push(UNSAFE_INTEGER);
    const valid = settled.type === 'tool_call';
    const isCall = block.type === 'tool_use';
    this.#chunks.call({
      ...(input.isLossy ? { response_metadata: this.#warnings() } : {}),
      // Text that is no JSON stays in the block as it came.
      content: valid ? [{ index, type: block.type, input: settled.args }] : [],
      tool_calls: valid && isCall ? [settled] : undefined,
      invalid_tool_calls: !valid && isCall ? [settled] : undefined,
    });
  }

  /** A call whose block has never stopped is not ready, however whole it looks. */
  #leaveOpenCalls(): void {
    for (const { block, input } of this.#open.values()) {
      if (input === undefined || block.type !== 'tool_use') continue;
      this.#chunks.call({ content: [], invalid_tool_calls: [input.unfinished] });
    }
  }

  #finish(delta: Readonly<Record<string, unknown>>, usage: unknown, extra: Extra): void {
    const before = this.#usage.details;
    this.#usage.add(usage);
    const { details } = this.#usage;
    const hasNews = Object.keys(details).some((key) => details[key] !== before[key]);
    const { stop_sequence } = delta;
    this.#chunks.fields({
      content: this.#chunks.empty,
      additional_kwargs: delta,
      response_metadata: {
        ...withoutNull(delta),
        ...extra,
        ...(stop_sequence === undefined ? {} : { stop_sequence }),
        ...(hasNews ? { usage: details } : {}),
        ...this.#warnings(),
      },
      usage_metadata: this.#usage.metadata,
      finish_reason: toFinishReason(delta['stop_reason']),
    });
  }

  #warnings(): { warnings?: Usage['warnings'] } {
    return this.#usage.warnings.length === 0 ? {} : { warnings: [...this.#usage.warnings] };
  }
}

const UNSAFE_INTEGER = {
  code: 'unsafe_integer',
  message: 'An integer of a tool call is beyond 2^53: digits of it are lost.',
};

/** The index of a piece is its block's place; what the block itself calls so is kept beside it. */
function withOwnIndex(block: WireBlock): WireBlock {
  return 'index' in block ? { ...block, own_index: block['index'] } : block;
}
