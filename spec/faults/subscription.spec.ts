import { getEventListeners } from 'node:events';
import {
  concatMap,
  delay,
  firstValueFrom,
  lastValueFrom,
  of,
  share,
  switchMap,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { type AIMessageChunk, toAsyncIterable } from 'rxlm';
import { faultBench, SOON, WHOLE_TEXT } from '../support/fault-run';
import { inOwnProcess } from '../support/own-process';

jest.setTimeout(300_000);

const MB = 1_000_000;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('subscriptions', () => {
  const bench = faultBench();
  const url: typeof bench.server.baseUrl = (...args) => bench.server.baseUrl(...args);
  const model = (baseURL: string) => bench.model({ baseURL });

  it('[1] T060 created and never subscribed to: no request', async () => {
    const chat = model(url('good'));
    chat.stream$('Hi');
    chat.events$('Hi');
    chat.batch$(['Hi']);
    toAsyncIterable(chat.stream$('Hi'));
    await wait(100);
    expect(bench.requests()).toEqual([]);
  });

  it('[1] T061 two subscriptions: two requests', async () => {
    const stream$ = model(url('good')).stream$('Hi');
    await Promise.all([lastValueFrom(stream$), lastValueFrom(stream$)]);
    expect(bench.requests()).toHaveLength(2);
  });

  it('[1] T061 shared: one request, which the last to leave closes', async () => {
    const shared$ = model(url('drip', { ms: 10 }))
      .stream$('Hi')
      .pipe(share());
    const one = shared$.subscribe();
    const other = shared$.subscribe();
    await firstValueFrom(shared$);
    one.unsubscribe();
    await wait(100);
    expect(bench.requests()).toHaveLength(1);
    expect(bench.requests()[0]!.closedAt).toBeUndefined();
    const left = performance.now();
    other.unsubscribe();
    await bench.expectClosed(bench.requests()[0]!, left);
  });

  it.each([
    ['before the head', 'no-headers', {}],
    ['after the head', 'stall', { events: 0 }],
    ['while the server is silent', 'stall', {}],
    ['while it streams', 'endless-stream', {}],
    ['inside an event', 'stall-at', {}],
    ['in an error’s body', 'stalled-error-body', {}],
  ] as const)(
    '[2] T062 left %s: closed, and nothing reported any more',
    async (_, name, params) => {
      const run = bench.run({ baseURL: bench.server.baseUrl(name, params) });
      const index = bench.server.requests.length;
      const request = await bench.server.request(index);
      await wait(name === 'no-headers' ? 20 : 100);
      run.unsubscribe();
      await bench.expectClosed(request, run.endedAt);
      await wait(20);
      expect(run.afterwards).toBe(0);
      expect(run.events.at(-1)?.event).toBe('on_chat_model_cancel');
    },
  );

  it('[2] T062 left at once: not even a request', async () => {
    bench.run({ baseURL: url('good') }).unsubscribe();
    await wait(100);
    expect(bench.requests()).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    '[2] T063 left inside value %d: so many values, and closed',
    async (k) => {
      const run = bench.run({
        baseURL: url('drip', { ms: 5 }),
        onChunk: (_, self) => {
          if (self.chunks.length === k) self.unsubscribe();
        },
      });
      await run.ended;
      await bench.expectClosed(bench.requests()[0]!, run.endedAt);
      expect(run.chunks).toHaveLength(k);
    },
  );

  it.each([
    ['take', take<AIMessageChunk>(1)],
    ['takeUntil', takeUntil<AIMessageChunk>(timer(200))],
  ])('[2] T064 %s: closed', async (_, operator) => {
    await lastValueFrom(
      model(url('drip', { ms: 5 }))
        .stream$('Hi')
        .pipe(operator),
    );
    await bench.expectClosed(bench.requests()[0]!, performance.now());
  });

  it('[2] T064 first: closed', async () => {
    await firstValueFrom(model(url('drip', { ms: 5 })).stream$('Hi'));
    await bench.expectClosed(bench.requests()[0]!, performance.now());
  });

  it('[2] T064 switchMap to another: the one before is closed', async () => {
    const [before, after] = [model(url('drip', { ms: 5 })), model(url('good'))];
    const switched$ = of(before, after).pipe(
      concatMap((chat, index) => of(chat).pipe(delay(index * 200))),
      switchMap((chat) => chat.stream$('Hi')),
    );
    let last = 0;
    const text: string[] = [];
    await lastValueFrom(
      switched$.pipe(
        tap((chunk) => {
          if (chunk.text === 'drop ') last = performance.now();
          else text.push(chunk.text);
        }),
      ),
    );
    expect(text.join('')).toBe(WHOLE_TEXT);
    await bench.expectClosed(bench.requests()[0]!, last);
  });

  it('[2] T065 100,000 values from one piece: in order, and others come and go meanwhile', async () => {
    const good = model(url('good'));
    const answers: Promise<AIMessageChunk>[] = [];
    const run = bench.run({
      baseURL: url('many-deltas'),
      listen: false,
      onChunk: (_, { chunks }) => {
        if (chunks.length === 10) answers.push(lastValueFrom(good.stream$('Hi')));
        if (chunks.length % 10_000 === 0) good.stream$('Hi').subscribe().unsubscribe();
      },
    });
    expect(await run.ended).toMatchObject({ outcome: 'complete' });
    expect(run.chunks).toHaveLength(100_002);
    expect(run.text).toBe('x'.repeat(100_000));
    expect(answers).toHaveLength(1);
    await answers[0];
  });

  it('[6] T066 `next` throws: the run goes on, and it is reported, each time once', async () => {
    const run = bench.run({
      baseURL: url('good'),
      onChunk: ({ text }) => {
        if (text === 'Hel' || text === '!') throw new Error(`no ${text}`);
      },
    });
    expect(await run.ended).toMatchObject({ outcome: 'complete', text: WHOLE_TEXT });
    await wait(20);
    expect(bench.takeReported()).toMatchObject([{ message: 'no Hel' }, { message: 'no !' }]);
  });

  it('[6] T066 one of two subscribers throws: the other has everything', async () => {
    const shared$ = model(url('good')).stream$('Hi').pipe(share());
    const text: string[] = [];
    shared$.subscribe(() => {
      throw new Error('not I');
    });
    await lastValueFrom(shared$.pipe(tap((chunk) => text.push(chunk.text))));
    expect(text.join('')).toBe(WHOLE_TEXT);
    await wait(20);
    expect(bench.takeReported().length).toBe(7);
  });

  it('[6] T066 a listener throws: the run goes on, and it is reported', async () => {
    const listener = () => {
      throw new Error('not I');
    };
    const onError = jest.fn();
    const run = bench.run({ baseURL: url('good'), config: { listeners: [listener], onError } });
    expect(await run.ended).toMatchObject({ outcome: 'complete', text: WHOLE_TEXT });
    await wait(20);
    expect(onError).toHaveBeenCalledTimes(1);
    expect(bench.takeReported()).toEqual([]);
  });

  it.each([
    ['error', 'error-after'],
    ['complete', 'keep-open'],
  ] as const)('[6] T067 `%s` throws: closed, and reported once', async (callback, name) => {
    const thrown = new Error('not I');
    let at = NaN;
    model(url(name))
      .stream$('Hi')
      .subscribe({
        error: () => undefined,
        [callback]: () => {
          at = performance.now();
          throw thrown;
        },
      });
    const request = await bench.server.request(bench.server.requests.length);
    if (callback === 'complete') {
      const closed = await request.closed;
      expect(closed.at - at).toBeLessThan(SOON);
    }
    await wait(100);
    expect(at).not.toBeNaN();
    expect(bench.takeReported()).toEqual([thrown]);
  });

  it('[6] T068 nobody handles the error: reported once', async () => {
    model(url('end-after')).stream$('Hi').subscribe();
    await wait(200);
    expect(bench.takeReported()).toMatchObject([{ code: 'truncated' }]);
  });

  it('[2] T069 a signal that is aborted already: its reason, and no request', async () => {
    const run = bench.run({
      baseURL: url('good'),
      config: { signal: AbortSignal.abort('before') },
    });
    expect(await run.ended).toMatchObject({ outcome: 'error', error: 'before', text: '' });
    await wait(50);
    expect(bench.requests()).toEqual([]);
  });

  it.each(['no-headers', 'stall'] as const)(
    '[2] [3] T069 a signal aborted in the middle of %s: its reason, never complete',
    async (name) => {
      const controller = new AbortController();
      const run = bench.run({ baseURL: url(name), config: { signal: controller.signal } });
      const request = await bench.server.request(bench.server.requests.length);
      await wait(100);
      const reason = new Error('enough');
      controller.abort(reason);
      expect(await run.ended).toMatchObject({ outcome: 'error', error: reason });
      await bench.expectClosed(request, run.endedAt);
      expect(run.events.at(-1)?.event).toBe('on_chat_model_cancel');
      expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    },
  );

  it('[2] T069 a signal aborted after completion: no effect', async () => {
    const controller = new AbortController();
    const run = bench.run({ baseURL: url('good'), config: { signal: controller.signal } });
    expect(await run.ended).toMatchObject({ outcome: 'complete' });
    const { length } = run.events;
    controller.abort();
    await wait(20);
    expect(run.events).toHaveLength(length);
  });

  it('[2] T071 1,000 runs in turn and 100 at once on one signal: no listener left, no warning', async () => {
    const { signal } = new AbortController();
    const chat = model(url('good'));
    for (let i = 0; i < 1000; i += 1) await lastValueFrom(chat.stream$('Hi', { signal }));
    await Promise.all(
      Array.from({ length: 100 }, () => lastValueFrom(chat.stream$('Hi', { signal }))),
    );
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('[2] T072 10,000 subscriptions left: nothing is kept', async () => {
    const recorded = await inOwnProcess('cycles', url('drip'), '10000');
    expect(recorded).toMatchObject({ outcome: 'left', count: 10_000, resources: [], err: '' });
    expect(recorded.heapGrowth).toBeLessThan(10 * MB);
  });

  it.each(['good', 'end-after', 'hang-up'] as const)(
    '[2] T072 1,000 runs that have ended (%s): nothing is kept',
    async (name) => {
      const recorded = await inOwnProcess('ends', url(name), '1000');
      expect(recorded).toMatchObject({ outcome: 'over', count: 1000, resources: [], err: '' });
      expect(recorded.heapGrowth).toBeLessThan(3 * MB);
    },
  );

  it.each([
    ['the end', 'end', 'good', 'complete'],
    ['the end, though the body stays open', 'end', 'keep-open', 'complete'],
    ['an error', 'error', 'end-after', 'truncated'],
    ['an error of the way there', 'error', 'status', 'overloaded'],
    ['unsubscribing before the head', 'unsubscribe', 'no-headers', 'left'],
    ['unsubscribing in silence', 'unsubscribe', 'stall', 'left'],
    ['`break`', 'break', 'drip', 'left'],
  ] as const)('[2] T073 the process exits after %s', async (_, how, name, outcome) => {
    const recorded = await inOwnProcess('exit', how, bench.server.baseUrl(name));
    expect(recorded).toMatchObject({ outcome, exitCode: 0, err: '' });
    expect(recorded.exitMs).toBeLessThan(1500);
  });

  it('[18] T074 `break`: closed', async () => {
    for await (const chunk of toAsyncIterable(model(url('drip')).stream$('Hi')))
      if (chunk.text !== '') break;
    await bench.expectClosed(bench.requests()[0]!, performance.now());
  });

  it('[18] T074 `return()` while a `next()` waits: both settle, and closed', async () => {
    const values = toAsyncIterable(model(url('stall', { events: 0 })).stream$('Hi'));
    const next = values.next();
    const request = await bench.server.request(bench.server.requests.length);
    await wait(50);
    const left = performance.now();
    await values.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    await bench.expectClosed(request, left);
  });

  it('[18] T074 `throw()`: rejects with what it is given, and closed', async () => {
    const values = toAsyncIterable(model(url('drip')).stream$('Hi'));
    await values.next();
    const thrown = new Error('enough');
    await expect(values.throw?.(thrown)).rejects.toBe(thrown);
    await bench.expectClosed(bench.requests()[0]!, performance.now());
    expect(await values.next()).toEqual({ done: true, value: undefined });
  });

  it('[18] T074 two `next()` at once: each its own value, none lost', async () => {
    const values = toAsyncIterable(model(url('good')).stream$('Hi'));
    const text: string[] = [];
    for (;;) {
      const both = await Promise.all([values.next(), values.next()]);
      for (const { value } of both) text.push((value as AIMessageChunk | undefined)?.text ?? '');
      if (both.some(({ done }) => done)) break;
    }
    expect(text.join('')).toBe(WHOLE_TEXT);
  });
});
