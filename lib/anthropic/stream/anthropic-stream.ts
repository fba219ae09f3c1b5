import type { DecoderContext, StreamDecoder } from '../../http/decoder/stream-decoder.js';
import { MessageDecoder } from './message-decoder.js';
import { type ReadEvent, readWireEvent } from './read-wire-event.js';

/** @internal Decodes the event stream of the Messages API. The message is complete at `message_stop`. */
export class AnthropicStream implements StreamDecoder {
  readonly #context: DecoderContext;
  readonly #message: MessageDecoder;

  constructor(context: DecoderContext) {
    const { messageId, limits, emit } = context;
    this.#context = context;
    this.#message = new MessageDecoder(messageId, limits, emit);
  }

  get complete(): boolean {
    return this.#message.complete;
  }

  event(name: string, data: string): boolean {
    const event = readWireEvent(name, data, this.#context);
    if (event.kind === 'ping') return false;
    if (event.kind === 'error') throw event.error;
    if (event.kind === 'unknown') this.#context.unknown(event.event);
    else this.#message.add(event.event);
    return true;
  }

  frequent(text: string, start: number, maxSize: number): number {
    return this.#message.takeDelta(text, start, maxSize);
  }

  end(rest: { readonly name: string; readonly data: string } | undefined): boolean {
    // The last event may lack its blank line, and nothing else.
    if (rest === undefined || !this.#isStop(rest.name, rest.data)) return this.complete;
    this.#message.add({ type: 'message_stop' });
    this.#message.warn(
      'unterminated',
      'The stream ended without the blank line after its last event.',
    );
    return true;
  }

  #isStop(name: string, data: string): boolean {
    let event: ReadEvent;
    try {
      event = readWireEvent(name, data, this.#context);
    } catch {
      return false;
    }
    return event.kind === 'message' && event.event.type === 'message_stop';
  }
}
