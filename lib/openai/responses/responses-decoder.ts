import type { MessageWarning } from '../../messages/message.js';
import { settleToolCall } from '../../messages/internal/read-tool-calls.js';
import type { DecoderContext, StreamDecoder } from '../../http/decoder/stream-decoder.js';
import { parseEvent } from '../../http/decoder/event-json.js';
import { finishReasonOf } from '../internal/finish-reason.js';
import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json, nonEmpty } from '../../http/decoder/json.js';
import { MessageWriter } from '../../http/decoder/message-writer.js';
import { ToolArguments } from '../../http/decoder/tool-arguments.js';
import { readUsage } from './usage.js';

/** A part of an item whose text grows: one of a message's contents, or of a reasoning's summaries. */
interface Part {
  readonly kind: 'text' | 'refusal' | 'thinking';
  readonly index: number;
  /** Characters emitted: a `done` event repeats the whole. */
  length: number;
}

interface Item {
  readonly parts: Map<string, Part>;
  /** The call that the item is. */
  call?: OpenCall;
  isDone: boolean;
}

interface OpenCall {
  readonly index: number;
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly isCustom: boolean;
  readonly args: ToolArguments;
  length: number;
}

/** Events that say nothing which another event does not say as well. */
const REPEATED =
  /^response\.(in_progress|queued|content_part\.|reasoning_part\.|reasoning_summary_part\.done|(web_search|file_search|code_interpreter|image_generation|mcp|shell|apply_patch|local_shell|computer|tool_search)\w*(\.|$)|mcp_list_tools\.)/;

/** They say nothing at all, which the clock of the content has to see. */
const SIGNS_OF_LIFE: ReadonlySet<unknown> = new Set(['keepalive', 'ping']);

