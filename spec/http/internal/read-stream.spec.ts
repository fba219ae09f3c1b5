import { asyncScheduler, Observable, type Subscriber, VirtualTimeScheduler } from 'rxjs';
import { type AIMessageChunk, ModelError } from 'rxlm';
import { AnthropicStream } from '../../../lib/anthropic/stream/anthropic-stream';
import { ANTHROPIC_ERRORS } from '../../../lib/anthropic/internal/errors';
import { readSettings } from '../../../lib/http/call-settings';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { readStream, type ReadStreamOptions } from '../../../lib/http/internal/read-stream';
import { readReportedError } from '../../../lib/http/internal/reported-error';
import { scrubValue } from '../../../lib/http/internal/scrub-value';
import { Secrets } from '../../../lib/http/secrets';
import { encodeFrame } from '../../../lib/testing/http/frame';
import { seededRandom } from '../../../lib/testing/http/seeded-random';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer';
import { received } from '../../support/received';
import type { ReceivedResponse } from '../../../lib/http/transport/received-response';
import type { WireEvent } from '../../../lib/testing/anthropic/wire-event';

const random = seededRandom();
const textOf = (events: readonly WireEvent[]) =>
  events.map((event) => new TextDecoder().decode(encodeFrame(event, random))).join('');
const whole = textOf(GOOD);

/** A body that gives its pieces and then ends, or stays open. */
function bodyOf(pieces: readonly (string | Uint8Array)[], open = false): ReceivedResponse {
  let index = 0;
  const encoder = new TextEncoder();
  return received(
    new Response(
      new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = pieces[index];
          index += 1;
          if (piece !== undefined)
            controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
          else if (!open) controller.close();
        },
      }),
    ),
  );
}

const { limits: LIMITS, timeouts: TIMEOUTS } = readSettings({});
const errors = new ProviderErrors('anthropic', ANTHROPIC_ERRORS);

