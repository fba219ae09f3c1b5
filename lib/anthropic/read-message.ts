import type { SchedulerLike, Subscriber } from 'rxjs';
import type { Gate } from '../core/gate.js';
import { ModelError } from '../errors/model-error.js';
import { drain } from '../event-stream/drain.js';
import {
  type EventStreamDecoder,
  eventStreamDecoder,
} from '../event-stream/event-stream-decoder.js';
import type { EventStreamHandlers } from '../event-stream/event-stream-handlers.js';
import { readText, type ReadTextHandlers } from '../event-stream/read-text.js';
import { Watchdog } from '../event-stream/watchdog.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { AnthropicLimits, AnthropicTimeouts } from './anthropic-options.js';
import { MessageDecoder } from './message-decoder.js';
import type { Secrets } from '../event-stream/secrets.js';
import { safeCause } from './safe-cause.js';
import { modelError } from './to-model-error.js';
import { readWireEvent } from './read-wire-event.js';

export interface ReadMessageOptions {
  /** The id that every chunk carries. */
  readonly messageId: string;
  readonly limits: Readonly<Record<keyof AnthropicLimits, number>>;
  readonly timeouts: Readonly<Record<keyof AnthropicTimeouts, number>>;
  readonly scheduler: SchedulerLike;
  readonly gate: Gate | undefined;
  readonly secrets: Secrets;
  /** Told what the provider says that is no part of the message. */
  readonly tellUnknown: (event: unknown) => void;
  /** Closes the connection. */
  readonly abort: () => void;
}

/**
 * @internal Reads a response into the chunks of its message and completes when the provider says that it is complete.
 * Gives what lets the response go: a finished one may end by itself for a moment, any other is closed at once.
 */
export function readMessage(
  response: Response,
  subscriber: Subscriber<AIMessageChunk>,
  options: ReadMessageOptions,
): () => void {
  const reading = new Reading(response, subscriber, options);
  return () => {
    reading.letGo();
  };
}

/** A class, where closures would do: a thousand streams that wait have a thousand of everything. */
class Reading implements EventStreamHandlers, ReadTextHandlers {
  private readonly subscriber: Subscriber<AIMessageChunk>;
  private readonly options: ReadMessageOptions;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly message: MessageDecoder;
  private readonly events: EventStreamDecoder;
  private readonly idle: Watchdog;
  private readonly content: Watchdog;
  private readonly stopReading: () => void;
  private emitted = false;
  private size = 0;
  /** Events with content so far: their clock is looked at once a read, not once an event. */
  private contents = 0;

  constructor(
    response: Response,
    subscriber: Subscriber<AIMessageChunk>,
    options: ReadMessageOptions,
  ) {
    const { messageId, limits, timeouts, scheduler, gate } = options;
    this.subscriber = subscriber;
    this.options = options;
    this.reader = (response.body ?? new Blob().stream()).getReader();
    this.message = new MessageDecoder(messageId, limits, (chunk) => {
      this.emitted = true;
      subscriber.next(chunk);
    });
    this.events = eventStreamDecoder(this, { maxEventSize: limits.event });
    this.idle = new Watchdog(timeouts.idle, scheduler, () => {
      this.outOfTime('idle', 'byte');
    });
    this.content = new Watchdog(timeouts.content, scheduler, () => {
      this.outOfTime('content', 'content');
    });
    // Before the reading, which may be told at once to wait.
    this.paused(false);
    this.stopReading = readText(this.reader, gate, this);
  }

  letGo(): void {
    this.stop();
    const { scheduler, abort } = this.options;
    if (this.message.complete) drain(this.reader, scheduler, abort);
    else abort();
  }

  event(name: string, data: string): void {
    const event = readWireEvent(name, data, this.options.secrets);
    if (event.kind === 'ping') return;
    this.contents += 1;
    if (event.kind === 'error') throw event.error;
    if (event.kind === 'unknown') this.options.tellUnknown(event.event);
    else this.message.add(event.event);
    if (this.message.complete) this.complete();
  }

  shortcut(text: string, start: number, maxSize: number): number {
    const next = this.message.takeDelta(text, start, maxSize);
    if (next > start) this.contents += 1;
    return next;
  }

  text(text: string, bytes: number): void {
    const { limits } = this.options;
    this.size += bytes;
    if (this.size > limits.response) {
      throw modelError(
        'limit',
        `the response is larger than ${String(limits.response)} bytes. Raise limits.response`,
      );
    }
    const before = this.contents;
    this.events.feed(text);
    // Only now: what the consumer does with the chunks is no time of the server's.
    this.idle.touch();
    if (this.contents > before) this.content.touch();
  }

  end(): void {
    const rest = this.events.end();
    // The last event may lack its blank line; it may not lack anything else.
    if (rest !== undefined && isStop(rest.name, rest.data, this.options.secrets)) {
      this.message.add({ type: 'message_stop' });
      this.message.warn(
        'unterminated',
        'The stream ended without the blank line after its last event.',
      );
      this.complete();
    } else {
      this.fail(
        modelError('truncated', 'the stream ended before the message was complete', {
          retryable: true,
        }),
      );
    }
  }

  lost(error: unknown): void {
    const { code } = ((error as { cause?: unknown }).cause ?? error) as { code?: unknown };
    const why = typeof code === 'string' ? ` (${code})` : '';
    this.fail(
      modelError('connection', `the connection was lost before the message was complete${why}`, {
        retryable: true,
        cause: safeCause(error, this.options.secrets),
      }),
    );
  }

  error(error: unknown): void {
    if (ModelError.is(error)) this.fail(error);
    else if (error instanceof RangeError)
      this.fail(
        modelError(
          'limit',
          `an event is larger than ${String(this.options.limits.event)} characters. Raise limits.event`,
        ),
      );
    else this.fail(modelError('bad_stream', 'the stream could not be read', { cause: error }));
  }

  /** Time in which the consumer is waited for is no time of the server's. */
  paused(paused: boolean): void {
    if (paused) {
      this.idle.stop();
      this.content.stop();
    } else {
      this.idle.run();
      this.content.run();
    }
  }

  private outOfTime(phase: 'idle' | 'content', what: string): void {
    const ms = String(this.options.timeouts[phase]);
    this.fail(modelError('timeout', `no ${what} for ${ms} ms`, { phase, retryable: true }));
  }

  private complete(): void {
    this.stop();
    this.subscriber.complete();
  }

  private fail(error: ModelError): void {
    this.stop();
    this.options.abort();
    error.emitted = this.emitted;
    this.subscriber.error(error);
  }

  private stop(): void {
    this.paused(true);
    this.events.stop();
    this.stopReading();
  }
}

function isStop(name: string, data: string, secrets: Secrets): boolean {
  try {
    const event = readWireEvent(name, data, secrets);
    return event.kind === 'message' && event.event.type === 'message_stop';
  } catch {
    return false;
  }
}
