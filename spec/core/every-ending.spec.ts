import fc from 'fast-check';
import { Subject, takeUntil } from 'rxjs';
import type { RunEvent } from 'rxlm';
import { anyRunnable } from '../support/any-runnable.js';
import { countedSignal } from '../support/counted-signal.js';
import { faultsOf, record, watch } from '../support/run-events.js';
import { turn, unhandledErrors } from '../support/unhandled-errors.js';

const disruption = fc.record({
  at: fc.nat({ max: 20 }),
  how: fc.constantFrom('nothing', 'unsubscribe', 'abort', 'throw', 'abort and unsubscribe'),
});

describe('[3] whatever happens', () => {
  it.each(['stream$', 'events$', 'invoke'] as const)(
    'each start has one ending, inside the parents, told to all alike: %s',
    async (view) => {
      await fc.assert(
        fc.asyncProperty(anyRunnable, disruption, async (runnable, { at, how }) => {
          const signal = countedSignal();
          const [first, last] = [record(), record()];
          const left = new Subject<void>();
          const disrupt = () => {
            if (first.events.length !== at + 1) return;
            if (how.startsWith('abort')) signal.abort();
            if (how.endsWith('unsubscribe')) left.next();
            if (how === 'throw') throw new Error('a listener failed');
          };
          const listeners = [first.listener, disrupt, last.listener];
          const config = { listeners, signal: signal.signal };
          let own: RunEvent[] = [];
          await unhandledErrors(async () => {
            if (view === 'invoke') {
              runnable.invoke('q', config).catch(() => undefined);
            } else if (view === 'stream$') {
              watch(runnable.stream$('q', config).pipe(takeUntil(left)));
            } else {
              own = watch(runnable.events$('q', config).pipe(takeUntil(left))).values;
            }
            await turn();
            await turn();
            left.next();
            if (view === 'invoke') signal.abort();
            await turn();
          });
          expect(faultsOf(first.events)).toEqual([]);
          expect(last.events).toEqual(first.events);
          expect(signal.count()).toBe(0);
          expect(own).toEqual(first.events.slice(0, own.length));
        }),
        { numRuns: Number(process.env['RUNS'] ?? 200) },
      );
    },
    600_000,
  );
});
