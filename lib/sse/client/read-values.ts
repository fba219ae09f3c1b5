import type { SchedulerLike, Subscriber } from 'rxjs';
import type { Gate } from '../../core/demand/gate.js';
import type { StreamDecoder } from '../../http/decoder/stream-decoder.js';
import { readStream } from '../../http/internal/read-stream.js';
import type { ReceivedResponse } from '../../http/transport/received-response.js';
import type { Secrets } from '../../http/secrets.js';
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
  /** Called with the id of each value, before it is emitted. */
  readonly onId?: ((id: string) => void) | undefined;
}

/**
 * @internal Reads a response into the values of its frames, and completes with `event: end`. Every other end is an error:
 * what `event: error` reports, or `truncated`. Returns a function that releases the response.
 */
export function readValues(
  response: Pick<ReceivedResponse, 'body'>,
  subscriber: Subscriber<unknown>,
  { idleMs, ...options }: ReadValuesOptions,
): () => void {
  return readStream(response, subscriber, {
    ...options,
    decoder: (emit) => new ValueDecoder(emit, options),
    errors: { fail: remoteError },
    timeouts: { idle: idleMs, content: Infinity },
  });
}

class ValueDecoder implements StreamDecoder {
  complete = false;
  readonly #emit: (value: unknown) => void;
  readonly #secrets: Secrets;
  readonly #onId: ReadValuesOptions['onId'];

  constructor(
    emit: (value: unknown) => void,
    { secrets, onId }: Pick<ReadValuesOptions, 'secrets' | 'onId'>,
  ) {
    this.#emit = emit;
    this.#secrets = secrets;
    this.#onId = onId;
  }

  event(name: string, data: string, id = ''): boolean {
    if (name === 'error') throw reviveError(parse(data), this.#secrets);
    if (name === 'end') this.complete = true;
    else {
      const value = revive(parse(data));
      this.#onId?.(id);
      this.#emit(value);
    }
    return true;
  }

  end(): boolean {
    return this.complete;
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    throw remoteError('bad_stream', 'an event is no valid JSON');
  }
}
