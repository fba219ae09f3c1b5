import fc from 'fast-check';
import { from, lastValueFrom, map, type Observable, Subject, takeUntil } from 'rxjs';
import {
  branch,
  lambda,
  parallel,
  pick,
  PromptTemplate,
  type Runnable,
  RunnableEach,
  RunnablePassthrough,
  runTools,
  tool,
  withFallbacks,
  withRetry,
} from 'rxlm';
import { anyChain } from '../support/any-chain.js';
import { atWork } from '../support/any-part.js';
import { anyRunnable } from '../support/any-runnable.js';
import { countedSignal } from '../support/counted-signal.js';
import { FakeStream } from '../support/models.js';
import { faultsOf, phaseOf, record, watch } from '../support/run-events.js';
import { callOf, endOf } from '../support/scripted-model.js';
import { turn, unhandledErrors } from '../support/unhandled-errors.js';

type Any = Runnable<string, unknown>;

const asked = lambda((q: string) => ({ q }));
const toolOf = (name: string, runnable: Any) =>
  tool({
    name,
    description: 'Runs another.',
    schema: { type: 'object' },
    func: (_, config) => runnable.stream$('q', config),
  });
/** A model that calls both of its tools, and is done when they have answered. */
const calling = new FakeStream((messages) =>
  messages.at(-1)?.type === 'tool'
    ? ['done', endOf([])]
    : ['I ask.', endOf([callOf('x', 'x'), callOf('y', 'y')])],
);

describe('whatever is composed', () => {
  it('gives what its parts give, for every consumer and every fold', async () => {
    await fc.assert(
      fc.asyncProperty(anyChain, async ({ runnable, output }) => {
        const { events, listener } = record();
        const config = { listeners: [listener] };
        expect(await runnable.invoke('q', config)).toEqual(output);
        const end = events.at(-1)?.data as { output?: unknown };
        expect(end.output).toEqual(output);
        expect(faultsOf(events)).toEqual([]);
        expect(atWork.count).toBe(0);
        const chunks$ = runnable.stream$('q') as Observable<never>;
        expect(await lastValueFrom(chunks$.pipe(runnable.fold))).toEqual(output);
        expect(await runnable.pipe(lambda((whole: unknown) => [whole])).invoke('q')).toEqual([
          output,
        ]);
        expect(await parallel({ it: runnable }).invoke('q')).toEqual({ it: output });
      }),
      { numRuns: 200 },
    );
  }, 120_000);

  it('[2] [3] reports a cancel for every open run wherever it is cut, children first, and lets everything go', async () => {
    const cuts = fc.record({
      at: fc.nat({ max: 60 }),
      how: fc.constantFrom('unsubscribe', 'abort', 'abort and unsubscribe'),
    });
    await fc.assert(
      fc.asyncProperty(anyChain, cuts, async ({ runnable }, { at, how }) => {
        const signal = countedSignal();
        const { events, listener } = record();
        const left = new Subject<void>();
        const cut = () => {
          if (events.length !== at + 1) return;
          if (how.startsWith('abort')) signal.abort('enough');
          if (how.endsWith('unsubscribe')) left.next();
        };
        const config = { listeners: [listener, cut], signal: signal.signal };
        const chunks$ = runnable.stream$('q', config).pipe(takeUntil(left));
        const unhandled = await unhandledErrors(() =>
          lastValueFrom(chunks$, { defaultValue: undefined }).catch((error: unknown) => {
            expect(error).toBe('enough');
          }),
        );
        expect(unhandled).toEqual([]);
        expect(faultsOf(events)).toEqual([]);
        const phases = events.slice(at + 1).map((event) => phaseOf(event));
        expect(new Set([...phases, 'cancel'])).toEqual(new Set(['cancel']));
        expect([atWork.count, signal.count()]).toEqual([0, 0]);
        const before = events.length;
        await turn();
        expect(events).toHaveLength(before);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  const parts = fc.tuple(anyRunnable, anyRunnable) as fc.Arbitrary<[Any, Any]>;
  const compositions = fc.tuple(parts, fc.nat({ max: 13 })).map(([[a, b], kind]): Any => {
    const all: (() => unknown)[] = [
      () => parallel({ a, b }),
      () => parallel({ a, b }).pipe(RunnablePassthrough.assign({ c: lambda(() => b) })),
      () => a.pipe(parallel({ same: new RunnablePassthrough(), b: lambda(() => b) })),
      () => parallel({ a, b }).pipe(pick('b')),
      () => branch([a, b], a),
      () => branch([lambda(() => false), a], b),
      () => lambda((q: string) => [q, q, q]).pipe(new RunnableEach(a)),
      () => withRetry(a, { delay: 0 }),
      () => withRetry(a.pipe(new RunnablePassthrough()), { delay: 0, after: 'restart' }),
      () => withFallbacks(a, [b], { after: 'restart' }),
      () => asked.pipe(PromptTemplate.fromTemplate('{q}')).pipe(lambda(String)).pipe(a),
      () => asked.pipe(toolOf('x', a) as Runnable<unknown, unknown>).pipe(lambda(() => b)),
      () => runTools(calling, [toolOf('x', a), toolOf('y', b)]),
      () =>
        runTools(calling, [toolOf('x', a), toolOf('y', a)], {
          concurrency: 1,
          approve: (_, config) => from(b.stream$('q', config)).pipe(map(() => true)),
        }),
    ];
    return all[kind]!() as Any;
  });
  const disruption = fc.record({
    at: fc.nat({ max: 25 }),
    how: fc.constantFrom('nothing', 'unsubscribe', 'abort', 'abort and unsubscribe'),
  });

  it('[2] [3] ends every run once, inside its parents, wherever it is cut, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(compositions, disruption, async (runnable, { at, how }) => {
        const signal = countedSignal();
        const recorded = record();
        const left = new Subject<void>();
        const disrupt = () => {
          if (recorded.events.length !== at + 1) return;
          if (how.startsWith('abort')) signal.abort();
          if (how.endsWith('unsubscribe')) left.next();
        };
        const config = { listeners: [recorded.listener, disrupt], signal: signal.signal };
        await unhandledErrors(async () => {
          watch(runnable.stream$('q', config).pipe(takeUntil(left)));
          for (let turns = 0; turns < 8; turns += 1) await turn();
          left.next();
          await turn();
        });
        expect(faultsOf(recorded.events)).toEqual([]);
        expect(signal.count()).toBe(0);
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
