import { toAsyncIterable } from 'rxlm';
import { faultBench, WHOLE_TEXT } from '../support/fault-run';

jest.setTimeout(30_000);

/** How much later than it should a clock may ring on a busy machine. */
const LATE = 500;

describe('time', () => {
  const bench = faultBench();
  const run = (
    name: Parameters<typeof bench.play>[0],
    timeouts: object,
    params: Parameters<typeof bench.play>[1] = {},
  ) => bench.run({ baseURL: bench.server.baseUrl(name, params), options: { timeouts } });

  it.each([
    ['T054', 'headers', 'no-headers', { headers: 500 }, 500, ''],
    ['T055', 'idle', 'stall', { idle: 500 }, 500, 'Hello'],
    ['T055', 'idle', 'stall-at', { idle: 500 }, 500, ''],
    ['T056', 'content', 'ping-drip', { idle: 500, content: 1500 }, 1500, 'Hello'],
    ['T056', 'content', 'comment-drip', { idle: 500, content: 1500 }, 1500, 'Hello'],
    ['T057', 'total', 'drip', { total: 1000 }, 1000, 'drop '],
  ] as const)('[25] %s the clock for %s: %s', async (_, phase, name, timeouts, ms, text) => {
    const timed = run(name, timeouts);
    const ending = await timed.ended;
    expect(ending).toMatchObject({
      outcome: 'error',
      code: 'timeout',
      phase,
      retryable: true,
      emitted: name !== 'no-headers',
    });
    expect(ending.ms).toBeGreaterThan(ms - 20);
    expect(ending.ms).toBeLessThan(ms + LATE);
    expect(ending.text.startsWith(text)).toBe(true);
    expect(ending.partial?.text ?? '').toBe(ending.text);
    await bench.expectClosed(bench.requests()[0]!, timed.endedAt);
    expect(bench.requests()).toHaveLength(1);
  });

  it('[25] T055 nothing after the head: not sent again, as it may be at work', async () => {
    const timed = run('stall', { idle: 300 }, { events: 0 });
    expect(await timed.ended).toMatchObject({ code: 'timeout', phase: 'idle', emitted: false });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(bench.requests()).toHaveLength(1);
  });

  it('[25] T054 a head that comes in time', async () => {
    expect(await run('slow-headers', { headers: 2000 }, { ms: 300 }).ended).toMatchObject({
      outcome: 'complete',
      text: WHOLE_TEXT,
    });
  });

  it('[25] T055 a pause that is shorter than the clock', async () => {
    expect(await run('pause', { idle: 2000 }, { ms: 300 }).ended).toMatchObject({
      outcome: 'complete',
      text: WHOLE_TEXT,
    });
  });

  it('[25] T057 clocks that never ring, and set no timer that rings at once', async () => {
    for (const ms of [Infinity, 2 ** 31, 2 ** 40]) {
      const timeouts = { headers: ms, idle: ms, content: ms, total: ms };
      expect(await run('pause', timeouts, { ms: 100 }).ended).toMatchObject({
        outcome: 'complete',
      });
    }
  });

  it('[25] T058 a consumer that takes its time between two values: no timeout', async () => {
    const model = bench.model({
      baseURL: bench.server.baseUrl('endless-stream'),
      options: { timeouts: { idle: 300, content: 400 } },
    });
    let count = 0;
    for await (const chunk of toAsyncIterable(model.stream$('Hi'))) {
      count += chunk.text === '' ? 0 : 1;
      if (count === 1000) break;
      if (count % 300 === 0) await new Promise((resolve) => setTimeout(resolve, 900));
    }
    expect(count).toBe(1000);
  });

  it('[25] T058 a consumer that is busy inside `next`: no timeout', async () => {
    const timed = bench.run({
      baseURL: bench.server.baseUrl('pause', { ms: 100 }),
      options: { timeouts: { idle: 400, content: 400 } },
      onChunk: ({ text }) => {
        const until = performance.now() + (text === 'Hel' ? 900 : 0);
        while (performance.now() < until);
      },
    });
    expect(await timed.ended).toMatchObject({ outcome: 'complete', text: WHOLE_TEXT });
  });

  it('[25] T058 a process that is busy with something else: no timeout', async () => {
    const timed = run('pause', { headers: 400, idle: 400, content: 400 }, { ms: 100 });
    const until = performance.now() + 900;
    while (performance.now() < until);
    setTimeout(() => {
      const busy = performance.now() + 900;
      while (performance.now() < busy);
    }, 50);
    expect(await timed.ended).toMatchObject({ outcome: 'complete', text: WHOLE_TEXT });
  });
});
