import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { StartQueue } from '../../../lib/http/transport/start-queue';

describe('turns', () => {
  it('come to one at a time, in the order of asking', async () => {
    const turns = new StartQueue();
    const seen: number[] = [];
    for (let each = 0; each < 3; each += 1) void turns.next().then(() => seen.push(each));
    const lengths: number[] = [];
    for (let passed = 0; seen.length < 3; passed += 1) {
      await turn();
      lengths.push(seen.length);
      expect(passed).toBeLessThan(10);
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(new Set(lengths).size).toBeGreaterThanOrEqual(3);
  });

  it('do not come while what asks is at work, nor with what it has put off', async () => {
    const order: string[] = [];
    const mine = new StartQueue().next().then(() => order.push('turn'));
    await Promise.resolve().then(() => order.push('later'));
    order.push('now');
    await mine;
    expect(order).toEqual(['later', 'now', 'turn']);
  });

  it.each([
    ['of jest', () => jest.useFakeTimers(), () => jest.useRealTimers()],
    [
      'of node:test',
      () => mock.timers.enable({ apis: ['setImmediate'] }),
      () => mock.timers.reset(),
    ],
  ])('come while a clock %s holds all others', async (_, hold, release) => {
    hold();
    try {
      await expect(new StartQueue().next()).resolves.toBeUndefined();
    } finally {
      release();
    }
  });

  it('are no more than a promise where there is no Node', async () => {
    const { process } = globalThis;
    Object.defineProperty(globalThis, 'process', { value: undefined, configurable: true });
    try {
      await jest.isolateModulesAsync(async () => {
        const elsewhere = jest.requireActual<{ StartQueue: typeof StartQueue }>(
          '../../../lib/http/transport/start-queue',
        );
        await expect(new elsewhere.StartQueue().next()).resolves.toBeUndefined();
      });
    } finally {
      Object.defineProperty(globalThis, 'process', { value: process, configurable: true });
    }
  });
});
