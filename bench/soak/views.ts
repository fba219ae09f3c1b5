import { setTimeout as wait } from 'node:timers/promises';
import { type Observable, share, Subject, takeUntil } from 'rxjs';
import { type RunConfig, type Runnable, toAsyncIterable, toReadableStream } from 'rxlm';
import type { ChatAnthropic } from 'rxlm/anthropic';
import type { Plan } from './plan.js';

/** One look at a run: by whom, and when they leave. */
export interface Look {
  readonly model: ChatAnthropic;
  readonly chain: Runnable<{ question: string }, string>;
  readonly config: RunConfig;
  readonly leave: { readonly ms?: number; readonly values?: number };
  readonly pace: number;
  readonly broken: string[];
}

/** Each settles when its run is over or left, with how, and rejects with its error. */
export const views: Readonly<Record<Plan['view'], (look: Look) => Promise<string>>> = {
  stream$: (look) => watch(look.model.stream$('Hi', look.config), look),
  events$: (look) => watch(look.model.events$('Hi', look.config), look),
  chain: (look) => watch(look.chain.events$({ question: 'Hi' }, look.config), look),
  share: async (look) => {
    const shared$ = look.model.stream$('Hi', look.config).pipe(share());
    const ends = await Promise.allSettled([
      watch(shared$, { ...look, leave: { values: 1 } }),
      watch(shared$, look),
    ]);
    const [, end] = ends;
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  },
  invoke: async ({ model, config }) => {
    await model.invoke('Hi', config);
    return 'complete';
  },
  toAsyncIterable: (look) => iterate(toAsyncIterable(look.model.stream$('Hi', look.config)), look),
  streamEvents: (look) => iterate(look.model.streamEvents('Hi', look.config), look),
  toReadableStream: (look) => read(toReadableStream(look.model.stream$('Hi', look.config)), look),
};

function watch(values$: Observable<unknown>, { leave, broken }: Look): Promise<string> {
  return new Promise((resolve, reject) => {
    // Not by the subscription: what begins synchronously emits before there is one.
    const leaving = new Subject<void>();
    let isOver = false;
    let count = 0;
    const over = (): void => {
      clearTimeout(timer);
      if (isOver) broken.push('an ending after its end');
      isOver = true;
    };
    const left = (): void => {
      if (isOver) return;
      over();
      leaving.next();
      resolve('left');
    };
    const timer = leave.ms === undefined ? undefined : setTimeout(left, leave.ms);
    values$.pipe(takeUntil(leaving)).subscribe({
      next: () => {
        if (isOver) broken.push('a value after its end');
        count += 1;
        if (count === leave.values) left();
      },
      error: (error: unknown) => {
        over();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- an error is passed on as it is
        reject(error);
      },
      complete: () => {
        // Told to who has left as well, by `takeUntil`.
        if (isOver) return;
        over();
        resolve('complete');
      },
    });
  });
}

async function iterate(
  values: AsyncIterableIterator<unknown>,
  { leave, pace }: Look,
): Promise<string> {
  const timer =
    leave.ms === undefined ? undefined : setTimeout(() => void values.return?.(), leave.ms);
  const leftBy = Date.now() + (leave.ms ?? Infinity);
  let count = 0;
  try {
    for await (const _ of values) {
      count += 1;
      if (count === leave.values) return 'left';
      if (pace > 0) await wait(pace);
    }
    return Date.now() >= leftBy ? 'left' : 'complete';
  } finally {
    clearTimeout(timer);
  }
}

async function read(stream: ReadableStream<unknown>, { leave, pace }: Look): Promise<string> {
  const reader = stream.getReader();
  const leftBy = Date.now() + (leave.ms ?? Infinity);
  const timer =
    leave.ms === undefined ? undefined : setTimeout(() => void reader.cancel(), leave.ms);
  try {
    for (let count = 1; ; count += 1) {
      const { done } = await reader.read();
      if (done) return Date.now() >= leftBy ? 'left' : 'complete';
      if (count === leave.values) {
        await reader.cancel();
        return 'left';
      }
      if (pace > 0) await wait(pace);
    }
  } finally {
    clearTimeout(timer);
  }
}
