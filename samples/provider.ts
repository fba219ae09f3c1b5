// A provider of your own, with tools: a decoder for its events, and a class that makes its requests.
import type { AnyMessage, FinishReason, ModelCallOptions, ToolCallChunk } from 'rxlm';
import { MessageWriter, parseEvent, ProviderModel, readTools, ToolArguments } from 'rxlm/provider';
import type { DecoderContext, ProviderSettings, StreamDecoder } from 'rxlm/provider';

export class AcmeDecoder implements StreamDecoder {
  complete = false;
  readonly #message: MessageWriter;
  readonly #context: DecoderContext;
  readonly #args = new Map<number, ToolArguments>();
  constructor(context: DecoderContext) {
    this.#context = context;
    this.#message = new MessageWriter(context);
  }
  event(name: string, data: string): boolean {
    if (name === 'ping') return false;
    const event = parseEvent(data, this.#context) as AcmeEvent;
    if (name === 'error') throw this.#context.reported(event);
    if (name === 'text') this.#message.text(event.text);
    else if (name === 'call') this.#call(event.call);
    else if (name === 'done') this.#finish(event);
    else this.#context.unknown(event);
    return true;
  }
  end(): boolean {
    return this.complete;
  }
  #call(chunk: ToolCallChunk) {
    const args =
      this.#args.get(chunk.index) ??
      new ToolArguments({ ...this.#context.limits, fail: this.#context.fail });
    this.#args.set(chunk.index, args);
    args.add(chunk.args);
    this.#message.call(chunk);
  }
  #finish({ id, why: finish_reason, read: input_tokens, wrote: output_tokens }: AcmeEvent) {
    const usage = { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens };
    this.#message.fields({ finish_reason, usage_metadata: usage, response_metadata: { id } });
    this.complete = true;
  }
}

export class ChatAcme extends ProviderModel {
  static override readonly lcName = 'ChatAcme';
  readonly #options: AcmeOptions;
  constructor(options: AcmeOptions) {
    super({ ...options, provider: 'acme' });
    this.#options = options;
  }
  protected override toRequest(messages: readonly AnyMessage[], { tools }: ModelCallOptions) {
    const { baseURL, apiKey } = this.#options;
    const headers = { authorization: `Bearer ${apiKey}` };
    return { url: `${baseURL}/chat`, headers, body: { messages, tools: readTools(tools) } };
  }
  protected override decoder(context: DecoderContext): StreamDecoder {
    return new AcmeDecoder(context);
  }
}

export interface AcmeOptions extends Omit<ProviderSettings, 'provider'> {
  readonly apiKey: string;
  readonly baseURL: string;
}

/** What Acme's events say, each a part of it. */
interface AcmeEvent {
  readonly text: string;
  /** `{ index, id, name, args }`, then more pieces of the arguments under the same index. */
  readonly call: ToolCallChunk;
  readonly id: string;
  readonly why: FinishReason;
  readonly read: number;
  readonly wrote: number;
}
