import type { SchedulerLike, Subscriber } from 'rxjs';
import type { Gate } from '../../core/demand/gate.js';
import { ModelError } from '../../errors/model-error.js';
import { Watchdog } from '../../event-stream/watchdog.js';
import type { ProviderErrors } from '../../http/provider-errors.js';
import type { AIMessageChunk } from '../../messages/ai-message-chunk.js';
import type { PartDecoder } from './part-decoder.js';

/** How a stream of parts is read. */
export interface ReadPartsOptions {
  readonly decoder: (emit: (chunk: AIMessageChunk) => void) => PartDecoder;
  readonly errors: ProviderErrors;
  readonly toError: (error: unknown) => ModelError;
  readonly gate: Gate | undefined;
  readonly timeouts: { readonly idle: number; readonly content: number };
  readonly scheduler: SchedulerLike;
  /** Aborts the call that the stream is of. */
  readonly abort: () => void;
}

/**
 * @internal Reads a stream of parts, one at a time and only while the gate is open, and emits the chunks of its message.
 * Returns a function that stops reading: it cancels the stream, and aborts the call unless it is over.
 */
export function readParts(
  stream: ReadableStream<unknown>,
  subscriber: Subscriber<AIMessageChunk>,
  options: ReadPartsOptions,
): () => void {
  const { errors, gate, timeouts, scheduler, toError, abort } = options;
  const reader = stream.getReader();
  let emitted = false;
  let stopped = false;
  let takeBack: (() => void) | undefined;
  const decoder = options.decoder((chunk) => {
    emitted = true;
    subscriber.next(chunk);
  });

  const fail = (error: ModelError): void => {
    if (isStopped()) return;
    stop();
    error.emitted = emitted;
    subscriber.error(error);
  };
  const late = (phase: 'idle' | 'content', what: string) => () => {
    const ms = String(timeouts[phase]);
    fail(errors.fail('timeout', `no ${what} for ${ms} ms`, { phase, retryable: true }));
  };
  const idle = new Watchdog(timeouts.idle, scheduler, late('idle', 'part'));
  const content = new Watchdog(timeouts.content, scheduler, late('content', 'content'));
  const clocks = (run: boolean): void => {
    for (const clock of [idle, content])
      if (run) clock.run();
      else clock.stop();
  };
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    clocks(false);
    takeBack?.();
    if (!decoder.complete) abort();
    // Whether it can still be cancelled interests nobody any more.
    reader.cancel('left').catch(() => undefined);
  };
  const onRead = ({ done, value }: ReadableStreamReadResult<unknown>): void => {
    if (stopped) return;
    if (done) {
      const cut = 'the stream ended before the message was complete';
      fail(errors.fail('truncated', cut, { retryable: true }));
      return;
    }
    const isContent = decoder.part(value);
    if (isStopped()) return;
    if (decoder.complete) {
      stop();
      subscriber.complete();
      return;
    }
    // Time in which the consumer handles chunks is not the model's.
    idle.touch();
    if (isContent) content.touch();
    readOn();
  };
  const read = (): void => {
    reader
      .read()
      .then(onRead)
      .catch((error: unknown) => {
        fail(toError(error));
      });
  };
  const readOn = (): void => {
    if (gate?.closed !== true) {
      read();
      return;
    }
    clocks(false);
    takeBack = gate.onOpen(() => {
      clocks(true);
      read();
    });
  };
  // A subscriber may stop it: the flag is read anew after each call.
  const isStopped = () => stopped;

  gate?.heed();
  clocks(true);
  readOn();
  return stop;
}
