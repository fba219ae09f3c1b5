import fc from 'fast-check';
import { from, Observable, take, throwError } from 'rxjs';
import { type EventFilters, filterEvents, lambda, type RunEvent, type RunType } from 'rxlm';
import { SCOPE } from '../../../lib/core/run/scope.js';
import { saying } from '../../support/models.js';
import { faultsOf, watch } from '../../support/run-events.js';
import { Capitals } from '../../support/runnables.js';

const broken = new Error('broken');

const chain = lambda((q: string, config) => {
  config[SCOPE]?.emit('on_custom_event', 1, 'progress');
  return saying('a', 'b').stream$(q, { ...config, tags: ['inner'] });
}).pipe(new Capitals());
const all = watch(chain.events$('q', { tags: ['all'] })).values;
const passed = (filters: EventFilters) => watch(from(all).pipe(filterEvents(filters))).values;
const namesOf = (events: readonly RunEvent[]) => [...new Set(events.map(({ name }) => name))];

describe('[11] filterEvents', () => {
  it('lets everything through where nothing is included or excluded', () => {
    expect(passed({})).toEqual(all);
    expect(passed({ includeNames: undefined, excludeTags: [] })).toEqual(all);
  });

  it('lets nothing through where the includes are empty', () => {
    expect(passed({ includeNames: [] })).toEqual([]);
  });

  it.each<[EventFilters, string[]]>([
    [{ includeNames: ['Capitals'] }, ['Capitals']],
    [{ includeTypes: ['chat_model'] }, ['FakeStream']],
    [{ includeTags: ['inner'] }, ['FakeStream']],
    [{ includeTags: ['seq:step:2'] }, ['Capitals']],
    [{ includeNames: ['Capitals'], includeTypes: ['chat_model'] }, ['FakeStream', 'Capitals']],
    [{ excludeNames: ['Capitals'], excludeTypes: ['chain'] }, ['FakeStream']],
    [
      { includeTags: ['all'], excludeTags: ['inner', 'seq:step:1'] },
      ['RunnableSequence', 'Capitals'],
    ],
    [{ includeTypes: ['parser'], excludeNames: ['Capitals'] }, []],
  ])('includes are alternatives, excludes are vetoes: %j', (filters, names) => {
    expect(namesOf(passed(filters))).toEqual(names);
  });

  it('goes by the name of the run, also for its custom events', () => {
    expect(passed({ includeNames: ['progress'] })).toEqual([]);
    expect(namesOf(passed({ includeNames: ['RunnableLambda'] }))).toEqual([
      'RunnableLambda',
      'progress',
    ]);
    expect(namesOf(passed({ excludeNames: ['progress'] }))).toContain('progress');
  });

  it('never alters an event, and lets each run through whole or not at all', () => {
    const some = <T>(...values: T[]) => fc.option(fc.subarray(values), { nil: undefined });
    const names = some(...namesOf(all));
    const types = some<RunType>('chain', 'chat_model', 'parser', 'tool');
    const tags = some('all', 'inner', 'seq:step:1', 'seq:step:2');
    fc.assert(
      fc.property(
        fc.record({
          includeNames: names,
          includeTypes: types,
          includeTags: tags,
          excludeNames: names,
          excludeTypes: types,
          excludeTags: tags,
        }),
        (filters) => {
          const events = passed(filters);
          const runs = new Set(events.map(({ run_id }) => run_id));
          expect(events).toEqual(all.filter(({ run_id }) => runs.has(run_id)));
          for (const event of events) expect(all.includes(event)).toBe(true);
        },
      ),
    );
  });

  it('is what events$ does with filters in its config, for that view alone', () => {
    const { values } = watch(chain.events$('q', { includeTypes: ['chat_model'] }));
    expect(namesOf(values)).toEqual(['FakeStream']);
    expect(values[0]!.data).toEqual({
      input: { messages: [[expect.objectContaining({ content: 'q' })]] },
    });
    expect(faultsOf(values.map((event) => ({ ...event, parent_ids: [] })))).toEqual([]);
  });

  it('forgets the runs that are over', () => {
    const [start, ...rest] = all.filter(({ name }) => name === 'FakeStream');
    const events$ = from([...[start!], ...rest, rest[0]!]).pipe(
      filterEvents({ includeTypes: ['chat_model'] }),
    );
    expect(watch(events$).values).toHaveLength(rest.length + 1);
  });

  it('decides anew for each subscription', () => {
    const filtered$ = from(all.slice(1)).pipe(filterEvents({ includeNames: ['RunnableSequence'] }));
    expect([watch(filtered$).values, watch(filtered$).values]).toEqual([[], []]);
  });

  it('passes errors, reaches its source when left, and stops a synchronous one early', () => {
    expect(watch(throwError(() => broken).pipe(filterEvents({}) as never)).ended).toEqual({
      error: broken,
    });
    const left = jest.fn();
    watch(new Observable<RunEvent>(() => left).pipe(filterEvents({}))).leave();
    expect(left).toHaveBeenCalledTimes(1);
    const endless$ = new Observable<RunEvent>((subscriber) => {
      while (!subscriber.closed) for (const event of all) subscriber.next(event);
    });
    expect(
      watch(endless$.pipe(filterEvents({ includeTypes: ['parser'] }), take(9))).values,
    ).toHaveLength(9);
  });

  it('throws a TypeError for what is no array', () => {
    expect(() => filterEvents({ includeNames: 'Capitals' as unknown as string[] })).toThrow(
      new TypeError('includeNames must be an array, got "Capitals"'),
    );
    expect(() => chain.events$('q', { excludeTags: 7 as unknown as string[] })).toThrow(TypeError);
  });
});
