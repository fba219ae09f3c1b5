import { received } from '../../support/received';
import { asyncScheduler, Observable, VirtualTimeScheduler } from 'rxjs';
import { RxlmError } from '../../../lib/errors/rxlm-error.js';
import { Secrets } from '../../../lib/http/secrets.js';
import { readValues } from '../../../lib/sse/client/read-values.js';

function read(body: string | Uint8Array[], limits = { event: 1000, response: 10_000 }) {
  const abort = jest.fn();
  const pieces = typeof body === 'string' ? [new TextEncoder().encode(body)] : body;
  const response = new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    }),
  );
  const values: unknown[] = [];
  const done = new Promise<unknown>((resolve) => {
    new Observable<unknown>((subscriber) =>
      readValues(received(response), subscriber, {
        limits,
        idleMs: 1000,
        scheduler: asyncScheduler,
        gate: undefined,
        abort,
        secrets: new Secrets(),
      }),
    ).subscribe({
      next: (value) => values.push(value),
      error: (error: RxlmError) => {
        resolve(error.code);
      },
      complete: () => {
        resolve('complete');
      },
    });
  });
  return { done, values, abort };
}

describe('readValues', () => {
  it('[19] waits where the consumer is busy from the beginning, and no clock runs meanwhile', () => {
    const scheduler = new VirtualTimeScheduler();
    const error = jest.fn();
    new Observable<unknown>((subscriber) =>
      readValues(received(new Response('data: 1\n\n')), subscriber, {
        limits: { event: 1000, response: 10_000 },
        idleMs: 1000,
        scheduler,
        gate: { closed: true, heed: () => undefined, onOpen: () => () => undefined },
        abort: () => undefined,
        secrets: new Secrets(),
      }),
    ).subscribe({ error });
    scheduler.flush();
    expect(scheduler.now()).toBe(0);
    expect(error).not.toHaveBeenCalled();
  });

  it('[5] gives the values, and completes with the last frame, in whatever pieces', async () => {
    const text = ': ok\n\nid: 1\ndata: "gold 🐟"\n\ndata: {"a":1}\n\nevent: end\ndata: {}\n\n';
    const bytes = Array.from(new TextEncoder().encode(text), (byte) => Uint8Array.of(byte));
    for (const body of [text, bytes]) {
      const { done, values } = read(body);
      expect(await done).toBe('complete');
      expect(values).toEqual(['gold 🐟', { a: 1 }]);
    }
  });

  it.each([
    ['truncated', 'data: 1\n\n'],
    ['truncated', 'data: 1\n\nevent: end\ndata: {}\n'],
    ['overloaded', 'data: 1\n\nevent: error\ndata: {"name":"ModelError","code":"overloaded"}\n\n'],
    ['bad_stream', 'data: 1\n\ndata: {\n\n'],
    ['limit', `data: 1\n\ndata: "${'x'.repeat(2000)}`],
    ['limit', `data: 1\n\n${'data: 2\n\n'.repeat(2000)}`],
  ])('[5][27] fails as %s, after the values before it, and closes', async (code, body) => {
    const { done, values, abort } = read(body);
    expect(await done).toBe(code);
    expect(values.slice(0, 1)).toEqual(code === 'limit' && body.length > 10_000 ? [] : [1]);
    expect(abort).toHaveBeenCalled();
  });
});
