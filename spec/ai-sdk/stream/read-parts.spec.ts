import { setTimeout as wait } from 'node:timers/promises';
import { asyncScheduler, Observable } from 'rxjs';
import { AI_SDK_ERRORS } from '../../../lib/ai-sdk/internal/errors';
import { toModelError } from '../../../lib/ai-sdk/internal/to-model-error';
import { PartDecoder } from '../../../lib/ai-sdk/stream/part-decoder';
import { readParts } from '../../../lib/ai-sdk/stream/read-parts';
import type { Gate } from '../../../lib/core/demand/gate';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { Secrets } from '../../../lib/http/secrets';
import type { AIMessageChunk } from '../../../lib/messages/ai-message-chunk';
import { decoderContext } from '../../support/decode-stream';
import { partsOf, sdkModel } from '../../support/sdk-parts';

const errors = new ProviderErrors('acme', AI_SDK_ERRORS);
const toError = (error: unknown) => toModelError(error, { errors, secrets: new Secrets() });

/** Reads parts, and says what became of it. */
async function reading(
  parts: readonly unknown[],
  { open = false, gate, idle = 10_000 }: { open?: boolean; gate?: Gate; idle?: number } = {},
) {
  const model = sdkModel([parts], { open });
  const { stream } = await model.doStream({} as never);
  const seen: unknown[] = [];
  const abort = jest.fn();
  const chunks$ = new Observable<AIMessageChunk>((subscriber) =>
    readParts(stream, subscriber, {
      decoder: (emit) =>
        new PartDecoder({ ...decoderContext({ emit }), failed: toError, raw: () => undefined }),
      errors,
      toError,
      gate,
      timeouts: { idle, content: 10_000 },
      scheduler: asyncScheduler,
      abort,
    }),
  );
  const subscription = chunks$.subscribe({
    next: ({ text }) => seen.push(text),
    error: (error: unknown) => seen.push(error),
    complete: () => seen.push('complete'),
  });
  await wait(20);
  return { seen, abort, subscription, call: model.calls[0]! };
}

const parts = partsOf({ text: ['a', 'b'] });

describe('readParts', () => {
  it('reads to the finish, completes and cancels what is left', async () => {
    const { seen, abort, call } = await reading([
      ...parts,
      { type: 'text-delta', id: '9', delta: 'x' },
    ]);
    expect(seen).toEqual(['', 'a', 'b', '', 'complete']);
    expect([call.pulled, call.cancelled, abort.mock.calls.length]).toEqual([parts.length, true, 0]);
  });

  it.each<[string, unknown, object]>([
    ['an error part', { type: 'error', error: 'x' }, { code: 'server_error', emitted: true }],
    ['a stream that breaks', new TypeError('terminated'), { code: 'connection' }],
  ])('errors by %s, aborts and reads no further', async (_, last, error) => {
    const { seen, abort, call } = await reading([...parts.slice(0, 4), last, ...parts]);
    expect(seen.slice(0, -1)).toEqual(['', 'a']);
    expect(seen.at(-1)).toMatchObject(error);
    expect([call.pulled, abort.mock.calls.length]).toEqual([5, 1]);
  });

  it('errors where the stream ends before the finish, and where it says nothing for too long', async () => {
    expect((await reading(parts.slice(0, 4))).seen.at(-1)).toMatchObject({ code: 'truncated' });
    const { seen, abort, call } = await reading(parts.slice(0, 4), { open: true, idle: 5 });
    await wait(50);
    expect(seen.at(-1)).toMatchObject({ code: 'timeout', phase: 'idle' });
    expect([abort.mock.calls.length, call.cancelled]).toEqual([1, true]);
  });

  it('cancels and aborts at once when it is unsubscribed', async () => {
    const { abort, call, subscription } = await reading(parts.slice(0, 4), { open: true });
    subscription.unsubscribe();
    expect([call.cancelled, abort.mock.calls.length]).toEqual([true, 1]);
  });

  it('reads only while the gate is open, one part at a time', async () => {
    let reopen: (() => void) | undefined;
    const gate = {
      closed: true,
      heed: jest.fn(),
      onOpen: (callback: () => void) => {
        reopen = callback;
        return () => undefined;
      },
    };
    const { call, seen } = await reading(parts, { gate, idle: 1 });
    expect([gate.heed.mock.calls.length, call.pulled, seen]).toEqual([1, 0, []]);
    reopen?.();
    await wait(1);
    expect(call.pulled).toBe(1);
  });
});
