import {
  concat,
  finalize,
  from,
  lastValueFrom,
  map,
  NEVER,
  Observable,
  of,
  Subject,
  tap,
  throwError,
  toArray,
  VirtualTimeScheduler,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import {
  AIMessageChunk,
  type DurableRuns,
  durableRuns,
  type DurableRunsOptions,
  memoryRunStore,
  ModelError,
  type RunStore,
} from 'rxlm';

type Helpers = Parameters<Parameters<TestScheduler['run']>[0]>[0];

/** Runs in virtual time. */
function virtual(
  test: (
    helpers: Helpers,
    open: (options?: DurableRunsOptions) => DurableRuns,
    store: RunStore,
  ) => void,
): void {
  const scheduler = new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
  const store = memoryRunStore({ scheduler });
  scheduler.run((helpers) => {
    test(helpers, (options) => durableRuns({ store, scheduler, ...options }), store);
  });
}
const values = map(({ value }: { readonly value: unknown }) => value as string);
const failure = (code: string): unknown => expect.objectContaining({ code }) as unknown;

describe('[39] durableRuns', () => {
  it('gives viewers what was and what comes, whenever they join, of one subscription', () => {
    virtual(({ cold, expectObservable, expectSubscriptions }, open) => {
      const runs = open();
      const source$ = cold('                                 -a--b------c--|');
      void runs.start('r', () => source$);
      const viewed$ = runs.join$('r').pipe(values);
      expectObservable(viewed$).toBe('                       -a--b------c--|');
      expectObservable(viewed$, '-----^').toBe('             -----(ab)--c--|');
      expectObservable(viewed$, '--------------------^').toBe('--------------------(abc|)');
      expectSubscriptions(source$.subscriptions).toBe('      ^-------------!');
    });
  });

  it('goes on when viewers leave', () => {
    virtual(({ cold, expectObservable, expectSubscriptions }, open) => {
      const runs = open();
      const source$ = cold('                      -a--b--c--|');
      void runs.start('r', () => source$);
      const viewed$ = runs.join$('r').pipe(values);
      expectObservable(viewed$, '^-!').toBe('     -a');
      expectSubscriptions(source$.subscriptions).toBe('^---------!');
    });
  });

  it('numbers values, and joins strictly behind one', () => {
    virtual(({ cold, expectObservable }, open) => {
      const runs = open();
      void runs.start('r', () => cold('-a--b--c--|'));
      const seen = { a: '1.1', b: '1.2', c: '1.3' };
      expectObservable(runs.join$('r').pipe(map(({ id }) => id))).toBe('-a--b--c--|', seen);
      expectObservable(runs.join$('r', { after: '1.1' }).pipe(values), '--^').toBe('----b--c--|');
      expectObservable(runs.join$('r', { after: '1.3' }).pipe(values), '--------^').toBe(
        '----------|',
      );
    });
  });

  it('gives every viewer the error of the source, behind the values before it', () => {
    virtual(({ cold, expectObservable }, open) => {
      const runs = open();
      const error = new ModelError('m: busy', {
        code: 'overloaded',
        provider: 'm',
        status: 529,
        retryable: true,
      });
      void runs.start('r', () => cold('-a--#', undefined, error));
      const seen = expect.objectContaining({
        name: 'ModelError',
        code: 'overloaded',
        status: 529,
        retryable: true,
        message: 'm: busy',
      }) as unknown;
      expectObservable(runs.join$('r').pipe(values)).toBe('-a--#', undefined, seen);
      expectObservable(runs.join$('r').pipe(values), '------^').toBe('------(a#)', undefined, seen);
    });
  });

  it('is cancelled from anywhere: the source is unsubscribed at once, viewers get the ending', () => {
    virtual(({ cold, expectObservable, expectSubscriptions }, open) => {
      const [runs, others] = [open(), open()];
      const source$ = cold('                          -a--b--c--|');
      void runs.start('r', () => source$);
      cold('-----x').subscribe(() => void others.cancel('r'));
      expectObservable(others.join$('r').pipe(values)).toBe(
        '-a--b#',
        undefined,
        failure('cancelled'),
      );
      expectSubscriptions(source$.subscriptions).toBe('^----!');
    });
  });

  it('shows the state of a run until it is over', () => {
    virtual(({ cold, expectObservable }, open) => {
      const runs = open();
      void runs.start('r', () => cold('-a--|'), { meta: { owner: 'me' } });
      const state = (is: string, count: number) => ({
        id: 'r',
        state: is,
        values: count,
        last: `1.${String(count)}`,
        cancelRequested: false,
        meta: { owner: 'me' },
      });
      const seen = { a: state('open', 0), b: state('open', 1), c: state('end', 1) };
      expectObservable(runs.state$('r')).toBe('ab--(c|)', seen);
    });
  });

  it('errors for a run that does not exist, and for a place that is not in it', () => {
    virtual(({ expectObservable }, open) => {
      const runs = open({ maxMs: 60_000, onError: () => undefined });
      void runs.start('r', () => concat(of('a'), NEVER));
      const unknown = failure('unknown_run');
      expectObservable(runs.join$('none')).toBe('#', undefined, unknown);
      expectObservable(runs.join$('none', { after: '1.5' })).toBe('#', undefined, unknown);
      expectObservable(runs.state$('none')).toBe('#', undefined, unknown);
      for (const after of ['1.2', '2.0', '2.1'])
        expectObservable(runs.join$('r', { after })).toBe('#', undefined, failure('gap'));
      // And none of that harms the run.
      expectObservable(runs.join$('r').pipe(values), '^-!').toBe('a');
    });
  });

  it('goes on as long as nobody is missing, and is cancelled when nobody has watched', () => {
    virtual(({ cold, expectObservable, expectSubscriptions }, open) => {
      const runs = open({ whenUnwatched: { cancelAfterMs: 1_000 } });
      const [unwatched$, watched$] = [cold('-a 9s b 99s -|'), cold('-a 9s b 99s -|')];
      void runs.start('unwatched', () => unwatched$);
      void runs.start('watched', () => watched$);
      expectObservable(runs.join$('watched').pipe(values), '^ 19s !').toBe('-a 9s b');
      expectSubscriptions(unwatched$.subscriptions).toBe('^ 1499ms !');
      // Its viewer has left at 19 s, and counts until 22 s.
      expectSubscriptions(watched$.subscriptions).toBe('^ 23499ms !');
    });
  });

  it('ends a run that grows beyond a limit, as limit', () => {
    virtual(({ cold, expectObservable, expectSubscriptions }, open) => {
      const source$ = cold('-a-b-c-d-|');
      void open({ maxEntries: 2 }).start('r', () => source$);
      void open({ maxChars: 9 }).start('s', () => of('long', 'longer'));
      expectObservable(open().join$('r').pipe(values)).toBe('-a-b-#', undefined, failure('limit'));
      expectObservable(open().join$('s').pipe(values)).toBe(
        '(a#)',
        { a: 'long' },
        failure('limit'),
      );
      expectSubscriptions(source$.subscriptions).toBe('^----!');
    });
  });

  it('declares a run lost whose producer is silent for its lease, for all viewers alike', () => {
    virtual(({ cold, expectObservable, expectSubscriptions }, open, store) => {
      // The producer's process stands still: nothing reaches the store any more.
      let isFrozen = false;
      const frozen: RunStore = {
        ...store,
        append: (...args) => (isFrozen ? new Promise(() => undefined) : store.append(...args)),
      };
      const source$ = cold('-a-b 1m c|');
      const onError = () => undefined;
      void open({ store: frozen, onError }).start('r', () => source$);
      cold('----x').subscribe(() => (isFrozen = true));
      // The lease ends at 15.003 s; viewers look each second, and wait for a third of it.
      const lost = failure('producer_lost');
      const viewed$ = open().join$('r').pipe(values);
      expectObservable(viewed$).toBe('-a-b 20996ms #', undefined, lost);
      expectObservable(viewed$, '- 40s ^').toBe('- 40s (ab#)', undefined, lost);
      // The producer gives up when the store has not answered for 30 s.
      expectSubscriptions(source$.subscriptions).toBe('^ 42549ms !');
    });
  });

  it('closes the source of a producer that was taken for lost, and nobody sees what it appends', async () => {
    const scheduler = new VirtualTimeScheduler();
    const store = memoryRunStore({ scheduler });
    const onError = jest.fn();
    const left = jest.fn();
    const source = new Subject<string>();
    const zombie = durableRuns({ store, onError });
    await zombie.start('r', () => source.pipe(finalize(left)));
    source.next('a');
    scheduler.frame = 15_001;
    const { epoch } = (await store.read('r', { after: 0, limit: 0, maxChars: 1 }))!;
    expect(await store.declareLost('r', { state: 'producer_lost', epoch, keepMs: 1e6 })).toBe(true);
    source.next('b');
    expect(left).toHaveBeenCalledTimes(1);
    expect(source.observed).toBe(false);
    expect(onError).toHaveBeenCalledWith(failure('run_ended'), { id: 'r' });
    const seen: string[] = [];
    await expect(
      lastValueFrom(
        durableRuns({ store })
          .join$('r')
          .pipe(
            values,
            tap((value) => seen.push(value)),
          ),
      ),
    ).rejects.toMatchObject({ code: 'producer_lost' });
    expect(seen).toEqual(['a']);
  });

  it('gives a late viewer adjacent deltas merged, and the tail', async () => {
    const runs = durableRuns();
    const chunks = Array.from(
      { length: 1_000 },
      (_, at) => new AIMessageChunk({ id: 'm', content: `${String(at)} ` }),
    );
    const tail = new Subject<AIMessageChunk>();
    await runs.start('r', () => concat(from(chunks), tail));
    const seen: AIMessageChunk[] = [];
    const ids: string[] = [];
    const viewers = runs.join$<AIMessageChunk>('r').subscribe(({ id, value }) => {
      seen.push(value);
      ids.push(id);
    });
    expect(seen.length).toBeLessThan(600);
    tail.next(new AIMessageChunk({ id: 'm', content: 'end' }));
    expect(seen.map(({ text }) => text).join('')).toBe(
      [...chunks.map(({ text }) => text), 'end'].join(''),
    );
    expect(ids.at(-1)).toMatch(/^\d+\.1001$/);
    expect(seen[0]).toBeInstanceOf(AIMessageChunk);
    // Behind any id, also of a merged value, comes exactly the rest.
    const rest: string[] = [];
    viewers.add(
      runs
        .join$<AIMessageChunk>('r', { after: ids[0]! })
        .subscribe(({ value }) => rest.push(value.text)),
    );
    expect(rest.join('')).toBe(
      seen
        .slice(1)
        .map(({ text }) => text)
        .join(''),
    );
    viewers.unsubscribe();
    await runs.close();
  });

  it('starts an id once: a second start is refused, or finds the run', async () => {
    const runs = durableRuns();
    const source = jest.fn(() => of('a'));
    expect(await runs.start('r', source)).toEqual({ id: 'r', started: true });
    await expect(runs.start('r', source)).rejects.toMatchObject({ code: 'exists' });
    expect(await runs.start('r', source, { idempotent: true })).toEqual({
      id: 'r',
      started: false,
    });
    expect(source).toHaveBeenCalledTimes(1);
  });

  it('ends a run whose source cannot be made, or gives what is no JSON', async () => {
    const runs = durableRuns();
    await runs.start('thrown', () => {
      throw new RangeError('no');
    });
    await runs.start('big', () => of(1n));
    await runs.start('failed', () => throwError(() => 'a text'));
    const of$ = (id: string) => lastValueFrom(runs.join$(id).pipe(toArray()));
    await expect(of$('thrown')).rejects.toMatchObject({ code: 'failed', message: 'no' });
    await expect(of$('big')).rejects.toMatchObject({ code: 'invalid_value' });
    await expect(of$('failed')).rejects.toMatchObject({ code: 'failed', message: 'a text' });
  });

  it('ends the runs of a process that closes', async () => {
    const runs = durableRuns();
    const left = jest.fn();
    await runs.start('r', () => new Observable(() => left));
    const ended = lastValueFrom(runs.join$('r'));
    await runs.close();
    expect(left).toHaveBeenCalledTimes(1);
    await expect(ended).rejects.toMatchObject({ code: 'producer_lost' });
  });

  const runs = durableRuns();
  it.each<[string, () => unknown]>([
    ['options must be an object, got null', () => durableRuns(null as never)],
    ['store must be a RunStore, got an object', () => durableRuns({ store: {} as never })],
    ['leaseMs must be a number of at least 1, got 0', () => durableRuns({ leaseMs: 0 })],
    [
      'whenUnwatched must be \'go on\' or { cancelAfterMs }, got "stop"',
      () => durableRuns({ whenUnwatched: 'stop' as never }),
    ],
    ['after must be the id of a value, got "-1"', () => runs.join$('r', { after: '-1' })],
    ['after must be the id of a value, got ""', () => runs.join$('r', { after: '' })],
    [
      'a run\'s id must be 1 to 128 of the characters A-Z a-z 0-9 . _ ~ : -, got "a/b"',
      () => runs.join$('a/b'),
    ],
  ])('throws at once: %s', (message, call) => {
    expect(call).toThrow(new TypeError(message));
  });

  it('cancels the run before it in its thread, as switchMap does, and no other', () => {
    virtual(({ cold, expectObservable, expectSubscriptions }, open) => {
      const runs = open();
      const source$ = cold('     -a-----b|');
      const start = (id: string, thread: string) => void runs.start(id, () => source$, { thread });
      start('one', 't');
      start('other', 'u');
      cold('                     ----s').subscribe(() => {
        start('two', 't');
      });
      expectSubscriptions(source$.subscriptions).toBe([
        '                        ^---!',
        '                        ^-------!',
        '                        ----^-------!',
      ]);
      expectObservable(runs.join$('one').pipe(values)).toBe(
        '-a--#',
        { a: 'a' },
        failure('cancelled'),
      );
      expectObservable(runs.join$('other').pipe(values)).toBe('-a-----b|');
    });
  });

  it('knows the latest run of a thread, which a repeated start leaves as it is', async () => {
    const runs = durableRuns();
    expect(await runs.latest('t')).toBeUndefined();
    await runs.start('one', () => of(1), { thread: 't' });
    await runs.start('two', () => NEVER, { thread: 't' });
    await runs.start('one', () => of(1), { thread: 't', idempotent: true });
    expect(await runs.latest('t')).toBe('two');
    expect(await runs.cancel('two')).toBe(true);
    await expect(runs.latest('a b')).rejects.toThrow('thread must be 1 to 128 of the characters');
    await expect(runs.start('x', () => NEVER, { thread: '' })).rejects.toThrow(TypeError);
  });
});
