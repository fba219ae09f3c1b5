import { VirtualTimeScheduler } from 'rxjs';
import { finishBody } from '../../lib/event-stream/finish-body';

const readerOf = (results: (number | 'end' | 'error' | 'never')[]) =>
  ({
    read: () => {
      const next = results.shift() ?? 'never';
      if (next === 'never') return new Promise(() => undefined);
      if (next === 'error') return Promise.reject(new Error('aborted'));
      return Promise.resolve(
        next === 'end' ? { done: true } : { done: false, value: new Uint8Array(next) },
      );
    },
  }) as unknown as ReadableStreamDefaultReader<Uint8Array>;

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('finishBody', () => {
  const run = async (results: Parameters<typeof readerOf>[0]) => {
    const scheduler = new VirtualTimeScheduler();
    let abortedAt: number | undefined;
    finishBody(readerOf(results), scheduler, () => (abortedAt = scheduler.now()));
    await settled();
    const atOnce = abortedAt;
    scheduler.flush();
    return { atOnce, abortedAt };
  };

  it('[24] lets a body end by itself', async () => {
    expect(await run([100, 'end'])).toEqual({ atOnce: undefined, abortedAt: undefined });
    expect(await run(['error'])).toEqual({ atOnce: undefined, abortedAt: undefined });
  });

  it('[24] aborts one that stays open for 50 ms', async () => {
    expect(await run([100, 'never'])).toEqual({ atOnce: undefined, abortedAt: 50 });
  });

  it('[24] aborts one that goes on for more than 16 KiB', async () => {
    expect(await run([16 * 1024, 1])).toMatchObject({ atOnce: 0 });
  });
});
