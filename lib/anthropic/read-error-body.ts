import { attempt } from '../core/attempt.js';
import type { Secrets } from '../event-stream/secrets.js';

/** What an error says of itself, in the body of a response or in an event. */
export interface ErrorBody {
  readonly type?: string;
  readonly message?: string;
  readonly requestId?: string;
}

const MAX_NAME = 100;

/**
 * @internal The provider's name and message for an error, without secrets, wherever the API or a proxy puts them; of
 * what says neither, the text.
 */
export function readErrorBody(text: string, secrets: Secrets): ErrorBody {
  const body = record(attempt(() => JSON.parse(text) as unknown)) ?? {};
  let said = body;
  for (let inner = record(said['error']); inner !== undefined; inner = record(inner['error'])) {
    said = inner;
  }
  const read = (value: unknown) => (typeof value === 'string' ? secrets.scrub(value) : undefined);
  // That an event is an error is not what the error is called.
  const type = said['type'] === 'error' ? undefined : read(said['type'])?.slice(0, MAX_NAME);
  const message = read(said['message'] ?? said['error']);
  const requestId = read(body['request_id'])?.slice(0, MAX_NAME);
  const isSilent = type === undefined && message === undefined;
  return {
    ...(type === undefined ? {} : { type }),
    ...(message === undefined ? {} : { message }),
    ...(isSilent ? { message: secrets.scrub(text) } : {}),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
