import { concat, lastValueFrom, NEVER, Observable, of, Subject, throwError, toArray } from 'rxjs';
import { GATE, type Gate } from '../../../lib/core/demand/gate.js';
import type { RunConfig } from '../../../lib/core/run-config.js';
import { toAsyncIterable } from '../../../lib/core/demand/to-async-iterable.js';
import { ModelError } from '../../../lib/errors/model-error.js';
import { primed } from '../../../lib/sse/server/primed.js';
import { event, streamEvent } from '../../operators/event.js';

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
/** Whether a promise settles without anything else happening. */
const isSettled = async (promise: Promise<unknown>): Promise<boolean> => {
  const turn = new Promise((resolve) => setImmediate(resolve, false));
  return (await Promise.race([promise.then(() => true), turn])) === true;
};

describe('primed', () => {
  it('gives all values of one subscription, those before it too', async () => {
    let begun = 0;
    const source$ = new Observable<number>((subscriber) => {
      begun += 1;
      for (const value of [1, 2, 3]) subscriber.next(value);
      subscriber.complete();
    });
    expect(await all(await primed(source$))).toEqual([1, 2, 3]);
    expect(begun).toBe(1);
    expect(await all(await primed(of()))).toEqual([]);
  });

  it('waits for the first value, of events for the first chunk', async () => {
    const source$ = new Subject<unknown>();
    const events = [event('on_chain_start'), event('on_chat_model_start'), event('on_prompt_end')];
    const promise = primed(source$);
    for (const each of events) source$.next(each);
    expect(await isSettled(promise)).toBe(false);
    source$.next(streamEvent('gold'));
    const recorded = all(await promise);
    source$.next(event('on_chain_end'));
    source$.complete();
    expect(await recorded).toEqual([...events, streamEvent('gold'), event('on_chain_end')]);
    const texts$ = new Subject<string>();
    const text = primed(texts$);
    texts$.next('gold');
    expect(await isSettled(text)).toBe(true);
    (await text).subscribe().unsubscribe();
  });

  it('rejects with what fails before that, as it is', async () => {
    const lost = new Error('lost');
    await expect(primed(throwError(() => lost))).rejects.toBe(lost);
    const error = new ModelError('busy', { code: 'overloaded', provider: 'anthropic' });
    const failing$ = concat(
      of(event('on_chat_model_start')),
      throwError(() => error),
    );
    await expect(primed(failing$)).rejects.toBe(error);
  });

  it('[4] passes an error that comes later, after the values before it', async () => {
    const lost = new Error('lost');
    const seen: unknown[] = [];
    (
      await primed(
        concat(
          of(1),
          throwError(() => lost),
        ),
      )
    ).subscribe({
      next: (value) => seen.push(value),
      error: (error) => seen.push(error),
    });
    expect(seen).toEqual([1, lost]);
  });

  it('[2] unsubscribes from the run when its subscriber leaves, also within what was held', async () => {
    const source$ = new Subject<number>();
    const promise = primed(source$);
    for (const value of [1, 2, 3]) source$.next(value);
    const seen: number[] = [];
    const rest$ = await promise;
    const subscription = rest$.subscribe((value) => {
      seen.push(value);
      if (value === 2) queueMicrotask(() => subscription.unsubscribe());
      if (value === 1) source$.next(4);
    });
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(source$.observed).toBe(true);
    await Promise.resolve();
    expect(source$.observed).toBe(false);
  });

  it('is for one subscriber', async () => {
    const rest$ = await primed(concat(of(1), NEVER));
    const subscription = rest$.subscribe();
    await expect(lastValueFrom(rest$)).rejects.toThrow('is for one subscriber');
    subscription.unsubscribe();
  });

  it('[2] unsubscribes from the run when the signal is aborted before it is taken over, and leaves no listener', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const removed = jest.spyOn(signal, 'removeEventListener');
    const source$ = new Subject<number>();
    const waiting = primed(source$, { signal });
    controller.abort();
    await expect(waiting).rejects.toBe(signal.reason);
    expect(source$.observed).toBe(false);
    expect(removed).toHaveBeenCalled();
    await expect(primed(source$, { signal })).rejects.toBe(signal.reason);

    const other = new AbortController();
    const ready = primed(source$, { signal: other.signal });
    source$.next(1);
    const rest$ = await ready;
    other.abort();
    expect(source$.observed).toBe(false);
    await expect(lastValueFrom(rest$)).rejects.toThrow(TypeError);
  });

  it('[2] unsubscribes from a run that nobody takes over', async () => {
    jest.useFakeTimers();
    try {
      const source$ = new Subject<number>();
      const promise = primed(source$);
      source$.next(1);
      await promise;
      jest.advanceTimersByTime(9_999);
      expect(source$.observed).toBe(true);
      jest.advanceTimersByTime(1);
      expect(source$.observed).toBe(false);
    } finally {
      jest.useRealTimers();
    }
  });

  it.each([undefined, 5, [1], Promise.resolve()])('takes no %p', (value) => {
    expect(() => primed(value as never)).toThrow('what is sent must be an Observable');
  });

  it('[19] asks a source that can wait to wait until it has a consumer, and then while that one waits', async () => {
    let gate: Gate | undefined;
    const source = (config: RunConfig) => {
      gate = config[GATE];
      gate?.heed();
      return concat(of('gold'), NEVER);
    };
    const rest$ = await primed(source);
    expect(gate?.closed).toBe(true);
    const opened = jest.fn();
    gate?.onOpen(opened);
    const values = toAsyncIterable(rest$, { highWaterMark: 1 });
    const first = values.next();
    expect(gate?.closed).toBe(false);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(await first).toEqual({ done: false, value: 'gold' });
    await values.return?.();
  });
});
