import {
  ModelError,
  type ModelErrorCode,
  type ModelErrorOptions,
} from '../../lib/errors/model-error';
import { eventStreamDecoder } from '../../lib/event-stream/event-stream-decoder';
import type { DecoderContext, StreamDecoder } from '../../lib/http/decoder/stream-decoder';
import type { AIMessage } from '../../lib/messages/ai-message';
import type { AIMessageChunk } from '../../lib/messages/ai-message-chunk';
import { MessageAccumulator } from '../../lib/messages/internal/message-accumulator';

/** What a decoder made of a stream. */
export interface Decoded {
  readonly chunks: readonly AIMessageChunk[];
  /** The fold of the chunks. */
  readonly message: AIMessage;
  readonly unknown: readonly unknown[];
  readonly error: unknown;
  readonly complete: boolean;
  /** Events that were read by their exact bytes. */
  readonly frequent: number;
}

export interface DecodeOptions {
  /** Characters that are fed at once. */
  readonly cut?: number;
  /** Whether frequent events may be read by their bytes. */
  readonly fast?: boolean;
  readonly limits?: Partial<DecoderContext['limits']>;
}

const fail = (code: ModelErrorCode, message: string, options: Partial<ModelErrorOptions> = {}) =>
  new ModelError(message, { ...options, code, provider: 'openai' });

/** What a decoder is given, with nobody at the other end. */
export const decoderContext = (own: Partial<DecoderContext> = {}): DecoderContext => ({
  messageId: 'run-01890000-0000-7000-8000-000000000001',
  provider: 'openai',
  limits: { toolJson: 4_000_000, toolJsonDepth: 256 },
  emit: () => undefined,
  fail,
  reported: (frame) => fail('server_error', JSON.stringify(frame)),
  scrub: (value) => value,
  unknown: () => undefined,
  ...own,
});

/** Reads a whole stream as a model does, without a connection. */
export function decodeStream(
  make: (context: DecoderContext) => StreamDecoder,
  stream: string,
  { cut = Infinity, fast = true, limits = {} }: DecodeOptions = {},
): Decoded {
  const chunks: AIMessageChunk[] = [];
  const unknown: unknown[] = [];
  const fold = new MessageAccumulator();
  let frequent = 0;
  let error: unknown;
  const decoder = make(
    decoderContext({
      limits: { toolJson: 4_000_000, toolJsonDepth: 256, ...limits },
      emit: (chunk) => {
        chunks.push(chunk);
        fold.add(chunk);
      },
      unknown: (event) => unknown.push(event),
    }),
  );
  const shortcut = (text: string, start: number, maxSize: number) => {
    const next = decoder.frequent?.(text, start, maxSize) ?? -1;
    if (next > start) frequent += 1;
    return next;
  };
  let complete = false;
  try {
    const events = eventStreamDecoder({
      event: (name, data) => {
        decoder.event(name, data);
        if (decoder.complete) events.stop();
      },
      ...(fast ? { shortcut } : {}),
    });
    for (let at = 0; at < stream.length; at += Math.min(cut, stream.length))
      events.feed(stream.slice(at, at + cut));
    complete = decoder.complete || decoder.end(events.end());
  } catch (thrown) {
    error = thrown;
  }
  return { chunks, message: fold.whole, unknown, error, complete, frequent };
}

/** Events without names, one for each value, and the server's own end. */
export function chatStream(...values: readonly unknown[]): string {
  return values
    .map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`)
    .join('');
}

/** Events under the names of their types. */
export function namedStream(...values: readonly { readonly type: string }[]): string {
  return values.map((value) => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`).join('');
}
