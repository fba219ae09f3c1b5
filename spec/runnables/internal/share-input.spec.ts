import {
  concat,
  EMPTY,
  finalize,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  of,
  range,
  reduce,
  Subject,
  take,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { Runnable, type RunConfig, RunInput } from 'rxlm';
import { type OpenRun } from 'rxlm/provider';
import { runShared$ } from '../../../lib/runnables/internal/share-input.js';
import { FakeStream, saying } from '../../support/models.js';
import { faultsOf, recordRun, watch } from '../../support/run-events.js';
import { Capitals } from '../../support/runnables.js';

type Body = (shared: RunInput<string>, run: OpenRun) => Observable<unknown>;

class Sharing extends Runnable<string, unknown> {
  static override readonly lcName = 'Sharing';
  override readonly takes: 'whole' | 'chunks';
  readonly #body: Body;

  constructor(body: Body, takes: 'whole' | 'chunks' = 'chunks') {
    super();
    this.takes = takes;
    this.#body = body;
  }

  override run$(input: RunInput<string>, config: RunConfig): Observable<unknown> {
    return runShared$(this, input, config, this.#body);
  }
}

const joined = () => reduce((all: string, text: string) => all + text, '');

/** Its values for these chunks of input. */
function run$(chunks$: Observable<string>, body: Body): Observable<unknown> {
  return new Sharing(body).run$(new RunInput(chunks$, joined()), {});
}

describe('runShared$', () => {
  it('gives every taker all chunks, one after the other, and the whole, and runs the source once', () => {
    let subscribed = 0;
    const source$ = of('a', 'b').pipe(tap({ subscribe: () => (subscribed += 1) }));
    const seen = watch(
      run$(source$, ({ chunks$, whole$ }) =>
        merge(
          chunks$.pipe(map((chunk) => `1${String(chunk)}`)),
          whole$,
          chunks$.pipe(map((chunk) => `2${String(chunk)}`)),
        ),
      ),
    );
    expect(seen).toMatchObject({ values: ['1a', '2a', '1b', '2b', 'ab'], ended: 'complete' });
    expect(subscribed).toBe(1);
  });

  it('gives a late taker all of it, too', () => {
    jest.useFakeTimers();
    const source = new Subject<string>();
    const seen = watch(
      run$(source, ({ chunks$, whole$ }) =>
        timer(10).pipe(mergeMap(() => merge(chunks$, whole$.pipe(map((whole) => [whole]))))),
      ),
    );
    source.next('a');
    jest.advanceTimersByTime(10);
    source.next('b');
    source.complete();
    jest.useRealTimers();
    expect(seen).toMatchObject({ values: ['a', 'b', ['ab']], ended: 'complete' });
  });

  it('folds once for all', () => {
    let folded = 0;
    const fold = (chunks$: Observable<never>) =>
      (chunks$ as Observable<string>).pipe(
        joined(),
        tap(() => (folded += 1)),
      );
    const sharing = new Sharing(({ whole$ }) => merge(whole$, whole$, whole$));
    expect(watch(sharing.run$(new RunInput(of('a', 'b'), fold), {})).values).toEqual(
      Array(3).fill('ab'),
    );
    expect(folded).toBe(1);
  });

  it('stops a synchronous source when the takers have left', () => {
    let made = 0;
    const source$ = range(1, 1000).pipe(map((n) => String((made = n))));
    const seen = watch(run$(source$, ({ chunks$ }) => merge(chunks$, chunks$)).pipe(take(3)));
    expect([seen.values, made]).toEqual([['1', '1', '2'], 2]);
  });

  it('lets the source go when the body is done, and never asks a source that is not needed', () => {
    let open = 0;
    const source$ = new Observable<string>((subscriber) => {
      open += 1;
      subscriber.next('a');
      return () => (open -= 1);
    });
    const first = watch(run$(source$, ({ chunks$ }) => chunks$.pipe(take(1))));
    expect([first.values, first.ended, open]).toEqual([['a'], 'complete', 0]);

    let asked = 0;
    const unwanted$ = source$.pipe(tap({ subscribe: () => (asked += 1) }));
    expect(watch(run$(unwanted$, () => EMPTY)).ended).toBe('complete');
    expect(asked).toBe(0);
  });

  it('lets the source go when the body fails or is left', () => {
    let left = 0;
    const source$ = NEVER.pipe(finalize(() => (left += 1)));
    const failed = watch(
      run$(source$, () =>
        concat(
          NEVER.pipe(take(0)),
          throwError(() => 'no'),
        ),
      ),
    );
    expect(failed.ended).toEqual({ error: 'no' });
    watch(run$(source$, ({ chunks$ }) => merge(chunks$, chunks$))).leave();
    // The first was not even asked for.
    expect(left).toBe(1);
  });

  it('[4] fails with the source, after its values, and cancels those inside', () => {
    const failing = new FakeStream(() =>
      concat(
        of('a'),
        throwError(() => new Error('cut')),
      ),
    );
    const sharing = new Sharing((shared, run) =>
      merge(
        new Capitals().run$(shared as RunInput<never>, run.configFor()),
        saying('never').run$(shared, run.configFor()),
      ),
    );
    const { values, ended, story, events } = recordRun(
      failing.pipe(sharing as Runnable<unknown, unknown>),
      'q',
    );
    expect([values, ended]).toEqual([['A'], { error: new Error('cut') }]);
    expect(story().slice(-4)).toEqual([
      'chat_model_error FakeStream',
      'parser_cancel Capitals',
      'chain_error Sharing',
      'chain_error RunnableSequence',
    ]);
    expect(faultsOf(events)).toEqual([]);
  });

  it('gives an input that was there from the start as it is, in either mode', () => {
    for (const takes of ['whole', 'chunks'] as const) {
      const sharing = new Sharing(({ chunks$, whole$ }) => merge(chunks$, whole$), takes);
      expect(watch(sharing.stream$('q')).values).toEqual(['q', 'q']);
    }
  });
});
