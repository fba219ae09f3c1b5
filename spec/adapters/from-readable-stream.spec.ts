import { lastValueFrom, take, toArray } from 'rxjs';
import { fromReadableStream, toAsyncIterable } from 'rxlm';
import { watch } from '../support/run-events.js';
import { turn } from '../support/unhandled-errors.js';

const broken = new Error('broken');

/** A stream of 0, 1, 2, … that says how many were asked for and why it was cancelled. */
function counting(upTo = Infinity) {
  const log = { pulled: 0, cancelled: false };
  const stream = new ReadableStream<number>(
    {
      pull(controller) {
        if (log.pulled === upTo) controller.close();
        else controller.enqueue(log.pulled++);
      },
      cancel() {
        log.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, log };
}

const silent = () => {
  const cancel = jest.fn();
  return { stream: new ReadableStream<number>({ cancel }), cancel };
};

describe('fromReadableStream', () => {
  it('emits the chunks, completes and unlocks the stream', async () => {
    const { stream, log } = counting(3);
    expect(await lastValueFrom(fromReadableStream(stream).pipe(toArray()))).toEqual([0, 1, 2]);
    expect([stream.locked, log.cancelled]).toEqual([false, false]);
  });

  it('[1] opens nothing before it is subscribed to, and anew for each subscription', async () => {
    const open = jest.fn(() => counting(2).stream);
    const chunks$ = fromReadableStream(open);
    expect(open).not.toHaveBeenCalled();
    expect([await lastValueFrom(chunks$), await lastValueFrom(chunks$)]).toEqual([1, 1]);
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('locks nothing before it is subscribed to', () => {
    const { stream } = counting();
    void fromReadableStream(stream);
    expect(stream.locked).toBe(false);
  });

  it('[2] cancels a silent stream at once and unlocks it', () => {
    const { stream, cancel } = silent();
    const run = watch(fromReadableStream(stream));
    expect(stream.locked).toBe(true);
    run.leave();
    expect([cancel.mock.calls.length, stream.locked]).toEqual([1, false]);
  });

  it('[2] take(k) reads k chunks and cancels the rest', async () => {
    const { stream, log } = counting();
    expect(await lastValueFrom(fromReadableStream(stream).pipe(take(2), toArray()))).toEqual([
      0, 1,
    ]);
    expect(log).toEqual({ pulled: 2, cancelled: true });
  });

  it('[4] errors with what the stream fails with, after the chunks before', async () => {
    let pulled = 0;
    const stream = new ReadableStream<number>(
      {
        pull(controller) {
          if (pulled++ === 0) controller.enqueue(1);
          else controller.error(broken);
        },
      },
      { highWaterMark: 0 },
    );
    const run = watch(fromReadableStream(stream));
    while (run.ended === undefined) await turn();
    expect(run).toMatchObject({ values: [1], ended: { error: broken } });
    expect(stream.locked).toBe(false);
  });

  it('errors with the platform’s TypeError for a stream that is locked, and leaves it alone', async () => {
    const { stream, log } = counting();
    const reader = stream.getReader();
    const { ended } = watch(fromReadableStream(stream));
    expect(ended).toMatchObject({ error: { name: 'TypeError' } });
    expect((await reader.read()).value).toBe(0);
    expect(log.cancelled).toBe(false);
  });

  it('errors with what opening it throws', () => {
    const failing = () => {
      throw broken;
    };
    expect(watch(fromReadableStream(failing)).ended).toEqual({ error: broken });
  });

  it('is left without an error where cancelling fails', async () => {
    const stream = new ReadableStream<number>({ cancel: () => Promise.reject(broken) });
    watch(fromReadableStream(stream)).leave();
    await turn();
    expect(stream.locked).toBe(false);
  });

  it('[19] reads when the consumer can take a chunk', async () => {
    const { stream, log } = counting();
    const values = toAsyncIterable(fromReadableStream(stream), { highWaterMark: 4 });
    await values.next();
    await turn();
    expect(log.pulled).toBeLessThanOrEqual(6);
    await values.return?.();
    expect(log.cancelled).toBe(true);
  });

  it('reads bytes through what decodes them', async () => {
    const stream = () => new Blob(['gold', 'fish']).stream().pipeThrough(new TextDecoderStream());
    const texts = await lastValueFrom(fromReadableStream(stream).pipe(toArray()));
    expect(texts.join('')).toBe('goldfish');
  });

  it.each([undefined, null, 7, {}, 'text'])('throws a TypeError for %p', (wrong) => {
    expect(() => fromReadableStream(wrong as ReadableStream<number>)).toThrow(
      /^fromReadableStream takes a ReadableStream or a function that opens one, got /,
    );
  });
});
