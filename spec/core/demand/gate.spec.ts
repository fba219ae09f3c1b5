import {
  asapScheduler,
  bufferCount,
  catchError,
  concatMap,
  connect,
  debounceTime,
  defer,
  delay,
  distinctUntilChanged,
  endWith,
  exhaustMap,
  expand,
  filter,
  finalize,
  groupBy,
  identity,
  ignoreElements,
  map,
  materialize,
  merge,
  mergeMap,
  mergeWith,
  NEVER,
  Observable,
  observeOn,
  of,
  type OperatorFunction,
  pairwise,
  reduce,
  repeat,
  retry,
  scan,
  share,
  shareReplay,
  skip,
  startWith,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  timeout,
  toArray,
  withLatestFrom,
} from 'rxjs';
import {
  blocks,
  filterEvents,
  foldChunks,
  lambda,
  reasoningDeltas,
  textDeltas,
  toAsyncIterable,
  toolCalls,
  toReadableStream,
  usage,
} from 'rxlm';
import { abortWith } from '../../../lib/core/run/abort-with.js';
import { cutOff } from '../../../lib/core/run/fail-when.js';
import { findGate, GATE, type Gate } from '../../../lib/core/demand/gate.js';
import { FakeStream } from '../../support/models.js';

/** The gate that a source sees behind these operators. */
function seenThrough(...operators: OperatorFunction<never, unknown>[]): Gate | undefined {
  let seen: Gate | undefined;
  const source$ = new Observable<never>((subscriber) => {
    seen = findGate(subscriber);
  });
  const piped$ = (operators as OperatorFunction<unknown, unknown>[]).reduce<Observable<unknown>>(
    (before$, operator) => before$.pipe(operator),
    source$,
  );
  const iterator = toAsyncIterable(piped$);
  void iterator.next();
  void iterator.return?.();
  return seen;
}

const inner$ = () => of(1);
const carrying: Record<string, OperatorFunction<never, unknown>> = {
  nothing: identity,
  map: map(identity),
  filter: filter(() => true),
  tap: tap(() => undefined),
  scan: scan((all) => all, 0),
  reduce: reduce((all) => all, 0),
  take: take(2),
  takeWhile: takeWhile(() => true),
  takeUntil: takeUntil(NEVER),
  skip: skip(1),
  toArray: toArray(),
  bufferCount: bufferCount(2),
  pairwise: pairwise(),
  distinctUntilChanged: distinctUntilChanged(),
  ignoreElements: ignoreElements(),
  materialize: materialize(),
  startWith: startWith(0),
  endWith: endWith(9),
  mergeMap: mergeMap(inner$),
  concatMap: concatMap(inner$),
  switchMap: switchMap(inner$),
  exhaustMap: exhaustMap(inner$),
  expand: expand(() => NEVER),
  mergeWith: mergeWith(NEVER),
  withLatestFrom: withLatestFrom(NEVER),
  catchError: catchError(inner$),
  retry: retry(2),
  repeat: repeat(2),
  timeout: timeout(1000),
  finalize: finalize(() => undefined),
  observeOn: observeOn(asapScheduler),
  delay: delay(1),
  debounceTime: debounceTime(1),
  groupBy: groupBy(identity),
  foldChunks: foldChunks(),
  filterEvents: filterEvents({}),
  textDeltas: textDeltas(),
  reasoningDeltas: reasoningDeltas(),
  toolCalls: toolCalls(),
  growingToolCalls: toolCalls({ growing: true }),
  usage: usage(),
  blocks: blocks(),
  readBlocks: (source$) =>
    source$.pipe(blocks(), mergeMap<Observable<unknown>, Observable<unknown>>(identity)),
  cutOff: cutOff(NEVER, identity),
  abortWith: abortWith({ signal: new AbortController().signal }),
};

const shared: Record<string, OperatorFunction<never, unknown>> = {
  share: share(),
  shareReplay: shareReplay({ bufferSize: 1, refCount: true }),
  connect: connect((source$) => merge(source$, source$)),
};

describe('findGate', () => {
  it.each(Object.entries(carrying))('[19] finds the gate of the edge through %s', (_, operator) => {
    expect(seenThrough(operator)).toBeDefined();
  });

  it('[19] finds it through all of these at once, and on the inner side of those that flatten', () => {
    expect(seenThrough(...Object.values(carrying))).toBeDefined();
    let seen: (Gate | undefined)[] = [];
    const looking$ = new Observable<never>((subscriber) => {
      seen.push(findGate(subscriber));
    });
    const looking = () => looking$;
    for (const flatten of [mergeMap(looking), concatMap(looking), switchMap(looking)]) {
      seen = [];
      const iterator = toAsyncIterable(of(1).pipe(flatten));
      void iterator.next();
      void iterator.return?.();
      expect(seen).toEqual([expect.objectContaining({ closed: false })]);
    }
  });

  it.each(Object.entries(shared))(
    'finds none behind %s: one listener must not stop the others',
    (_, operator) => {
      expect(seenThrough(operator)).toBeUndefined();
    },
  );

  it('finds none where nobody handed one on', () => {
    let seen: Gate | undefined;
    new Observable((subscriber) => {
      seen = findGate(subscriber);
    }).subscribe();
    expect(seen).toBeUndefined();
  });

  it('is registered: two copies of the package find each other’s', () => {
    expect(GATE).toBe(Symbol.for('rxlm.gate'));
  });
});

describe('an edge that owns both ends', () => {
  let seen: (Gate | undefined)[] = [];
  const model = new FakeStream((_, config) =>
    defer(() => {
      seen.push(config[GATE]);
      return of('a');
    }),
  );
  const nested = lambda((q: string, config) => model.stream$(q, config).pipe(share()));

  beforeEach(() => {
    seen = [];
  });

  it.each(['stream', 'streamEvents'] as const)(
    '[19] hands its gate on in the config, through whatever stands between: %s()',
    async (view) => {
      await nested[view]('q').next();
      expect(seen).toEqual([expect.objectContaining({ closed: false })]);
    },
  );

  it('[19] hands on none where it was given a bare Observable', async () => {
    await toReadableStream(nested.stream$('q')).getReader().read();
    expect(seen).toEqual([undefined]);
  });
});
