import { concat, defer, finalize, NEVER, Observable, of, throwError } from 'rxjs';
import { fromAsyncIterable, fromReadableStream, toReadableStream } from 'rxlm';
import { watch } from '../support/run-events.js';
import { turn } from '../support/unhandled-errors.js';

const broken = new Error('broken');

describe('toReadableStream', () => {
  it('gives the values as chunks, then closes', async () => {
    const reader = toReadableStream(of('gold', 'fish')).getReader();
    expect([await reader.read(), await reader.read(), await reader.read()]).toEqual([
      { done: false, value: 'gold' },
      { done: false, value: 'fish' },
      { done: true, value: undefined },
    ]);
  });

  it('[1] subscribes with the first read()', async () => {
    const subscribed = jest.fn();
    const stream = toReadableStream(defer(() => (subscribed(), of(1))));
    const reader = stream.getReader();
    await turn();
    expect(subscribed).not.toHaveBeenCalled();
    await reader.read();
    expect(subscribed).toHaveBeenCalledTimes(1);
  });

  it('[4] errors after the values before the error', async () => {
    const reader = toReadableStream(
      concat(
        of(1),
        throwError(() => broken),
      ),
    ).getReader();
    expect((await reader.read()).value).toBe(1);
    await expect(reader.read()).rejects.toBe(broken);
    await expect(reader.closed).rejects.toBe(broken);
  });

  it('[2] cancel() unsubscribes at once, also while a read() is pending', async () => {
    const left = jest.fn();
    const reader = toReadableStream(NEVER.pipe(finalize(left))).getReader();
    const pending = reader.read();
    await turn();
    const cancelled = reader.cancel('enough');
    expect(left).toHaveBeenCalledTimes(1);
    expect(await pending).toEqual({ done: true, value: undefined });
    await cancelled;
  });

  it('cancel() before any read() never subscribes', async () => {
    const subscribed = jest.fn();
    await toReadableStream(new Observable(subscribed)).cancel();
    expect(subscribed).not.toHaveBeenCalled();
  });

  it('[19] asks its source for no more than it may hold', async () => {
    let made = 0;
    async function* endless() {
      for (;;) yield made++;
    }
    const reader = toReadableStream(fromAsyncIterable(endless), { highWaterMark: 4 }).getReader();
    await reader.read();
    await turn();
    expect(made).toBeLessThanOrEqual(6);
    await reader.cancel();
  });

  it('[19] ends in a limit error where its source cannot wait', async () => {
    const endless$ = new Observable<number>((subscriber) => {
      while (!subscriber.closed) subscriber.next(1);
    });
    const reader = toReadableStream(endless$, { maxBuffered: 3 }).getReader();
    for (let i = 0; i < 3; i++) expect((await reader.read()).value).toBe(1);
    await expect(reader.read()).rejects.toMatchObject({ code: 'limit' });
  });

  it('goes there and back', async () => {
    const run = watch(fromReadableStream(toReadableStream(of(1, 2, 3))));
    while (run.ended === undefined) await turn();
    expect(run).toMatchObject({ values: [1, 2, 3], ended: 'complete' });
  });

  it('throws a TypeError for what is no Observable', () => {
    expect(() => toReadableStream([1] as unknown as Observable<number>)).toThrow(TypeError);
  });
});
