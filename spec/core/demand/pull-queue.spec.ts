import fc from 'fast-check';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PullQueue } from '../../../lib/core/demand/pull-queue.js';
import { turn } from '../../support/unhandled-errors.js';

const fill = (queue: PullQueue<number>, n: number) => {
  for (let i = 0; i < n; i++) queue.put(i);
};
const value = (v: number) => ({ done: false, value: v });
const done = { done: true, value: undefined };

function collectGarbage() {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('PullQueue', () => {
  it('[4] gives values in their order and then the ending, whichever side is ahead', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('put', 'take')),
        fc.constantFrom('complete' as const, { error: 'broken' }),
        async (steps, ending) => {
          const queue = new PullQueue<number>(4);
          let put = 0;
          const taken: Promise<unknown>[] = [];
          const take = () => taken.push(queue.take().catch((error: unknown) => ({ error })));
          for (const step of steps) {
            if (step === 'put') queue.put(put++);
            else take();
          }
          queue.end(ending);
          while (taken.length <= put + 1) take();
          const last = ending === 'complete' ? done : ending;
          expect(await Promise.all(taken)).toEqual([
            ...Array.from({ length: put }, (_, i) => value(i)),
            last,
            ...taken.slice(put + 1).map(() => done),
          ]);
        },
      ),
    );
  });

  it('keeps its first ending', async () => {
    const queue = new PullQueue<number>(1);
    queue.end('complete');
    queue.end({ error: 'late' });
    expect(await queue.take()).toEqual(done);
  });

  it('[18] discards: who waits and who comes is reported that there is no more, error or not', async () => {
    const [waiting, failed] = [new PullQueue<number>(1), new PullQueue<number>(1)];
    const taken = waiting.take();
    waiting.discard();
    fill(failed, 3);
    failed.end({ error: 'broken' });
    failed.discard();
    expect([await taken, await waiting.take(), await failed.take()]).toEqual([done, done, done]);
  });

  it('[19] closes when it is full and opens when it is half empty', async () => {
    const queue = new PullQueue<number>(4);
    const opened = jest.fn();
    fill(queue, 3);
    expect(queue.closed).toBe(false);
    queue.put(3);
    expect(queue.closed).toBe(true);
    queue.onOpen(opened);
    await queue.take();
    expect(opened).not.toHaveBeenCalled();
    await queue.take();
    expect(opened).toHaveBeenCalledTimes(1);
    await queue.take();
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('[19] opens to all who wait, but not to who took that back, nor after it was discarded', async () => {
    const queue = new PullQueue<number>(1);
    const [a, b, gone] = [jest.fn(), jest.fn(), jest.fn()];
    fill(queue, 1);
    queue.onOpen(a);
    queue.onOpen(gone)();
    queue.onOpen(b);
    await queue.take();
    expect([a, b, gone].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
    fill(queue, 1);
    queue.onOpen(gone);
    queue.discard();
    await queue.take();
    expect(gone).not.toHaveBeenCalled();
  });

  it('[19] keeps nothing that was taken, however long it is never empty', async () => {
    const queue = new PullQueue<object>(4);
    const put: WeakRef<object>[] = [];
    const putOne = () => {
      const one = {};
      put.push(new WeakRef(one));
      queue.put(one);
    };
    putOne();
    for (let i = 0; i < 1000; i++) {
      putOne();
      await queue.take();
    }
    // A WeakRef keeps its value to the end of the turn that made it.
    await turn();
    collectGarbage();
    expect(put.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(8);
    expect(queue.size).toBe(1);
  });

  it('says whether a consumer respects it', () => {
    const queue = new PullQueue(1);
    expect(queue.heeded).toBe(false);
    queue.heed();
    expect(queue.heeded).toBe(true);
  });
});
