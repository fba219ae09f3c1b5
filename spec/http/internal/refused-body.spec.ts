import { asyncScheduler, VirtualTimeScheduler } from 'rxjs';
import { refusedBody } from '../../../lib/http/internal/refused-body';
import { received } from '../../support/received';

const bodyOf = (pull: (controller: ReadableStreamDefaultController<Uint8Array>) => void) => {
  const cancelled = jest.fn();
  const stream = new ReadableStream<Uint8Array>({ pull, cancel: cancelled });
  const response = received(new Response(stream));
  return { response, cancelled };
};

describe('refusedBody', () => {
  it('reads a body as text, whole characters and all', async () => {
    expect(await refusedBody(received(new Response('nö 🐟')), asyncScheduler)).toBe('nö 🐟');
    expect(await refusedBody(received(new Response(null)), asyncScheduler)).toBe('');
  });

  it('reads 64 KiB of a body without an end, and lets the rest go', async () => {
    const { response, cancelled } = bodyOf((controller) => {
      controller.enqueue(new Uint8Array(10_000).fill(97));
    });
    expect((await refusedBody(response, asyncScheduler)).length).toBe(64 * 1024);
    expect(cancelled).toHaveBeenCalled();
  });

  it('does not wait for a body that never comes', async () => {
    const scheduler = new VirtualTimeScheduler();
    const { response } = bodyOf(() => new Promise(() => undefined) as never);
    const text = refusedBody(response, scheduler);
    await new Promise((resolve) => setImmediate(resolve));
    scheduler.flush();
    expect(await text).toBe('');
    expect(scheduler.now()).toBe(1000);
  });

  it('has what came before the body broke off', async () => {
    let pulls = 0;
    const { response } = bodyOf((controller) => {
      pulls += 1;
      if (pulls === 1) controller.enqueue(new TextEncoder().encode('half'));
      else controller.error(new Error('gone'));
    });
    expect(await refusedBody(response, asyncScheduler)).toBe('half');
  });
});
