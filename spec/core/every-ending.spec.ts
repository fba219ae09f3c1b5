import fc from 'fast-check';
import {
  asapScheduler,
  concat,
  defer,
  from,
  merge,
  NEVER,
  observeOn,
  startWith,
  take,
  throwError,
} from 'rxjs';
import { takeUntil, Subject, type MonoTypeOperatorFunction } from 'rxjs';
import { lambda, type LambdaConfig, type RunEvent, type Runnable } from 'rxlm';
import { countedSignal } from '../support/counted-signal.js';
import { FakeGenerate, FakeStream } from '../support/models.js';
import { faultsOf, record, watch } from '../support/run-events.js';
import { Capitals, OnChunks } from '../support/runnables.js';
import { turn, unhandledErrors } from '../support/unhandled-errors.js';

type Any = Runnable<string, string | { text: string }, string | { text: string }>;
const texts = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 });
const failure = new Error('broken');

const leaf: fc.Arbitrary<Any> = fc.oneof(
  texts.map((all) => new FakeStream(() => all)),
  texts.map((all) => new FakeStream(() => from(all).pipe(observeOn(asapScheduler)))),
  texts.map((all) => new FakeStream(() => concat(from(all), NEVER))),
  texts.map((all) => new FakeStream(() => concat(from(all), throwError(() => failure)))),
  fc.constant(new FakeGenerate(() => 'whole')),
  fc.constant(new FakeGenerate(() => Promise.reject(failure))),
  fc.constant(lambda((q: string) => q)),
  fc.constant(
    lambda((): string => {
      throw failure;
    }),
  ),
  fc.constant(lambda(() => ['not a message'] as unknown as string).pipe(new FakeStream(() => ['x']))),
);

const { tree } = fc.letrec<{ tree: Any }>((again) => {
  const child = again('tree');
  const children = fc.array(child, { minLength: 1, maxLength: 3 });
  const nest = (fn: (child: Any, q: string, config: LambdaConfig) => unknown) =>
    child.map((inner) => lambda((q: string, config) => fn(inner, q, config)) as unknown as Any);
  return {
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      nest((inner, q, config) => inner.stream$(q, config)),
      nest((inner, q, config) => inner.stream$(q, { ...config, tags: ['own'] })),
      nest((inner) => inner),
      nest(async (inner, q, config) => inner.invoke(q, config)),
      nest((inner, q, config) => inner.stream(q, config)),
      // Left running, and nobody waits for it.
      nest((inner, q, config) => {
        inner.invoke(q, config).catch(() => undefined);
        return 'done';
      }),
      nest((inner, q, config) => inner.stream$(q, { ...config, timeout: 1 })),
      children.map((all) =>
        lambda((q: string, config) =>
          merge(...all.map((inner) => inner.stream$(q, config))).pipe(take(3)),
        ),
      ),
      children.map((all) =>
        lambda((q: string, config) => concat(...all.map((inner) => inner.stream$(q, config)))),
      ),
      child.map((inner) => inner.pipe(new Capitals())),
      child.map((inner) => inner.pipe(lambda((whole: unknown) => String(whole)))),
      child.map((inner) =>
        inner.pipe(new OnChunks<unknown>((chunks$) => chunks$.pipe(startWith('early')))) as unknown as Any,
      ),
      child.map((inner) => inner.pipe(new OnChunks<unknown>((chunks$) => chunks$.pipe(take(1)))) as unknown as Any),
      child.map(
        (inner) =>
          lambda((q: string, config) => inner.stream$(q, config), {
            fold: () => throwError(() => failure),
          }) as unknown as Any,
      ),
    ),
  };
});

const disruption = fc.record({
  at: fc.nat({ max: 30 }),
  how: fc.constantFrom('nothing', 'unsubscribe', 'abort', 'throw', 'abort and unsubscribe'),
});

describe('[3] whatever happens', () => {
  it.each(['stream$', 'events$', 'invoke'] as const)(
    'each start has one ending, inside the parents, told to all alike: %s',
    async (view) => {
      await fc.assert(
        fc.asyncProperty(tree, disruption, async (runnable, { at, how }) => {
          const signal = countedSignal();
          const first = record();
          const last = record();
          let leave = () => {};
          let left = false;
          const disrupt = () => {
            if (first.events.length !== at + 1) return;
            if (how.startsWith('abort')) signal.abort();
            if (how.endsWith('unsubscribe')) {
              left = true;
              leave();
            }
            if (how === 'throw') throw failure;
          };
          const listeners = [first.listener, disrupt, last.listener];
          const config = { listeners, signal: signal.signal };
          let own: RunEvent[] = [];
          await unhandledErrors(async () => {
            if (view === 'invoke') {
              runnable.invoke('q', config).catch(() => undefined);
              await turn();
              signal.abort();
            } else {
              const source$ = defer(() => runnable[view]('q', config) as never);
              const leaving = watch(source$.pipe(takeUntilLeft((out) => (leave = out))));
              if (left) leave();
              await turn();
              await turn();
              leaving.leave();
              own = leaving.values;
            }
            await turn();
          });
          expect(faultsOf(first.events)).toEqual([]);
          expect(last.events).toEqual(first.events);
          expect(signal.count()).toBe(0);
          if (view === 'events$') expect(own).toEqual(last.events.slice(0, own.length));
        }),
        { numRuns: 300 },
      );
    },
    60_000,
  );
});

function takeUntilLeft<T>(give: (leave: () => void) => void): MonoTypeOperatorFunction<T> {
  const left = new Subject<void>();
  give(() => {
    left.next();
  });
  return takeUntil(left);
}
