import type { ModelError, ModelErrorCode, ModelErrorOptions } from '../../errors/model-error.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';

/** What a decoder gets from the call that it decodes the answer of. */
export interface DecoderContext {
  /** The id that every chunk carries. */
  readonly messageId: string;
  /** The provider's name, as in `ls_provider`. */
  readonly provider: string;
  /** Limits for the arguments of a tool call: characters of its JSON, and how deep it nests. */
  readonly limits: { readonly toolJson: number; readonly toolJsonDepth: number };
  /** Emits a chunk of the message, synchronously. */
  readonly emit: (chunk: AIMessageChunk) => void;
  /** Makes an error of this call, e.g. `bad_stream`. The decoder throws it. */
  readonly fail: (
    code: ModelErrorCode,
    message: string,
    options?: Partial<ModelErrorOptions>,
  ) => ModelError;
  /** Makes the error that a frame of the stream reports, by the provider's table of errors. The decoder throws it. */
  readonly reported: (frame: unknown) => ModelError;
  /** A value of the wire without the secrets of the call: for all that is not the model's own content. */
  readonly scrub: (value: unknown) => unknown;
  /** Reports an event that is no part of the message: `on_custom_event` named `provider_event`. */
  readonly unknown: (event: unknown) => void;
}

/**
 * Decodes the events of one answer into the chunks of its message, which it emits by its context.
 *
 * It knows one thing that nobody else does: what proves that the message is complete.
 */
export interface StreamDecoder {
  /** Whether the message is proven complete and nothing more has to be read. */
  readonly complete: boolean;
  /**
   * Decodes one event. `name` is `message` where the stream gives none; `data` is its text, `id` the last one that the stream gave. Throws a `ModelError` for a
   * broken stream or a reported error. Returns `false` for a sign of life that is no content.
   */
  event(name: string, data: string, id?: string): boolean;
  /**
   * Decodes the event at `start` of `text` by its exact bytes, if it is a frequent one and not longer than `maxSize`.
   * Returns where the next event begins; -1 leaves it to `event`.
   */
  frequent?(text: string, start: number, maxSize: number): number;
  /**
   * The body has ended. `rest` is an event that lacks its blank line. Returns whether the message is complete; if not, the
   * call fails with `truncated`.
   */
  end(rest: { readonly name: string; readonly data: string } | undefined): boolean;
}
