import { concat, NEVER, Observable, of, take, throwError } from 'rxjs';
import { lambda, type RunConfig, type RunEvent } from 'rxlm';
import { eventsOf } from '../../../lib/core/events/events-of-run.js';
import { FakeStream, saying } from '../../support/models.js';
import { faultsOf, record, watch } from '../../support/run-events.js';

const broken = new Error('broken');
const silent = new FakeStream(() => concat(of('a'), NEVER));
const endless = new FakeStream(
  () =>
    new Observable<string>((subscriber) => {
      while (!subscriber.closed) subscriber.next('a');
    }),
);
const names = (events: readonly RunEvent[]) => events.map(({ event }) => event);

describe('eventsOf', () => {
  it('runs with the config, without what is asked of the events, and with one more listener', () => {
    const mine = () => undefined;
    const run = jest.fn<Observable<unknown>, [RunConfig]>(() => NEVER);
    const config = { tags: ['t'], listeners: [mine], version: 'v1', includeNames: ['n'] } as const;
    const events$ = eventsOf(config, run);
    expect(run).not.toHaveBeenCalled();
    watch(events$);
    expect(run.mock.calls).toEqual([[{ tags: ['t'], listeners: [expect.any(Function), mine] }]]);
  });

  it('ignores the values of the run, completes and fails with it', () => {
    expect(watch(eventsOf({}, () => of(1)))).toMatchObject({ values: [], ended: 'complete' });
    expect(watch(eventsOf({}, () => throwError(() => broken))).ended).toEqual({ error: broken });
  });
});

describe('events$', () => {
  it('[7] gives the story of one run, and only that', () => {
    const { values, ended } = watch(saying('a').events$('q'));
    expect(names(values)).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_end',
    ]);
    expect(Object.keys(values[0]!).sort()).toEqual([
      'data',
      'event',
      'metadata',
      'name',
      'parent_ids',
      'run_id',
      'tags',
    ]);
    expect(ended).toBe('complete');
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('[2] take(%i) cancels a synchronous run without end', (k) => {
    const { story, events, listener } = record();
    const nested = lambda((q: string, config) => endless.stream$(q, config));
    const { values } = watch(nested.events$('q', { listeners: [listener] }).pipe(take(k)));
    expect(values).toHaveLength(k);
    expect(faultsOf(events)).toEqual([]);
    expect(story().at(-1)).toBe('chain_cancel RunnableLambda');
    expect(events.length).toBe(k === 1 ? 2 : k + 2);
  });

  it('[3] the listeners see the cancel of a root that was left, its own subscriber does not', () => {
    const { events, listener } = record();
    const run = watch(silent.events$('q', { listeners: [listener] }));
    run.leave();
    expect(names(events).at(-1)).toBe('on_chat_model_cancel');
    expect(names(run.values).at(-1)).toBe('on_chat_model_stream');
  });

  it('[3] its subscriber does see the cancel where a signal ended the run, and then its reason', () => {
    const controller = new AbortController();
    const run = watch(silent.events$('q', { signal: controller.signal }));
    controller.abort('enough');
    expect(names(run.values).at(-1)).toBe('on_chat_model_cancel');
    expect(run.ended).toEqual({ error: 'enough' });
  });

  it.each([0, 1])('[3] also where the signal is aborted within event %i', (at) => {
    const controller = new AbortController();
    const seen: string[] = [];
    silent.events$('q', { signal: controller.signal }).subscribe({
      next: ({ event }) => {
        if (seen.push(event) === at + 1) controller.abort('enough');
      },
      error: (error: unknown) => seen.push(String(error)),
    });
    expect(seen.slice(-2)).toEqual(['on_chat_model_cancel', 'enough']);
  });

  it.each([
    [0, 'on_chat_model_cancel'],
    [1, 'on_chat_model_cancel'],
    [2, 'on_chat_model_end'],
  ])('[3] also where a listener aborts it within event %i', (at, last) => {
    const controller = new AbortController();
    let recorded = 0;
    const listener = () => {
      if (recorded++ === at) controller.abort('enough');
    };
    const config = { signal: controller.signal, listeners: [listener] };
    const run = watch(saying('a').events$('q', config));
    expect(names(run.values).at(-1)).toBe(last);
    expect(run.ended).toEqual({ error: 'enough' });
  });

  it('[4] errors with what the run fails with, after on_*_error', () => {
    const run = watch(new FakeStream(() => throwError(() => broken)).events$('q'));
    expect(names(run.values).at(-1)).toBe('on_chat_model_error');
    expect(run.ended).toEqual({ error: broken });
  });

  it('[9] of a run within a run is the story of that run, in its place', () => {
    const inner: RunEvent[] = [];
    const outer = lambda((q: string, config) => {
      saying('a')
        .events$(q, config)
        .subscribe((event) => inner.push(event));
      return q;
    });
    watch(outer.stream$('q', { runId: 'root' }));
    expect(inner.map(({ parent_ids }) => parent_ids)).toEqual([['root'], ['root'], ['root']]);
  });

  it('[7] throws a TypeError for a version there is none of', () => {
    expect(() => saying('a').events$('q', { version: 'v3' as 'v2' })).toThrow(
      new TypeError("config.version must be 'v1' or 'v2', got \"v3\""),
    );
  });
});
