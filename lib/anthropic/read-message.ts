import type { SchedulerLike, Subscriber } from 'rxjs';
import type { Gate } from '../core/gate.js';
import { ModelError } from '../errors/model-error.js';
import { drain } from '../event-stream/drain.js';
import { eventStreamDecoder } from '../event-stream/event-stream-decoder.js';
import { readText } from '../event-stream/read-text.js';
import { Watchdog } from '../event-stream/watchdog.js';
import type { AIMessageChunk } from '../messages/ai-message-chunk.js';
import type { AnthropicLimits, AnthropicTimeouts } from './anthropic-options.js';
import { MessageDecoder } from './message-decoder.js';
import type { Secrets } from './secrets.js';
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
  const { limits, timeouts, scheduler, secrets } = options;
  const reader = (response.body ?? new Blob().stream()).getReader();
  let emitted = false;
  let size = 0;
  /** Events with content so far: their clock is looked at once a read, not once an event. */
  let contents = 0;

  const message = new MessageDecoder(options.messageId, limits, (chunk) => {
    emitted = true;
    subscriber.next(chunk);
  });
  const events = eventStreamDecoder(
    {
      event: (name, data) => {
        const event = readWireEvent(name, data, secrets);
        if (event.kind === 'ping') return;
        contents += 1;
        if (event.kind === 'error') throw event.error;
        if (event.kind === 'unknown') options.tellUnknown(event.event);
        else message.add(event.event);
        if (message.complete) complete();
      },
      shortcut: (text, start, maxSize) => {
        const next = message.takeDelta(text, start, maxSize);
        if (next > start) contents += 1;
        return next;
      },
    },
    { maxEventSize: limits.event },
  );

  const complete = () => {
    stop();
    subscriber.complete();
  };
  const fail = (error: ModelError) => {
    stop();
    options.abort();
    error.emitted = emitted;
    subscriber.error(error);
  };
  const outOfTime = (phase: 'idle' | 'content', ms: number) => () => {
    fail(
      modelError('timeout', `no ${phase === 'idle' ? 'byte' : 'content'} for ${String(ms)} ms`, {
        phase,
        retryable: true,
      }),
    );
  };
  const idle = new Watchdog(timeouts.idle, scheduler, outOfTime('idle', timeouts.idle));
  const content = new Watchdog(timeouts.content, scheduler, outOfTime('content', timeouts.content));

  const stopReading = readText(reader, options.gate, {
    text: (text, bytes) => {
      size += bytes;
      if (size > limits.response) {
        throw modelError(
          'limit',
          `the response is larger than ${String(limits.response)} bytes. Raise limits.response`,
        );
      }
      const before = contents;
      events.feed(text);
      // Only now: what the consumer does with the chunks is no time of the server's.
      idle.touch();
      if (contents > before) content.touch();
    },
    end: () => {
      const rest = events.end();
      // The last event may lack its blank line; it may not lack anything else.
      if (rest !== undefined && isStop(rest.name, rest.data, secrets)) {
        message.add({ type: 'message_stop' });
        message.warn(
          'unterminated',
          'The stream ended without the blank line after its last event.',
        );
        complete();
      } else {
        fail(
          modelError('truncated', 'the stream ended before the message was complete', {
            retryable: true,
          }),
        );
      }
    },
    lost: (error) => {
      const { code } = ((error as { cause?: unknown }).cause ?? error) as { code?: unknown };
      const why = typeof code === 'string' ? ` (${code})` : '';
      fail(
        modelError('connection', `the connection was lost before the message was complete${why}`, {
          retryable: true,
          cause: secrets.asCause(error),
        }),
      );
    },
    error: (error) => {
      if (ModelError.is(error)) fail(error);
      else if (error instanceof RangeError)
        fail(
          modelError(
            'limit',
            `an event is larger than ${String(limits.event)} characters. Raise limits.event`,
          ),
        );
      else fail(modelError('bad_stream', 'the stream could not be read', { cause: error }));
    },
    paused: (paused) => {
      if (paused) stopClocks();
      else startClocks();
    },
  });
  const startClocks = () => {
    idle.run();
    content.run();
  };
  const stopClocks = () => {
    idle.stop();
    content.stop();
  };
  const stop = () => {
    stopClocks();
    events.stop();
    stopReading();
  };
  startClocks();

  return () => {
    stop();
    if (message.complete) drain(reader, scheduler, options.abort);
    else options.abort();
  };
}

function isStop(name: string, data: string, secrets: Secrets): boolean {
  try {
    const event = readWireEvent(name, data, secrets);
    return event.kind === 'message' && event.event.type === 'message_stop';
  } catch {
    return false;
  }
}
