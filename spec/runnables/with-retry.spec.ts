import { expectTypeOf } from 'expect-type';
import { concat, NEVER, of, throwError } from 'rxjs';
import {
  type AIMessage,
  type ChatModel,
  lambda,
  ModelError,
  parallel,
  type RetryOptions,
  type RunConfig,
  type Runnable,
  StringOutputParser,
  withRetry,
} from 'rxlm';
import { countedSignal } from '../support/counted-signal.js';
import { marbles } from '../support/marbles.js';
import { FakeStream, saying } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';
import { Capitals } from '../support/runnables.js';

/** Fails with these, one after the other, and then gives the number of the call. */
function flaky(...errors: unknown[]) {
  let calls = 0;
  return lambda(() => {
    calls += 1;
    if (calls <= errors.length) throw errors[calls - 1];
    return calls;
  });
}
const busy = new Error('busy');

afterEach(() => {
  jest.restoreAllMocks();
});

describe('withRetry', () => {
  it('runs it again until it succeeds, three times in all', async () => {
    const options = { delay: 0 };
    expect(await withRetry(flaky(busy, busy), options).invoke('q')).toBe(3);
    const last = new Error('the last one');
    await expect(withRetry(flaky(busy, busy, last), options).invoke('q')).rejects.toBe(last);
    expect(
      await withRetry(flaky(busy, busy, busy), { ...options, stopAfterAttempt: 4 }).invoke('q'),
    ).toBe(4);
  });

  it('[3] [9] [10] is a run under the name of the runnable, and each attempt a run inside', () => {
    marbles(({ scheduler, flush }) => {
      const config = { scheduler, runId: 'mine', tags: ['on'] };
      const recorded = recordRun(withRetry(flaky(busy, busy), { delay: 1 }), 'q', config);
      flush();
      const starts = recorded.events.filter(({ event }) => event === 'on_chain_start');
      expect(starts.map(({ name, tags }) => [name, [...tags].sort()])).toEqual([
        ['RunnableLambda', ['on']],
        ['RunnableLambda', ['on']],
        ['RunnableLambda', ['on', 'retry:attempt:2']],
        ['RunnableLambda', ['on', 'retry:attempt:3']],
      ]);
      expect([starts[0]?.run_id, new Set(starts.map(({ run_id }) => run_id)).size]).toEqual([
        'mine',
        4,
      ]);
      expect(starts.slice(1).every(({ parent_ids }) => parent_ids.join() === 'mine')).toBe(true);
      const endings = recorded.events.filter(({ event }) => /_(end|error)$/.test(event));
      expect(
        endings.map(({ event, run_id }) => [event, starts.findIndex((s) => s.run_id === run_id)]),
      ).toEqual([
        ['on_chain_error', 1],
        ['on_chain_error', 2],
        ['on_chain_end', 3],
        ['on_chain_end', 0],
      ]);
      expect(faultsOf(recorded.events)).toEqual([]);
    });
  });

  it('[20] waits by the scheduler of the config: a second at first, and twice as long each time', () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    marbles(({ scheduler, expectObservable }) => {
      const result$ = withRetry(flaky(busy, busy)).stream$('q', { scheduler });
      expectObservable(result$).toBe('3000ms (a|)', { a: 3 });
    });
  });

  it.each<[string, RetryOptions['delay'], number]>([
    ['milliseconds', 5, 10],
    ['a function of the attempt', (_, attempt) => attempt * 10, 30],
    ['a function of the error', (error) => (error === busy ? 7 : 0), 14],
  ])('waits for %s', (_, delay, ms) => {
    marbles(({ scheduler, expectObservable }) => {
      const result$ = withRetry(flaky(busy, busy), { delay }).stream$('q', { scheduler });
      expectObservable(result$).toBe(`${String(ms)}ms (a|)`, { a: 3 });
    });
  });

  it('waits for as long as a provider asks', () => {
    marbles(({ scheduler, expectObservable }) => {
      const limited = new ModelError('slow down', {
        code: 'rate_limited',
        provider: 'fake',
        retryable: true,
        retryAfterMs: 420,
      });
      const result$ = withRetry(flaky(limited)).stream$('q', { scheduler });
      expectObservable(result$).toBe('420ms (a|)', { a: 2 });
      const longer$ = withRetry(flaky(limited), { delay: 3 }).stream$('q', { scheduler });
      expectObservable(longer$).toBe('420ms (a|)', { a: 2 });
    });
  });

  it('[35] gives up at once where a provider asks for more than a minute', () => {
    marbles(({ scheduler, expectObservable }) => {
      const limited = { retryable: true, retryAfterMs: 60_001 };
      for (const options of [{}, { delay: 5 }, { stopAfterAttempt: Infinity }]) {
        const result$ = withRetry(flaky(limited), options).stream$('q', { scheduler });
        expectObservable(result$).toBe('#', {}, limited);
      }
    });
  });

  it('[35] with stopAfterAttempt: Infinity goes on at 250 ms, however often, where a provider asks for no wait', () => {
    marbles(({ scheduler, expectObservable }) => {
      const busyForLong = Array.from({ length: 10_000 }, () => ({ retryAfterMs: 0 }));
      const endless = withRetry(flaky(...busyForLong), { stopAfterAttempt: Infinity });
      expectObservable(endless.stream$('q', { scheduler })).toBe('2500s (a|)', { a: 10_001 });
    });
  });

  it.each([NaN, -1, undefined, '5'])('fails where delay returns %p', async (ms) => {
    const retried = withRetry(flaky(busy), { delay: () => ms as number });
    await expect(retried.invoke('q')).rejects.toThrow(/delay must return a number of milliseconds/);
  });

  it.each([
    ['a fault of the program', new TypeError('x is not a function')],
    [
      'what says that it is final',
      new ModelError('no', { code: 'unauthorized', provider: 'fake' }),
    ],
  ])('does not retry %s', async (_, error) => {
    await expect(withRetry(flaky(error), { delay: 0 }).invoke('q')).rejects.toBe(error);
  });

  it.each([[undefined], ['text'], [{ retryable: true }]])('retries after %p', async (error) => {
    expect(await withRetry(flaky(error), { delay: 0 }).invoke('q')).toBe(2);
  });

  it('asks when, with the error and the number of the attempt', async () => {
    const asked: unknown[] = [];
    const when = (error: unknown, attempt: number) => asked.push([error, attempt]) < 2;
    await expect(withRetry(flaky(1, 2, 3), { delay: 0, when }).invoke('q')).rejects.toBe(2);
    expect(asked).toEqual([[1, 1], [2, 2]]); // prettier-ignore
    const wrong = new Error('when is wrong');
    const throws = () => {
      throw wrong;
    };
    await expect(withRetry(flaky(1), { when: throws }).invoke('q')).rejects.toBe(wrong);
  });

  it('[2] stops at once when it is left, or aborted, in an attempt or while it waits', () => {
    for (const error$ of [throwError(() => busy), NEVER]) {
      for (const how of ['leave', 'abort'] as const) {
        marbles(({ scheduler, flush }) => {
          let calls = 0;
          const signal = countedSignal();
          const broken = lambda(() => {
            calls += 1;
            return error$;
          });
          const config = { scheduler, signal: signal.signal };
          const recorded = recordRun(withRetry(broken, { delay: 10 }), 'q', config);
          if (how === 'leave') recorded.leave();
          else signal.abort('enough');
          flush();
          expect([calls, signal.count()]).toEqual([1, 0]);
          expect(recorded.ended).toEqual(how === 'leave' ? undefined : { error: 'enough' });
          expect(recorded.story().at(-1)).toBe('chain_cancel RunnableLambda');
          expect(faultsOf(recorded.events)).toEqual([]);
        });
      }
    }
  });

  it('[3] counts a timeout over all attempts and waits', () => {
    marbles(({ scheduler, expectObservable }) => {
      const result$ = withRetry(flaky(busy, busy), { delay: 10 }).stream$('q', {
        scheduler,
        timeout: 15,
      });
      expectObservable(result$).toBe(
        '15ms #',
        undefined,
        expect.objectContaining({ code: 'timeout' }),
      );
    });
  });

  it('streams: a parser begins with the first token', () => {
    marbles(({ scheduler, cold, expectObservable }) => {
      const answers = ['-#', '-a-b-|'];
      const model = new FakeStream(() => cold(answers.shift()!));
      const chain = withRetry(model, { delay: 3 }).pipe(new StringOutputParser());
      expectObservable(chain.stream$('q', { scheduler })).toBe('-----a-b-|');
    });
  });

  it('restarts if it is asked to, see attempts', () => {
    marbles(({ scheduler, expectObservable }) => {
      let calls = 0;
      const model = new FakeStream(() =>
        (calls += 1) === 1
          ? concat(
              of('a'),
              throwError(() => busy),
            )
          : ['b'],
      );
      const texts$ = withRetry(model, { delay: 5, after: 'restart' }).stream$('q', { scheduler });
      const values = {
        a: expect.objectContaining({ content: 'a' }),
        b: expect.objectContaining({ content: 'b' }),
      };
      expectObservable(texts$).toBe('a 4ms (b|)', values);
    });
  });

  it('takes what the runnable takes, folds as it does and checks as it does', async () => {
    expect(withRetry(new Capitals()).takes).toBe('chunks');
    const both = withRetry(parallel({ a: () => 1, b: () => 2 }));
    expect(await both.invoke('q')).toEqual({ a: 1, b: 2 });
    expect(() => withRetry(saying('a')).stream$(7 as never)).toThrow(TypeError);
  });

  it('hands call options on', () => {
    const seen: unknown[] = [];
    const model = new FakeStream((_, { stop, tags }) => [String(seen.push([stop, tags]))]);
    watch(withRetry(model).stream$('q', { stop: ['.'], tags: ['on'] }));
    expect(seen).toEqual([[['.'], ['on']]]);
  });

  it.each<[RetryOptions, RegExp]>([
    [{ stopAfterAttempt: 0 }, /^stopAfterAttempt must be a number above 0, got 0$/],
    [{ stopAfterAttempt: NaN }, /^stopAfterAttempt must be .+, got NaN$/],
    [{ delay: -1 }, /^delay must be a number of milliseconds or a function, got -1$/],
    [{ when: 1 as never }, /^when must be a function, got 1$/],
    [{ after: 'always' as never }, /^after must be 'never' or 'restart', got "always"$/],
  ])('throws a TypeError for %p', (options, message) => {
    expect(() =>
      withRetry(
        lambda(() => 1),
        options,
      ),
    ).toThrow(TypeError);
    expect(() =>
      withRetry(
        lambda(() => 1),
        options,
      ),
    ).toThrow(message);
    expect(() => withRetry((() => 1) as never)).toThrow(
      /^withRetry takes a runnable, got function/,
    );
  });

  it('has the types of the runnable', () => {
    const retried = withRetry(saying('a'));
    expectTypeOf(retried).toEqualTypeOf<ChatModel>();
    const other: Runnable<string, number, number, RunConfig> = withRetry(
      lambda((q: string) => q.length),
    );
    expect(other).not.toHaveProperty('bind');
    expectTypeOf(retried.pipe(new StringOutputParser()).invoke('q')).resolves.toBeString();
    expectTypeOf(
      lambda(() => 'q')
        .pipe(retried)
        .invoke('q'),
    ).resolves.toEqualTypeOf<AIMessage>();
    // @ts-expect-error -- no messages
    expect(() => retried.stream$(7)).toThrow(TypeError);
  });
});
