import type { SchedulerLike, Subscriber } from 'rxjs';
import type { Gate } from '../core/gate.js';
import { RxlmError } from '../errors/rxlm-error.js';
import { finishBody } from '../event-stream/finish-body.js';
import { eventStreamDecoder } from '../event-stream/event-stream-decoder.js';
import { readText } from '../event-stream/read-text.js';
import type { Secrets } from '../http/secrets.js';
import { Watchdog } from '../event-stream/watchdog.js';
import { remoteError, reviveError } from './remote-error.js';
import { revive } from './revive.js';

export interface ReadValuesOptions {
  readonly limits: { readonly event: number; readonly response: number };
  readonly idleMs: number;
  readonly scheduler: SchedulerLike;
  readonly gate: Gate | undefined;
  /** Closes the connection. */
  readonly abort: () => void;
  /** What no error may show. */
  readonly secrets: Secrets;
}

/**
 * @internal Reads a response into the values of its frames, and completes with `event: end`. Every other end is an error:
 * what `event: error` tells, or `truncated`. Gives what lets the response go.
 */
export function readValues(
  response: Response,
  subscriber: Subscriber<unknown>,
  { limits, idleMs, scheduler, gate, abort, secrets }: ReadValuesOptions,
): () => void {
  const reader = (response.body ?? new Blob().stream()).getReader();
  let size = 0;
  let complete = false;

  const stop = () => {
    idle.stop();
    events.stop();
    stopReading();
  };
  const fail = (error: RxlmError) => {
    stop();
    abort();
    subscriber.error(error);
  };
  const events = eventStreamDecoder(
    {
      event: (name, data) => {
        if (name === 'error') throw reviveError(parse(data), secrets);
        if (name !== 'end') {
          subscriber.next(revive(parse(data)));
          return;
        }
        complete = true;
        stop();
        subscriber.complete();
      },
    },
    { maxEventSize: limits.event },
  );
  const idle = new Watchdog(idleMs, scheduler, () => {
    fail(
      remoteError('timeout', `no byte for ${String(idleMs)} ms`, {
        phase: 'idle',
        retryable: true,
      }),
    );
  });
  // Before the reading, which may be told at once to wait.
  idle.run();
  const stopReading = readText(reader, gate, {
    text: (text, bytes) => {
      size += bytes;
      if (size > limits.response)
        throw remoteError(
          'limit',
          `the response is larger than ${String(limits.response)} bytes. Raise limits.response`,
        );
      events.feed(text);
      idle.touch();
    },
    end: () => {
      fail(
        remoteError('truncated', 'the stream ended before the run was complete', {
          retryable: true,
        }),
      );
    },
    lost: () => {
      fail(remoteError('connection', 'the connection was lost', { retryable: true }));
    },
    error: (error) => {
      if (RxlmError.is(error)) fail(error);
      else if (error instanceof RangeError)
        fail(
          remoteError(
            'limit',
            `an event is larger than ${String(limits.event)} characters. Raise limits.event`,
          ),
        );
      else fail(remoteError('bad_stream', 'the stream could not be read'));
    },
    paused: (paused) => {
      if (paused) idle.stop();
      else idle.run();
    },
  });

  return () => {
    stop();
    if (complete) finishBody(reader, scheduler, abort);
    else abort();
  };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    throw remoteError('bad_stream', 'an event is no valid JSON');
  }
}
