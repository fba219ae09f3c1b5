import { expectTypeOf } from 'expect-type';
import { lastValueFrom, type MonoTypeOperatorFunction, type Observable, toArray } from 'rxjs';
import type { RunEvent, RunType } from '../../lib/core/events/run-event.js';
import { filterEvents } from '../../lib/core/events/event-filters.js';
import { selectRuns, type RunSelector } from '../../lib/operators/select-runs.js';
import { event } from './event.js';
import { itIsAnOperator, marbles } from './quartet.js';
import { someChain } from './some-runs.js';

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
const run = (type: RunType, run_id: string, ...parent_ids: string[]) => ({
  start: event(`on_${type}_start`, { run_id, parent_ids, name: run_id }),
  end: event(`on_${type}_end`, { run_id, parent_ids, name: run_id }),
});

describe('selectRuns', () => {
  itIsAnOperator(() => selectRuns({ names: ['Some'] }), event('on_chain_start'));

  const [root, model, tool, inner] = [
    run('chain', 'root'),
    run('chat_model', 'model', 'root'),
    run('tool', 'tool', 'root'),
    run('chain', 'inner', 'root', 'tool'),
  ];
  const events = {
    r: root.start,
    R: root.end,
    m: model.start,
    c: event('on_chat_model_stream', { run_id: 'model', parent_ids: ['root'] }),
    M: model.end,
    t: tool.start,
    x: event('on_custom_event', { run_id: 'tool', parent_ids: ['root'] }),
    T: tool.end,
    i: inner.start,
    I: inner.end,
  };

  it.each<[string, RunSelector | ((start: RunEvent) => boolean), string]>([
    // prettier-ignore
    ...([
      ['of a type', { types: ['tool'] }, '                                      ------tixIT--|'],
      ['of a name', { names: ['model'] }, '                                     --mc-M-------|'],
      ['of one or the other', { names: ['inner'], types: ['chat_model'] }, '    --mc-M-i-I---|'],
      ['that are wanted', ({ run_id }: RunEvent) => run_id === 'inner', '                 -------i-I---|'],
      ['at the root, with all that is inside', { names: ['root'] }, '           -rmc-MtixITR-|'],
      ['that there are not', { tags: ['none'] }, '                              -------------|'],
    ] as [string, RunSelector | ((start: RunEvent) => boolean), string][]),
  ])('passes the runs %s, and what is inside them', (_what, pick, expected) => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -rmc-MtixITR-|', events);
      expectObservable(source$.pipe(selectRuns(pick))).toBe(expected, events);
      expectSubscriptions(source$.subscriptions).toBe('^------------!');
    })();
  });

  it('picks by tag, and passes the events as they are', async () => {
    const recorded = await all(someChain().events$('Hi'));
    const second = recorded.filter(({ tags }) => tags.includes('second'));
    expect(second.length).toBeGreaterThan(3);
    const names = async (operator: MonoTypeOperatorFunction<RunEvent>) =>
      (await all(someChain().events$('Hi').pipe(operator))).map(({ event: name }) => name);
    expect(await names(selectRuns({ tags: ['second'] }))).toEqual(
      second.map(({ event: name }) => name),
    );
    expect((await names(selectRuns({ names: ['twice'] }))).length).toBeGreaterThan(
      (await names(filterEvents({ includeNames: ['twice'] }))).length,
    );
  });

  it('is not mistaken by a run that has ended, nor by one that comes late', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('  -t-T-x-c', events);
      expectObservable(source$.pipe(selectRuns({ types: ['tool'] }))).toBe('-t-T----', events);
    })();
  });

  it.each<[string, unknown, string]>([
    ['nothing', {}, 'selectRuns takes names, types or tags, or a function of a start event'],
    ['null', null, 'selectRuns takes names, types or tags, or a function of a start event'],
    [
      'another key',
      { name: ['a'] },
      'selectRuns takes names, types or tags, or a function of a start event',
    ],
    ['a name alone', { names: 'model' }, 'names must be an array, got "model"'],
    ['a string', 'model', 'selectRuns takes names, types or tags, or a function of a start event'],
  ])('takes no %s', (_what, pick, message) => {
    expect(() => selectRuns(pick as RunSelector)).toThrow(new TypeError(message));
  });

  it('has types', () => {
    expectTypeOf(selectRuns({ types: ['tool'] })).toEqualTypeOf<
      MonoTypeOperatorFunction<RunEvent>
    >();
    // @ts-expect-error there is no such type of run
    selectRuns({ types: ['model'] });
  });
});
