import type { SchedulerLike } from 'rxjs';
import { refusal } from './bad-request.js';

/** A request of Node's `http` or `http2` whose body has not been read, as far as it is used. */
export interface NodeBody {
  readonly destroyed?: boolean;
  on(event: 'data', listener: (bytes: Uint8Array | string) => void): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  off(event: 'data', listener: (bytes: Uint8Array | string) => void): unknown;
  off(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  pause(): unknown;
}

export interface BodyLimits {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly scheduler: SchedulerLike;
}

/** @internal The bytes of a body, or a refusal once there are too many of them or they take too long: no more is read then. */
export function readNodeBody(body: NodeBody, limits: BodyLimits): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    const stop = () => {
      clock.unsubscribe();
      body.off('data', onData);
      body.off('end', onEnd);
      body.off('close', onCut);
    };
    const fail = (error: Error) => {
      stop();
      body.pause();
      reject(error);
    };
    const onData = (given: Uint8Array | string) => {
      const bytes = typeof given === 'string' ? new TextEncoder().encode(given) : given;
      size += bytes.byteLength;
      if (size > limits.maxBytes) fail(tooLarge(limits.maxBytes));
      else pieces.push(bytes);
    };
    const onEnd = () => {
      stop();
      resolve(pieces);
    };
    const onCut = () => {
      fail(refusal(400, 'the body was cut off'));
    };
    const clock = limits.scheduler.schedule(() => {
      fail(tooSlow(limits.timeoutMs));
    }, limits.timeoutMs);
    if (body.destroyed === true) {
      onCut();
      return;
    }
    body.on('end', onEnd);
    body.on('close', onCut);
    // It closes as well. An error without a listener would end the process.
    body.on('error', () => undefined);
    body.on('data', onData);
  });
}

/** @internal The same of a `Request`. */
export async function readFetchBody(
  body: ReadableStream<Uint8Array> | null,
  limits: BodyLimits,
): Promise<Uint8Array[]> {
  if (body === null) return [];
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  const { promise: late, reject } = withReject();
  const clock = limits.scheduler.schedule(() => {
    reject(tooSlow(limits.timeoutMs));
  }, limits.timeoutMs);
  try {
    for (;;) {
      const next = reader.read().catch((cause: unknown) => {
        throw refusal(400, 'the body was cut off', cause);
      });
      const { done, value } = await Promise.race([next, late]);
      if (done) return pieces;
      size += value.byteLength;
      if (size > limits.maxBytes) throw tooLarge(limits.maxBytes);
      pieces.push(value);
    }
  } catch (error) {
    reader.cancel(error).catch(() => undefined);
    throw error;
  } finally {
    clock.unsubscribe();
  }
}

function withReject() {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // Usually there is no awaiting caller any more.
  promise.catch(() => undefined);
  return { promise, reject };
}

/** @internal */
export function tooLarge(maxBytes: number): Error {
  return refusal(413, `the body is larger than ${maxBytes} bytes`);
}

function tooSlow(timeoutMs: number): Error {
  return refusal(408, `the body did not arrive within ${timeoutMs} ms`);
}
