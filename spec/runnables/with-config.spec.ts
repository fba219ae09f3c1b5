import { expectTypeOf } from 'expect-type';
import { NEVER } from 'rxjs';
import { type AIMessage, type AIMessageChunk, lambda, RxlmError, withConfig } from 'rxlm';
import { type LambdaConfig } from '../../lib/runnables/lambda.js';
import { countedSignal } from '../support/counted-signal.js';
import { marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { record, recordRun, watch } from '../support/run-events.js';
import { Capitals } from '../support/runnables.js';

describe('withConfig', () => {
  it('[7] is the same run with its name, tags and metadata, and no run of its own', () => {
    const bound = withConfig(saying('a'), {
      runName: 'named',
      tags: ['b'],
      metadata: { x: 1, y: 1 },
    });
    const { events } = recordRun(bound, 'x', { tags: ['a'], metadata: { y: 2 } });
    expect(events.map(({ event, name, tags }) => [event, name, [...tags].sort()])).toEqual(
      ['start', 'stream', 'end'].map((phase) => [`on_chat_model_${phase}`, 'named', ['a', 'b']]),
    );
    expect(events[0]?.metadata).toMatchObject({ x: 1, y: 2 });
  });

  it('keeps its place in a chain, and what it takes', () => {
    const chain = saying('a', 'b').pipe(withConfig(new Capitals(), { runName: 'shout' }));
    const { values, events } = recordRun(chain, 'q');
    expect(values).toEqual(['A', 'B']);
    expect(events.find(({ name }) => name === 'shout')?.tags).toEqual(['seq:step:2']);
  });

  it('hands its tags on, but not its name', () => {
    const inner = lambda((q: string) => q, { name: 'inner' });
    const outer = withConfig(
      lambda((q: string, config) => inner.stream$(q, config)),
      {
        runName: 'outer',
        tags: ['on'],
      },
    );
    const starts = recordRun(outer, 'q').events.filter(({ event }) => event.endsWith('start'));
    expect(starts.map(({ name, tags }) => [name, tags])).toEqual([
      ['outer', ['on']],
      ['inner', ['on']],
    ]);
  });

  it('lets the call say otherwise, and takes nothing away for what it leaves open', () => {
    const seen: unknown[] = [];
    const model = new FakeStream((_, { stop, temperature }) => [
      String(seen.push([stop, temperature])),
    ]);
    const bound = withConfig(model, { stop: ['.'], temperature: 0, runName: 'mine' });
    watch(bound.stream$('q'));
    watch(bound.stream$('q', { stop: undefined, temperature: 1 }));
    expect(seen).toEqual([
      [['.'], 0],
      [['.'], 1],
    ]);
    expect(recordRun(bound, 'q', { runName: 'theirs' }).events[0]?.name).toBe('theirs');
    expect(recordRun(bound, 'q', { runName: undefined }).events[0]?.name).toBe('mine');
  });

  it('reports its own listeners and those of the call, each once', () => {
    const own = record();
    const shared = record();
    const bound = withConfig(
      lambda(() => 1),
      { listeners: [own.listener, shared.listener] },
    );
    const { events } = recordRun(bound, 'q', { listeners: [shared.listener] });
    expect(own.events).toEqual(events);
    expect(shared.events).toEqual(events);
  });

  it('takes the shorter timeout', () => {
    marbles(({ scheduler, expectObservable, flush }) => {
      const bound = withConfig(
        lambda(() => NEVER),
        { timeout: 5, scheduler },
      );
      const errors: unknown[] = [];
      for (const timeout of [3, 9, undefined]) {
        const ended$ = bound.stream$('q', { timeout });
        expectObservable(ended$).toBe(
          `${String(timeout === 3 ? 3 : 5)}ms #`,
          undefined,
          expect.objectContaining({ code: 'timeout', phase: 'total' }),
        );
        ended$.subscribe({ error: (error: unknown) => errors.push(RxlmError.is(error)) });
      }
      flush();
      expect(errors).toEqual([true, true, true]);
    });
  });

  it.each(['own', 'call'] as const)('[2] [3] is cancelled by the signal of either: %s', (which) => {
    const signals = { own: countedSignal(), call: countedSignal() };
    let signal: AbortSignal | undefined;
    const endless = lambda((_: string, config: LambdaConfig) => {
      signal = config.signal;
      return NEVER;
    });
    const bound = withConfig(endless, { signal: signals.own.signal });
    for (const runnable of [bound, lambda((q: string, config) => bound.stream$(q, config))]) {
      const recorded = recordRun(runnable, 'q', { signal: signals.call.signal });
      expect(recorded.ended).toBeUndefined();
      if (runnable === bound) continue;
      signals[which].abort('why');
      expect(recorded.ended).toEqual({ error: 'why' });
      expect(recorded.story()).toContain('chain_cancel RunnableLambda');
      expect([signal?.aborted, signal?.reason]).toEqual([true, 'why']);
    }
    expect(signals.own.count() + signals.call.count()).toBe(0);
  });

  it('counts for batch too', async () => {
    let at = 0;
    let most = 0;
    const busy = lambda(async () => {
      most = Math.max(most, (at += 1));
      await Promise.resolve();
      at -= 1;
    });
    await withConfig(busy, { maxConcurrency: 2 }).batch([1, 2, 3, 4]);
    expect(most).toBe(2);
    await withConfig(busy, { maxConcurrency: 2 }).batch([1, 2, 3, 4], { maxConcurrency: 3 });
    expect(most).toBe(3);
  });

  it('checks the input as the runnable does', () => {
    expect(() => withConfig(saying('a'), {}).stream$(7 as never)).toThrow(TypeError);
  });

  it.each<[object, string]>([
    [{ timeout: 0 }, 'config.timeout must be a number of milliseconds above 0, got 0'],
    [{ tags: 'a' }, 'config.tags must be an array of strings, got "a"'],
    [{ runId: 'a' }, 'config.runId names one run: say it with the call'],
  ])('throws a TypeError for %p', (config, message) => {
    expect(() =>
      withConfig(
        lambda(() => 1),
        config,
      ),
    ).toThrow(new TypeError(message));
    expect(() => withConfig((() => 1) as never, {})).toThrow(
      /^withConfig takes a runnable, got function/,
    );
  });

  it('has the types of the runnable', () => {
    const bound = withConfig(saying('a'), { stop: ['.'] });
    expectTypeOf(bound.invoke('q')).resolves.toEqualTypeOf<AIMessage>();
    expectTypeOf(bound.stream('q', { temperature: 1 })).toExtend<AsyncIterable<AIMessageChunk>>();
    expectTypeOf(
      lambda(() => 'q')
        .pipe(bound)
        .invoke('x'),
    ).resolves.toEqualTypeOf<AIMessage>();
    // @ts-expect-error -- a model's stops are texts
    withConfig(saying('a'), { stop: [7] });
    // @ts-expect-error -- no messages
    expect(() => bound.stream$(7)).toThrow(TypeError);
  });
});
