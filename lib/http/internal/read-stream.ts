import type { SchedulerLike, Subscriber } from 'rxjs';
import type { Gate } from '../../core/demand/gate.js';
import { ModelError } from '../../errors/model-error.js';
import { RxlmError } from '../../errors/rxlm-error.js';
import type { ByteSource } from '../../event-stream/byte-source.js';
import { finishBody } from '../../event-stream/finish-body.js';
import {
  type EventStreamDecoder,
  eventStreamDecoder,
} from '../../event-stream/event-stream-decoder.js';
import type { EventStreamHandlers } from '../../event-stream/event-stream-handlers.js';
import { readText, type ReadTextHandlers } from '../../event-stream/read-text.js';
import type { Secrets } from '../secrets.js';
import { Watchdog } from '../../event-stream/watchdog.js';
import { BareError } from './bare-error.js';
import type { ReceivedResponse } from '../transport/received-response.js';
import { safeCause } from './safe-cause.js';
import type { KnownSettings } from '../call-settings.js';
import type { ProviderErrors } from '../provider-errors.js';
import type { StreamDecoder } from '../decoder/stream-decoder.js';

export interface ReadStreamOptions<T> {
  /** The decoder of the answer, whose values go to `emit`. */
  readonly decoder: (emit: (value: T) => void) => StreamDecoder;
  readonly errors: Pick<ProviderErrors, 'fail'>;
  /** What takes the body apart; by default the decoder of server-sent events. */
  readonly events?: (handlers: EventStreamHandlers, maxEventSize: number) => EventStreamDecoder;
  /** The error of a bare line of JSON in an event stream. */
  readonly reported?: (frame: unknown) => ModelError;
  readonly limits: Pick<KnownSettings['limits'], 'event' | 'response'>;
  readonly timeouts: Pick<KnownSettings['timeouts'], 'idle' | 'content'>;
  readonly scheduler: SchedulerLike;
  readonly gate: Gate | undefined;
  readonly secrets: Secrets;
  /** Closes the connection. */
  readonly abort: () => void;
}

/**
 * @internal Reads the event stream of a response by a decoder, and completes when that says that the answer is complete.
 * Returns a function that releases the response: a complete one may end by itself for a moment, any other is closed.
 */
export function readStream<T>(
  response: Pick<ReceivedResponse, 'body'>,
  subscriber: Subscriber<T>,
  options: ReadStreamOptions<T>,
): () => void {
  const reading = new Reading(response.body, subscriber, options);
  return () => {
    reading.release();
  };
}

/** A class instead of closures: a thousand waiting streams have a thousand of each. */
class Reading<T> implements EventStreamHandlers, ReadTextHandlers {
  readonly shortcut?: (text: string, start: number, maxSize: number) => number;
  readonly #subscriber: Subscriber<T>;
  readonly #options: ReadStreamOptions<T>;
  readonly #body: ByteSource;
  readonly #decoder: StreamDecoder;
  readonly #events: EventStreamDecoder;
  readonly #idle: Watchdog;
  readonly #content: Watchdog;
  readonly #stopReading: () => void;
  readonly #bare: BareError | undefined;
  #emitted = false;
  #size = 0;
  /** Events with content so far: their clock is touched once a read, not once an event. */
  #contents = 0;

  constructor(body: ByteSource, subscriber: Subscriber<T>, options: ReadStreamOptions<T>) {
    const { limits, timeouts, scheduler, gate } = options;
    this.#subscriber = subscriber;
    this.#options = options;
    this.#body = body;
    const decoder = options.decoder((value) => {
      this.#emitted = true;
      subscriber.next(value);
    });
    this.#decoder = decoder;
    if (decoder.frequent !== undefined)
      this.shortcut = (text, start, maxSize) => {
        const next = decoder.frequent?.(text, start, maxSize) ?? -1;
        if (next > start) this.#contents += 1;
        return next;
      };
    this.#events = options.events
      ? options.events(this, limits.event)
      : eventStreamDecoder(this, { maxEventSize: limits.event });
    if (options.reported !== undefined && options.events === undefined)
      this.#bare = new BareError();
    this.#idle = new Watchdog(timeouts.idle, scheduler, () => {
      this.#outOfTime('idle', 'byte');
    });
    this.#content = new Watchdog(timeouts.content, scheduler, () => {
      this.#outOfTime('content', 'content');
    });
    // Before the reading, which the gate may pause at once.
    this.paused(false);
    this.#stopReading = readText(this.#body, gate, this);
  }

  release(): void {
    this.#stop();
    const { scheduler, abort } = this.#options;
    if (this.#decoder.complete) finishBody(this.#body, scheduler, abort);
    else abort();
  }

  event(name: string, data: string, id: string): void {
    if (this.#decoder.event(name, data, id)) this.#contents += 1;
    if (this.#decoder.complete) this.#complete();
  }

  text(text: string, bytes: number): void {
    const { limits, errors } = this.#options;
    this.#size += bytes;
    if (this.#size > limits.response)
      throw errors.fail(
        'limit',
        `the response is larger than ${String(limits.response)} bytes. Raise limits.response`,
      );
    const before = this.#contents;
    this.#bare?.add(text);
    this.#events.feed(text);
    // Only now: time in which the consumer handles chunks is not the server's.
    this.#idle.touch();
    if (this.#contents > before) this.#content.touch();
  }

  end(): void {
    const { errors, reported } = this.#options;
    const error = this.#bare?.found;
    if (error !== undefined && reported !== undefined) this.#fail(reported(error));
    else if (this.#decoder.end(this.#events.end())) this.#complete();
    else
      this.#fail(
        errors.fail('truncated', 'the stream ended before the message was complete', {
          retryable: true,
        }),
      );
  }

  lost(error: unknown): void {
    const { errors, secrets } = this.#options;
    const { code } = ((error as { cause?: unknown }).cause ?? error) as { code?: unknown };
    const why = typeof code === 'string' ? ` (${code})` : '';
    this.#fail(
      errors.fail('connection', `the connection was lost before the message was complete${why}`, {
        retryable: true,
        cause: safeCause(error, secrets),
      }),
    );
  }

  error(error: unknown): void {
    const { errors, limits } = this.#options;
    if (RxlmError.is(error)) this.#fail(error);
    else if (error instanceof RangeError)
      this.#fail(
        errors.fail(
          'limit',
          `an event is larger than ${String(limits.event)} characters. Raise limits.event`,
        ),
      );
    else this.#fail(errors.fail('bad_stream', 'the stream could not be read', { cause: error }));
  }

  /** Time in which the consumer keeps the reading waiting is not the server's. */
  paused(paused: boolean): void {
    if (paused) {
      this.#idle.stop();
      this.#content.stop();
    } else {
      this.#idle.run();
      this.#content.run();
    }
  }

  #outOfTime(phase: 'idle' | 'content', what: string): void {
    const { errors, timeouts } = this.#options;
    const ms = String(timeouts[phase]);
    this.#fail(errors.fail('timeout', `no ${what} for ${ms} ms`, { phase, retryable: true }));
  }

  #complete(): void {
    this.#stop();
    this.#subscriber.complete();
  }

  #fail(error: RxlmError): void {
    this.#stop();
    this.#options.abort();
    if (ModelError.is(error)) error.emitted = this.#emitted;
    this.#subscriber.error(error);
  }

  #stop(): void {
    this.paused(true);
    this.#events.stop();
    this.#stopReading();
  }
}