/**
 * @internal Decodes the events of a Responses stream into the chunks of one message.
 *
 * Items are told apart by `output_index`, not by their id, which some servers change with every event. What no delta
 * has brought is taken from the `done` events, or else from the final response. The message is complete at
 * `response.completed` or `response.incomplete`.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesDecoder implements StreamDecoder {
  /** Whether nothing more has to be read. */
  complete = false;
  readonly #context: DecoderContext;
  readonly #message: MessageWriter;
  readonly #items = new Map<unknown, Item>();
  #last: Item | undefined;
  readonly #calls: OpenCall[] = [];
  readonly #warnings: MessageWarning[] = [];
  #refused = false;
  #started = false;

  constructor(context: DecoderContext) {
    this.#context = context;
    this.#message = new MessageWriter(context);
  }

  event(name: string, data: string): boolean {
    if (this.complete || data.trim() === '' || data === '[DONE]') return false;
    const event = parseEvent(data, this.#context);
    if (name === 'error') throw this.#context.reported(event);
    if (!isRecord(event))
      throw this.#context.fail('bad_stream', 'the stream is broken: an event is no object');
    if (SIGNS_OF_LIFE.has(event['type'])) return false;
    if (!this.#add(event)) this.#context.unknown(event);
    return true;
  }

  end(rest: { readonly name: string; readonly data: string } | undefined): boolean {
    if (rest === undefined || this.complete) return this.complete;
    try {
      JSON.parse(rest.data);
    } catch {
      return false;
    }
    this.#warnings.push({
      code: 'unterminated',
      message: 'The stream ended without the blank line after its last event.',
    });
    this.event(rest.name, rest.data);
    return this.complete;
  }

  /** Returns whether the event's type is known. */
  #add(event: Json): boolean {
    const type = nonEmpty(event['type']) ?? '';
    if (type === 'error' || isRecord(event['error'])) throw this.#context.reported(event);
    switch (type) {
      case 'response.created':
        this.#start(event['response']);
        return true;
      case 'response.output_item.added':
        this.#addItem(event);
        return true;
      case 'response.output_item.done':
        this.#finishItem(event, event['item']);
        return true;
      case 'response.output_text.delta':
        this.#addText(event, 'text', event['delta']);
        return true;
      case 'response.output_text.done':
        this.#finishText(event, 'text', event['text']);
        return true;
      case 'response.refusal.delta':
        this.#addText(event, 'refusal', event['delta']);
        return true;
      case 'response.refusal.done':
        this.#finishText(event, 'refusal', event['refusal']);
        return true;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        this.#addText(event, 'thinking', event['delta']);
        return true;
      case 'response.reasoning_summary_text.done':
      case 'response.reasoning_text.done':
        this.#finishText(event, 'thinking', event['text']);
        return true;
      case 'response.reasoning_summary_part.added':
        return true;
      case 'response.output_text.annotation.added':
        this.#annotate(event);
        return true;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        this.#addArguments(this.#itemOf(event).call, event['delta']);
        return true;
      case 'response.function_call_arguments.done':
        this.#finishArguments(this.#itemOf(event).call, event['arguments']);
        return true;
      case 'response.custom_tool_call_input.done':
        this.#finishArguments(this.#itemOf(event).call, event['input']);
        return true;
      case 'response.image_generation_call.partial_image':
        return false;
      case 'response.completed':
      case 'response.incomplete':
        this.#finish(event['response'], type === 'response.incomplete');
        return true;
      case 'response.failed':
        throw this.#context.reported(isRecord(event['response']) ? event['response'] : event);
      default:
        return REPEATED.test(type);
    }
  }

  #start(response: unknown): void {
    if (this.#started || !isRecord(response)) return;
    this.#started = true;
    const id = nonEmpty(response['id']);
    const model = nonEmpty(response['model']);
    this.#message.fields({
      response_metadata: {
        ...(id === undefined ? {} : { id }),
        ...(model === undefined ? {} : { model }),
      },
    });
  }

  #itemOf(event: Json): Item {
    const key = event['output_index'] ?? event['item_id'] ?? idIn(event['item']);
    const known = key === undefined ? this.#last : this.#items.get(key);
    if (known !== undefined) return known;
    const item: Item = { parts: new Map(), isDone: false };
    this.#items.set(key ?? item, item);
    return (this.#last = item);
  }

  #addItem(event: Json): void {
    const { item: said } = event;
    if (!isRecord(said)) return;
    this.#beginCall(this.#itemOf(event), said);
  }

  #beginCall(item: Item, said: Json): void {
    const isCustom = said['type'] === 'custom_tool_call';
    if (item.call !== undefined || (said['type'] !== 'function_call' && !isCustom)) return;
    const { messageId, limits, fail } = this.#context;
    const position = this.#calls.length;
    const id =
      nonEmpty(said['call_id']) ??
      nonEmpty(said['id']) ??
      `call_${messageId.slice(-31)}_${String(position)}`;
    const name = nonEmpty(said['name']) ?? '';
    const call: OpenCall = {
      index: this.#message.reserve(),
      position,
      id,
      name,
      isCustom,
      args: new ToolArguments({ ...limits, fail }, isCustom),
      length: 0,
    };
    item.call = call;
    this.#calls.push(call);
    const given = said[isCustom ? 'input' : 'arguments'];
    const args = typeof given === 'string' ? this.#grow(call, given) : '';
    this.#message.call({ index: position, id, name, args });
  }

  #grow(call: OpenCall, piece: string): string {
    call.length += piece.length;
    return call.args.add(piece);
  }

  #addArguments(call: OpenCall | undefined, delta: unknown): void {
    if (call === undefined || typeof delta !== 'string' || delta === '') return;
    this.#message.call({ index: call.position, args: this.#grow(call, delta) });
  }

  #finishArguments(call: OpenCall | undefined, whole: unknown): void {
    if (call !== undefined && typeof whole === 'string')
      this.#addArguments(call, whole.slice(call.length));
  }

  #partOf(event: Json, kind: Part['kind']): Part {
    const item = this.#itemOf(event);
    const number = event['content_index'] ?? event['summary_index'] ?? 0;
    const key = `${kind} ${JSON.stringify(number)}`;
    let part = item.parts.get(key);
    if (part === undefined) {
      const first =
        kind === 'thinking' ? [...item.parts.values()].find((p) => p.kind === kind) : undefined;
      part = { kind, index: first?.index ?? this.#message.reserve(), length: 0 };
      item.parts.set(key, part);
      if (first !== undefined) this.#message.at(part.index, kind, { [kind]: '\n\n' });
    }
    return part;
  }

  #addText(event: Json, kind: Part['kind'], delta: unknown): void {
    if (typeof delta !== 'string' || delta === '') return;
    const part = this.#partOf(event, kind);
    part.length += delta.length;
    if (kind === 'refusal') this.#refused = true;
    if (kind === 'text') this.#message.textAt(part.index, delta);
    else this.#message.at(part.index, kind, { [kind]: delta });
  }

  #finishText(event: Json, kind: Part['kind'], whole: unknown): void {
    if (typeof whole !== 'string' || whole === '') return;
    this.#addText(event, kind, whole.slice(this.#partOf(event, kind).length));
  }

  #annotate(event: Json): void {
    const part = this.#partOf(event, 'text');
    this.#message.at(part.index, 'text', { text: '', citations: [event['annotation']] });
  }

  /** What an item is as a whole: what no delta has brought, and what only stands here. */
  #finishItem(event: Json, said: unknown): void {
    const item = this.#itemOf(event);
    if (item.isDone || !isRecord(said)) return;
    item.isDone = true;
    const type = nonEmpty(said['type']) ?? 'unknown';
    if (type === 'message') this.#finishMessage(event, item, said);
    else if (type === 'reasoning') this.#finishReasoning(event, item, said);
    else if (type === 'function_call' || type === 'custom_tool_call') {
      this.#beginCall(item, said);
      this.#finishArguments(item.call, said[item.call?.isCustom === true ? 'input' : 'arguments']);
    } else this.#message.block({ ...said, type });
  }

  #finishMessage(event: Json, item: Item, said: Json): void {
    arrayOf(said['content']).forEach((content, content_index) => {
      if (!isRecord(content)) return;
      const at = { ...event, content_index };
      if (content['type'] === 'refusal') this.#finishText(at, 'refusal', content['refusal']);
      else if (content['type'] === 'output_text') {
        const hadNone = item.parts.size === 0;
        this.#finishText(at, 'text', content['text']);
        if (hadNone)
          for (const annotation of arrayOf(content['annotations']))
            this.#annotate({ ...at, annotation });
      }
    });
  }

  #finishReasoning(event: Json, item: Item, said: Json): void {
    const list = arrayOf(said['summary']).length > 0 ? 'summary' : 'content';
    arrayOf(said[list]).forEach((part, number) => {
      const at = { ...event, [list === 'summary' ? 'summary_index' : 'content_index']: number };
      if (isRecord(part)) this.#finishText(at, 'thinking', part['text']);
    });
    const index = [...item.parts.values()][0]?.index ?? this.#message.reserve();
    // Has to go back as it came, before the call that it led to.
    this.#message.at(index, 'thinking', { thinking: '', item: said });
  }

  #finish(response: unknown, isIncomplete: boolean): void {
    const said = isRecord(response) ? response : {};
    this.#start(said);
    arrayOf(said['output']).forEach((item, output_index) => {
      const id = idIn(item);
      const key = this.#items.has(output_index) ? output_index : (id ?? output_index);
      this.#finishItem({ output_index: key }, item);
    });
    this.complete = true;
    const settled = this.#calls.map((call) => ({
      call,
      result: settleToolCall({ id: call.id, name: call.name, args: call.args.whole }),
    }));
    const reason = isRecord(said['incomplete_details'])
      ? said['incomplete_details']['reason']
      : undefined;
    const word = isIncomplete ? (nonEmpty(reason) ?? 'max_output_tokens') : undefined;
    const usage_metadata = readUsage(said['usage']);
    if (usage_metadata === undefined)
      this.#warnings.push({ code: 'usage_missing', message: 'The provider did not report usage.' });
    const { output: _output, instructions: _instructions, tools: _tools, usage, ...rest } = said;
    this.#message.fields(
      {
        tool_calls: settled.flatMap(({ result }) => (result.type === 'tool_call' ? [result] : [])),
        invalid_tool_calls: settled.flatMap(({ result }) =>
          result.type === 'invalid_tool_call' ? [result] : [],
        ),
        finish_reason: finishReasonOf(word, { calls: settled.length > 0, refused: this.#refused }),
        usage_metadata,
        response_metadata: {
          ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
          ...(usage === undefined ? {} : { usage }),
          ...(this.#warnings.length === 0 ? {} : { warnings: [...this.#warnings] }),
        },
      },
      settled.map(({ call, result }) => ({ index: call.index, ...result })),
    );
  }
}

function idIn(item: unknown): unknown {
  return isRecord(item) ? item['id'] : undefined;
}
