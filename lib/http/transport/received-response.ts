import type { ByteSource } from '../../event-stream/byte-source.js';

/** A response as rxlm reads it, whichever client has sent its request. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  readonly body: ByteSource;
}

/** @internal Whether it is one of rxlm's own: a response of `fetch` has a stream for its body. */
export function isReceived(response: object): response is ReceivedResponse {
  const body: unknown = (response as { readonly body?: unknown }).body;
  return typeof body === 'object' && body !== null && 'pipe' in body && !('on' in body);
}
