import { StringOutputParser as LangChainParser } from '@langchain/core/output_parsers';
import {
  RunnableLambda as LangChainLambda,
  RunnableMap as LangChainMap,
} from '@langchain/core/runnables';
import { concat, from, Subject, takeUntil, throwError } from 'rxjs';
import { lambda, parallel, type Runnable, StringOutputParser } from 'rxlm';
import { comparableRuns, langChainRuns, LangChainStream } from '../support/langchain';
import { FakeStream } from '../support/models';
import { faultsOf, phaseOf, record, recordRun, watch } from '../support/run-events';
import { expectSameRuns } from '../support/same-runs';

const down = new Error('down');

/** Sequences in a parallel in a function in a sequence; the step of that number fails. */
function chain(fails?: number): Runnable<string, unknown> {
  const step = (at: number) =>
    lambda((q: string) => {
      if (at === fails) throw down;
      return `${q}${String(at)}`;
    });
  const model = (at: number) =>
    new FakeStream(() =>
      at === fails
        ? concat(
            from(['a']),
            throwError(() => down),
          )
        : ['a', 'b'],
    );
  const inner = parallel({
    x: step(1).pipe(model(2)).pipe(new StringOutputParser()),
    y: step(3).pipe(parallel({ z: step(4).pipe(step(5)) })),
  });
  return step(0)
    .pipe(lambda(() => inner))
    .pipe(lambda((all: unknown) => (fails === 6 ? from([all]).pipe(failing) : all)));
}
const failing = () => throwError(() => down);

const theirStep = (at: number) =>
  new LangChainLambda<string, string>({ func: (q: string) => `${q}${String(at)}` });
const chainOfTheirs = () =>
  theirStep(0)
    .pipe(
      new LangChainLambda({
        func: () =>
          LangChainMap.from({
            x: theirStep(1).pipe(new LangChainStream('a', 'b')).pipe(new LangChainParser()),
            y: theirStep(3).pipe(
              LangChainMap.from({ z: theirStep(4).pipe(theirStep(5)) } as never),
            ),
          } as never) as never,
      }),
    )
    .pipe(new LangChainLambda({ func: (all: unknown) => all }));

describe('sequences in parallels in functions, as in LangChain.js', () => {
  it('report the same runs, however often the same chain is run', async () => {
    const ours = chain();
    const expected = await langChainRuns(chainOfTheirs() as never, 'q' as never);
    for (let time = 0; time < 2; time += 1) {
      const { events, ended } = recordRun(ours, 'q');
      expect(ended).toBe('complete');
      expect(faultsOf(events)).toEqual([]);
      expectSameRuns(comparableRuns(events), expected);
    }
    expect(await ours.invoke('q')).toEqual(await chainOfTheirs().invoke('q'));
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('[3] end with the error of step %p, all runs reported', (at) => {
    const { events, ended } = recordRun(chain(at), 'q');
    expect(ended).toEqual({ error: down });
    expect(faultsOf(events)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ event: 'on_chain_error', name: 'RunnableSequence' });
  });

  it('[2] [3] report nothing but cancels after a cut at any event, one after the other', () => {
    const all = recordRun(chain(), 'q').events.length;
    expect(all).toBeGreaterThan(30);
    for (let at = 0; at < all; at += 1) {
      const { events, listener } = record();
      const left = new Subject<void>();
      const cut = () => {
        if (events.length === at + 1) left.next();
      };
      watch(
        chain()
          .stream$('q', { listeners: [listener, cut] })
          .pipe(takeUntil(left)),
      );
      expect(faultsOf(events)).toEqual([]);
      const after = events.slice(at + 1).map((event) => phaseOf(event));
      expect(after.filter((phase) => phase !== 'cancel')).toEqual([]);
    }
  });
});
