import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json, nonEmpty } from '../../http/decoder/json.js';
import { MessageWriter } from '../../http/decoder/message-writer.js';
import type { DecoderContext, StreamDecoder } from '../../http/decoder/stream-decoder.js';
import type { MessageWarning } from '../../messages/message.js';
import { finishReasonOf } from '../internal/finish-reason.js';
import { hasError, isBareError, isDone, readEvent } from '../internal/read-event.js';
import { FinishedItems } from './finished-items.js';
import { ResponseCalls } from './response-calls.js';
import { ResponseItems } from './response-items.js';
import { ResponseTexts } from './response-texts.js';
import { readUsage } from './usage.js';

/** Events that repeat what another event says as well. */
const REPEATED =
  /^response\.(in_progress|queued|content_part\.|reasoning_part\.|reasoning_summary_part\.|(web_search|file_search|code_interpreter|image_generation|mcp|shell|apply_patch|local_shell|computer|tool_search)\w*(\.|$)|mcp_list_tools\.)/;

/** Events without content: they do not restart the clock that waits for content. */
const SIGNS_OF_LIFE: ReadonlySet<unknown> = new Set(['keepalive', 'ping']);

/**
 * @internal Decodes the events of a Responses stream into the chunks of one message.
 *
 * What no delta has brought is taken from the `done` events, or else from the final response. The message is complete at
 * `response.completed` or `response.incomplete`.
 *
 * @see https://platform.openai.com/docs/api-reference/responses-streaming
 */
export class ResponsesDecoder implements StreamDecoder {
  /** Whether nothing more has to be read. */
  complete = false;
  readonly #context: DecoderContext;
  readonly #message: MessageWriter;
  readonly #items = new ResponseItems();
  readonly #texts: ResponseTexts;
  readonly #calls: ResponseCalls;
  readonly #finished: FinishedItems;
  readonly #warnings: MessageWarning[] = [];
  #started = false;

  constructor(context: DecoderContext) {
    this.#context = context;
    this.#message = new MessageWriter(context);
    this.#texts = new ResponseTexts(this.#items, this.#message);
    this.#calls = new ResponseCalls(context, this.#message);
    this.#finished = new FinishedItems(this.#items, this.#texts, this.#calls, this.#message);
  }

  event(name: string, data: string): boolean {
    if (this.complete || isDone(data)) return false;
    const event = readEvent(name, data, this.#context);
    if (event === undefined || SIGNS_OF_LIFE.has(event['type'])) return false;
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
    if (hasError(event) || (type === '' ? isBareError(event) : type === 'error'))
      throw this.#context.reported(event);
    switch (type) {
      case 'response.created':
        this.#start(event['response']);
        return true;
      case 'response.output_item.added':
        if (isRecord(event['item'])) this.#calls.begin(this.#items.of(event), event['item']);
        return true;
      case 'response.output_item.done':
        this.#finished.add(event, event['item']);
        return true;
      case 'response.output_text.delta':
        this.#texts.add(event, 'text', event['delta']);
        return true;
      case 'response.output_text.done':
        this.#texts.finish(event, 'text', event['text']);
        return true;
      case 'response.refusal.delta':
        this.#texts.add(event, 'refusal', event['delta']);
        return true;
      case 'response.refusal.done':
        this.#texts.finish(event, 'refusal', event['refusal']);
        return true;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        this.#texts.add(event, 'thinking', event['delta']);
        return true;
      case 'response.reasoning_summary_text.done':
      case 'response.reasoning_text.done':
        this.#texts.finish(event, 'thinking', event['text']);
        return true;
      case 'response.content_part.done':
        this.#finished.addPart(event, event['part']);
        return true;
      case 'response.output_text.annotation.added':
        this.#texts.annotate(event);
        return true;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        this.#calls.add(this.#items.of(event), event['delta']);
        return true;
      case 'response.function_call_arguments.done':
      case 'response.custom_tool_call_input.done':
        this.#calls.finish(this.#items.of(event), event);
        return true;
      case 'response.image_generation_call.partial_image':
        return false;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.done':
      case 'response.failed':
        this.#finish(event, type.slice('response.'.length));
        return true;
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

  /** Finishes with the final response, whose own status counts more than the name of its event. */
  #finish(event: Json, ending: string): void {
    const said = isRecord(event['response']) ? event['response'] : {};
    const { status } = said;
    if (ending === 'failed' || status === 'failed')
      throw this.#context.reported(isRecord(event['response']) ? said : event);
    this.#start(said);
    arrayOf(said['output']).forEach((item, index) => {
      this.#finished.add({ output_index: this.#items.indexOf(item, index) }, item);
    });
    this.complete = true;
    this.#writeEnd(said, ending === 'incomplete' || status === 'incomplete');
  }

  #writeEnd(said: Json, isIncomplete: boolean): void {
    const settled = this.#calls.settle();
    const results = settled.map(({ result }) => result);
    const { incomplete_details: details } = said;
    const reason = isRecord(details) ? nonEmpty(details['reason']) : undefined;
    const word = isIncomplete ? (reason ?? 'max_output_tokens') : undefined;
    const usage_metadata = readUsage(said['usage']);
    if (usage_metadata === undefined)
      this.#warnings.push({ code: 'usage_missing', message: 'The provider did not report usage.' });
    const { output: _output, instructions: _instructions, tools: _tools, usage, ...rest } = said;
    const { refused } = this.#texts;
    this.#message.fields(
      {
        tool_calls: results.filter((call) => call.type === 'tool_call'),
        invalid_tool_calls: results.filter((call) => call.type === 'invalid_tool_call'),
        finish_reason: finishReasonOf(word, { calls: settled.length > 0, refused }),
        usage_metadata,
        response_metadata: {
          ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
          ...(usage === undefined ? {} : { usage }),
          ...(this.#warnings.length === 0 ? {} : { warnings: [...this.#warnings] }),
        },
      },
      settled.map(({ index, result }) => ({ index, ...result })),
    );
  }
}
