import {
  asapScheduler,
  asyncScheduler,
  catchError,
  concat,
  finalize,
  firstValueFrom,
  from,
  map,
  mergeMap,
  NEVER,
  Observable,
  observeOn,
  of,
  race,
  Subject,
  take,
  takeUntil,
  timer,
} from 'rxjs';
import {
  lambda,
  parallel,
  type RunConfig,
  Runnable,
  RunnablePassthrough,
  runTools,
  tool,
  withFallbacks,
  withRetry,
} from 'rxlm';
import { findGate, GATE, type Gate } from '../../../lib/core/demand/gate.js';
import { reportTeardown } from '../../../lib/core/run/report-teardown.js';
import { marbles } from '../../support/marbles.js';
import { FakeStream } from '../../support/models.js';
import { faultsOf, record, watch } from '../../support/run-events.js';
import { callOf, endOf, ScriptedModel } from '../../support/scripted-model.js';
import { unhandledErrors } from '../../support/unhandled-errors.js';

const boom = new Error('boom');
const broken = new Error('broken');
const tearing = finalize(() => {
  throw boom;
}) as <T>(source$: Observable<T>) => Observable<T>;

describe('reportTeardown', () => {
  it('is transparent', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const completing$ = cold('-a-b|');
      expectObservable(completing$.pipe(reportTeardown())).toBe('-a-b|');
      expectSubscriptions(completing$.subscriptions).toBe('     ^---!');
      const failing$ = cold('   -a-b#');
      expectObservable(failing$.pipe(reportTeardown())).toBe('  -a-b#');
      expectSubscriptions(failing$.subscriptions).toBe('        ^---!');
      const left$ = cold('      -a-b-c');
      expectObservable(left$.pipe(reportTeardown()), '          ----!').toBe('-a-b');
      expectSubscriptions(left$.subscriptions).toBe('           ^---!');
    });
  });

  it('reports each error of a teardown, and throws at nobody', async () => {
    const source$ = NEVER.pipe(tearing, tearing, reportTeardown());
    const errors = await unhandledErrors(() => {
      source$.subscribe().unsubscribe();
    });
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toBe(boom);
  });

  it('[2] stops a synchronous source that has been left', () => {
    const endless$ = from({
      *[Symbol.iterator]() {
        for (;;) yield 'a';
      },
    });
    expect(watch(endless$.pipe(reportTeardown(), take(3))).values).toHaveLength(3);
  });

  it('[19] lets the source see the gate of who takes its values', () => {
    const gate = {} as Gate;
    let seen: Gate | undefined;
    const source$ = new Observable<string>((subscriber) => {
      seen = findGate(subscriber);
    });
    source$
      .pipe(
        reportTeardown(),
        map((value) => value),
      )
      .subscribe({ next: () => undefined, ...{ [GATE]: gate } });
    expect(seen).toBe(gate);
  });
});

describe('a teardown that throws', () => {
  const hangs = () => concat(of('a'), NEVER).pipe(tearing);
  const ends = () => of('a').pipe(observeOn(asapScheduler), tearing);
  const fails = () =>
    of('a').pipe(
      observeOn(asapScheduler),
      map((): string => {
        throw broken;
      }),
      tearing,
    );

  type Make = (source: () => Observable<string>) => Runnable<string, unknown>;
  const nested = (source: () => Observable<string>) =>
    new FakeStream(source) as unknown as Runnable<string, string>;
  class OfOnesOwn extends Runnable<string, string> {
    readonly source: () => Observable<string>;
    constructor(source: () => Observable<string>) {
      super();
      this.source = source;
    }
    override run$() {
      return this.source();
    }
  }
  const makes: Record<string, Make> = {
    'a model': nested,
    'a class of one’s own': (source) => new OfOnesOwn(source),
    'a function': (source) => lambda(source),
    'a function, later': (source) => lambda(() => Promise.resolve(source())),
    'a run inside': (source) => lambda((q: string, config) => nested(source).stream$(q, config)),
    'a run inside an operator': (source) =>
      lambda((q: string, config) => of(q).pipe(mergeMap(() => nested(source).stream$(q, config)))),
    'a sequence': (source) => nested(source).pipe(new RunnablePassthrough()),
    'a parallel': (source) => parallel({ a: nested(source), b: nested(source) }),
    'a retry': (source) => withRetry(nested(source), { delay: 0, stopAfterAttempt: 1 }),
    'a fallback': (source) => withFallbacks(nested(source), []),
    'a tool': (source) => tool({ name: 'echo', schema: { type: 'object' }, func: source }) as never,
    'an approval': (source) =>
      runTools(
        new ScriptedModel([endOf([callOf('a')])]),
        [tool({ name: 'echo', schema: { type: 'object' }, func: () => 'done' })],
        { approve: () => source().pipe(map((text) => text === 'a')) },
      ),
  };

  /** What becomes of a view, which must become something. */
  const settled = (view: Promise<unknown>) =>
    firstValueFrom(
      race(
        from(view).pipe(
          map(() => 'done'),
          catchError((error: unknown) => of(error)),
        ),
        timer(2000).pipe(map(() => 'pending')),
      ),
    );

  const each = Object.entries(makes).flatMap(([name, make]) =>
    [false, true].map((heard) => [name, heard ? 'heard' : 'unheard', make] as const),
  );
  it.each(each)('[3] [4] [6] keeps no view of %s waiting, %s', async (name, heard, make) => {
    const input = (name === 'a tool' ? {} : 'q') as string;
    const { events, listener } = record();
    const heardBy = { listeners: heard === 'heard' ? [listener] : [] };
    const ended = async (source: () => Observable<string>, config: RunConfig = {}) =>
      settled(make(source).invoke(input, { ...heardBy, ...config }));
    const aborted = () => {
      const controller = new AbortController();
      asyncScheduler.schedule(() => {
        controller.abort('enough');
      });
      return { signal: controller.signal };
    };
    const left = new Subject<void>();
    const errors = await unhandledErrors(async () => {
      // An approval decides with its first value, and is released then.
      if (name !== 'an approval') {
        expect(await ended(hangs, aborted())).toBe('enough');
      }
      // A timeout is a matter of runs that are reported.
      if (name !== 'an approval' && name !== 'a class of one’s own')
        expect(await ended(hangs, { timeout: 1 })).toMatchObject({ code: 'timeout' });
      expect(await ended(ends)).toBe('done');
      const failure = await ended(fails);
      expect(name === 'a tool' ? (failure as Error).cause : failure).toBe(broken);
      const chunks$ = make(hangs).stream$(input, heardBy).pipe(takeUntil(left));
      watch(chunks$);
      left.next();
    });
    expect(new Set(errors)).toEqual(new Set([boom]));
    expect(faultsOf(events)).toEqual([]);
  });
});