function read(
  response: ReceivedResponse,
  {
    onUnknown,
    ...options
  }: Partial<ReadStreamOptions<AIMessageChunk>> & { onUnknown?: () => void } = {},
) {
  const abort = jest.fn();
  const unknown: unknown[] = [];
  const secrets = options.secrets ?? new Secrets();
  const message$ = new Observable<AIMessageChunk>((subscriber: Subscriber<AIMessageChunk>) =>
    readStream(response, subscriber, {
      decoder: (emit) =>
        new AnthropicStream({
          messageId: 'run-1',
          provider: 'anthropic',
          limits: LIMITS,
          emit,
          fail: errors.fail,
          reported: (frame) => errors.reported(readReportedError(frame, secrets)),
          scrub: (value) => scrubValue(value, secrets),
          unknown: (event) => {
            unknown.push(event);
            onUnknown?.();
          },
        }),
      errors,
      limits: LIMITS,
      timeouts: TIMEOUTS,
      scheduler: asyncScheduler,
      gate: undefined,
      secrets,
      abort,
      ...options,
    }),
  );
  const text: string[] = [];
  const warnings: unknown[] = [];
  const done = new Promise<ModelError | 'complete'>((resolve) => {
    message$.subscribe({
      next: (chunk) => {
        text.push(chunk.text);
        warnings.push(...(chunk.response_metadata.warnings ?? []));
      },
      error: (error: unknown) => {
        if (ModelError.is(error)) resolve(error);
      },
      complete: () => {
        resolve('complete');
      },
    });
  });
  return { done, text, warnings, unknown, abort };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('readStream', () => {
  it('[19][25] waits where the consumer is busy from the beginning, and no clock runs meanwhile', () => {
    const scheduler = new VirtualTimeScheduler();
    const gate = { closed: true, heed: () => undefined, onOpen: () => () => undefined };
    const { abort } = read(bodyOf([whole]), { gate, scheduler });
    scheduler.flush();
    expect(scheduler.now()).toBe(0);
    expect(abort).not.toHaveBeenCalled();
  });

  it('gives the message of a body, in one piece or byte by byte', async () => {
    const bytes = new TextEncoder().encode(whole);
    for (const pieces of [[whole], Array.from(bytes, (byte) => new Uint8Array([byte]))]) {
      const { done, text } = read(bodyOf(pieces));
      expect(await done).toBe('complete');
      expect(text.join('')).toBe('Hello wörld 🌍👩‍🚀!');
    }
  });

  it('[5] takes every cut for truncated, with exactly what came before it', async () => {
    const bytes = new TextEncoder().encode(whole);
    const lengths = { last: 0 };
    for (let cut = 0; cut < bytes.length - 2; cut += 1) {
      const { done, text } = read(bodyOf([bytes.slice(0, cut)]));
      const error = await done;
      expect([cut, error]).toEqual([
        cut,
        expect.objectContaining({ code: 'truncated', emitted: text.length > 0 }),
      ]);
      const shown = text.join('');
      expect('Hello wörld 🌍👩‍🚀!'.startsWith(shown)).toBe(true);
      expect(shown.length).toBeGreaterThanOrEqual(lengths.last);
      lengths.last = shown.length;
    }
  });

  it('T006: takes a last event that lacks only its blank line, with a warning', async () => {
    const { done, warnings } = read(bodyOf([whole.trimEnd()]));
    expect(await done).toBe('complete');
    expect(warnings).toEqual([{ code: 'unterminated', message: expect.any(String) as string }]);
  });

  it('[22] reports what it does not know, and reads on', async () => {
    const odd = 'event: future\ndata: {"type":"future"}\n\nevent: other\ndata: no JSON\n\n';
    const { done, text, unknown } = read(bodyOf([odd, whole]));
    expect(await done).toBe('complete');
    expect(text.join('')).toBe('Hello wörld 🌍👩‍🚀!');
    expect(unknown).toEqual([{ type: 'future' }, 'no JSON']);
  });

  it('[27] limits one event and one response', async () => {
    const event = await read(bodyOf([whole]), { limits: { ...LIMITS, event: 100 } }).done;
    expect(event).toMatchObject({
      code: 'limit',
      message: expect.stringContaining('limits.event') as string,
    });
    const response = await read(bodyOf([whole]), { limits: { ...LIMITS, response: 100 } }).done;
    expect(response).toMatchObject({
      code: 'limit',
      message: expect.stringContaining('limits.response') as string,
    });
  });

  it.each(['idle', 'content'] as const)(
    '[20] [25] errors when the %s clock runs out',
    async (phase) => {
      const scheduler = new VirtualTimeScheduler();
      const timeouts = { ...TIMEOUTS, idle: Infinity, content: Infinity, [phase]: 500 };
      const { done, abort } = read(bodyOf([whole.slice(0, 400)], true), { scheduler, timeouts });
      await settled();
      expect(abort).not.toHaveBeenCalled();
      scheduler.flush();
      expect(await done).toMatchObject({ code: 'timeout', phase, retryable: true });
      expect(scheduler.now()).toBe(500);
      expect(abort).toHaveBeenCalled();
    },
  );

  it('[24] completes though the body stays open, and closes it soon after', async () => {
    const scheduler = new VirtualTimeScheduler();
    const { done, abort } = read(bodyOf([whole], true), {
      scheduler,
      timeouts: { ...TIMEOUTS, idle: Infinity, content: Infinity },
    });
    expect(await done).toBe('complete');
    expect(abort).not.toHaveBeenCalled();
    scheduler.flush();
    expect(abort).toHaveBeenCalledTimes(1);
  });

  it('says that a connection was lost, and with which code', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(
          Object.assign(new TypeError('terminated'), { cause: { code: 'ECONNRESET' } }),
        );
      },
    });
    expect(await read(received(new Response(broken))).done).toMatchObject({
      code: 'connection',
      retryable: true,
      message: expect.stringContaining('ECONNRESET') as string,
    });
  });

  it('[5] takes a message_stop alone for no message, with or without its blank line', async () => {
    for (const end of ['', '\n\n']) {
      const { done, text } = read(bodyOf([`data: {"type":"message_stop"}${end}`]));
      expect(await done).toMatchObject({ code: 'bad_stream', emitted: false });
      expect(text).toEqual([]);
    }
  });

  it('[25] does not count what the consumer takes for the chunks of one read', async () => {
    const scheduler = new VirtualTimeScheduler();
    const idle = { ...TIMEOUTS, idle: 500, content: Infinity };
    const onUnknown = () => {
      // As long as the consumer is busy, nothing is read.
      scheduler.frame += 400;
    };
    const odd = 'event: future\ndata: {}\n\n';
    const { done } = read(bodyOf([odd], true), { scheduler, timeouts: idle, onUnknown });
    await settled();
    scheduler.flush();
    expect(await done).toMatchObject({ code: 'timeout', phase: 'idle' });
    expect(scheduler.now()).toBe(900);
  });

  it('[27] closes the connection before it reports the error', async () => {
    const { done, abort } = read(bodyOf([whole], true), {
      limits: { ...LIMITS, response: 100 },
    });
    await done;
    expect(abort).toHaveBeenCalled();
  });
});
