import { count } from '../../http/decoder/token-counts.js';
import { parseEvent } from '../../http/decoder/event-json.js';
import { isRecord } from '../../core/internal/is-record.js';
import { arrayOf, type Json, nonEmpty } from '../../http/decoder/json.js';
import { MessageWriter } from '../../http/decoder/message-writer.js';
import type { DecoderContext, StreamDecoder } from '../../http/decoder/stream-decoder.js';
import { ToolArguments } from '../../http/decoder/tool-arguments.js';
import type { FinishReason } from '../../messages/finish-reason.js';
import { sniffMediaType } from '../../messages/history/media-type.js';
import { settleToolCall } from '../../messages/internal/read-tool-calls.js';
import type { InvalidToolCall, ToolCall } from '../../messages/tool-call.js';
import type { UsageMetadata } from '../../messages/usage-metadata.js';

/**
 * @internal Decodes the lines of Ollama's `/api/chat` into the chunks of one message, which is complete at `done: true`.
 *
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion
 */
export class OllamaDecoder implements StreamDecoder {
  complete = false;
  readonly #context: DecoderContext;
  readonly #message: MessageWriter;
  readonly #calls: (ToolCall | InvalidToolCall)[] = [];
  readonly #logprobs: unknown[] = [];
  #started = false;

  constructor(context: DecoderContext) {
    this.#context = context;
    this.#message = new MessageWriter(context);
  }

  event(_name: string, data: string): boolean {
    if (this.complete) return false;
    const line = parseEvent(data, this.#context);
    if (!isRecord(line))
      throw this.#context.fail('bad_stream', 'the stream is broken: a line is no object');
    // Before the message: a line may have both.
    if (line['error'] !== undefined && line['error'] !== null) throw this.#context.reported(line);
    if (line['message'] === undefined && line['done'] === undefined) {
      this.#context.unknown(line);
      return true;
    }
    this.#start(line);
    if (isRecord(line['message'])) this.#add(line['message']);
    this.#logprobs.push(...arrayOf(line['logprobs']));
    if (line['done'] === true) this.#finish(line);
    return true;
  }

  end(rest: { readonly name: string; readonly data: string } | undefined): boolean {
    if (rest !== undefined && !this.complete && isJson(rest.data)) this.event(rest.name, rest.data);
    return this.complete;
  }

  #start({ model }: Json): void {
    if (this.#started) return;
    this.#started = true;
    const name = nonEmpty(model);
    this.#message.fields({ response_metadata: name === undefined ? {} : { model: name } });
  }

  #add({ content, thinking, images, tool_calls: calls }: Json): void {
    const thought = nonEmpty(thinking);
    if (thought !== undefined) this.#message.piece('thinking', { thinking: thought });
    if (typeof content === 'string') this.#message.text(content);
    for (const data of arrayOf(images))
      if (typeof data === 'string')
        this.#message.block({ type: 'image', mimeType: sniffMediaType(data) ?? 'image/png', data });
    for (const call of arrayOf(calls)) if (isRecord(call)) this.#addCall(call);
  }

  /** A call comes whole. Its index is not reliable: calls are numbered as they come. */
  #addCall({ id: given, function: said }: Json): void {
    if (!isRecord(said)) return;
    const index = this.#calls.length;
    const { messageId, limits, fail } = this.#context;
    const own = messageId.replace(/^run-|[^a-zA-Z0-9]/g, '').slice(-31);
    const id = nonEmpty(given) ?? `call_${own}_${String(index)}`;
    const name = nonEmpty(said['name']) ?? '';
    const { arguments: input } = said;
    const args = new ToolArguments({ ...limits, fail });
    args.add(typeof input === 'string' ? input : JSON.stringify(input ?? {}));
    this.#calls.push(settleToolCall({ id, name, args: args.whole }));
    this.#message.call({ index, id, name, args: args.whole });
  }

  #finish(line: Json): void {
    this.complete = true;
    const { message: _message, done: _done, logprobs: _logprobs, ...metadata } = line;
    this.#message.fields({
      tool_calls: this.#calls.filter((call) => call.type === 'tool_call'),
      invalid_tool_calls: this.#calls.filter((call) => call.type === 'invalid_tool_call'),
      finish_reason:
        this.#calls.length > 0 ? 'tool_call' : REASONS.get(line['done_reason'] ?? 'stop'),
      usage_metadata: usageOf(line),
      response_metadata:
        this.#logprobs.length === 0 ? metadata : { ...metadata, logprobs: this.#logprobs },
    });
  }
}

const REASONS: ReadonlyMap<unknown, FinishReason> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
]);

/** A count of 0 is left out by the server. */
function usageOf({ prompt_eval_count, eval_count }: Json): UsageMetadata {
  const input = count(prompt_eval_count) ?? 0;
  const output = count(eval_count) ?? 0;
  return { input_tokens: input, output_tokens: output, total_tokens: input + output };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
