import { Subject } from 'rxjs';
import { dispatchCustomEvent, lambda, type RunConfig } from 'rxlm';
import { type LambdaConfig } from '../../lib/runnables/lambda.js';
import { faultsOf, record, recordRun, watch } from '../support/run-events.js';

const progress = (q: string, config: LambdaConfig) => {
  dispatchCustomEvent('progress', { percent: 50 }, config);
  return q;
};

describe('dispatchCustomEvent', () => {
  it('[7] reports the name and the data, as they are, of the run that the config was made for', () => {
    const { events } = recordRun(lambda(progress), 'q', { tags: ['on'], metadata: { a: 1 } });
    const [start, custom] = events;
    expect(custom).toEqual({
      event: 'on_custom_event',
      name: 'progress',
      run_id: start?.run_id,
      parent_ids: [],
      tags: ['on'],
      metadata: { a: 1 },
      data: { percent: 50 },
    });
    expect(events.map(({ event }) => event)).toEqual([
      'on_chain_start',
      'on_custom_event',
      'on_chain_stream',
      'on_chain_end',
    ]);
  });

  it('reports it of the step whose config it is', () => {
    const { events } = recordRun(lambda((q: string) => q).pipe(lambda(progress)), 'q');
    const custom = events.find(({ event }) => event === 'on_custom_event');
    expect(custom).toMatchObject({ tags: ['seq:step:2'], parent_ids: [events[0]?.run_id] });
    expect(faultsOf(events)).toEqual([]);
  });

  it('passes on a config that was spread', () => {
    const spread = lambda((q: string, config: LambdaConfig) => progress(q, { ...config }));
    expect(recordRun(spread, 'q').events[1]?.name).toBe('progress');
  });

  it('reports nothing once the run is over, or to nobody', () => {
    const configs: LambdaConfig[] = [];
    const kept = lambda((_: string, config) =>
      new Subject().pipe((source$) => (configs.push(config), source$)),
    );
    const recorded = recordRun(kept, 'q');
    recorded.leave();
    const before = recorded.story();
    dispatchCustomEvent('late', 1, configs[0]!);
    expect(recorded.story()).toEqual(before);
    expect(watch(lambda(progress).stream$('q')).values).toEqual(['q']);
  });

  it('is no event of version 1', () => {
    const v1 = watch(lambda(progress).events$('q', { version: 'v1' })).values;
    expect(v1.map(({ event }) => event)).toEqual([
      'on_chain_start',
      'on_chain_stream',
      'on_chain_end',
    ]);
  });

  it.each([[{}], [{ listeners: [record().listener] }], [undefined]])(
    'throws a TypeError for a config of no run: %p',
    (config) => {
      expect(() => {
        dispatchCustomEvent('progress', 1, config as RunConfig);
      }).toThrow(
        new TypeError(
          'dispatchCustomEvent: "progress" has no run. Pass on the config that your function received',
        ),
      );
    },
  );

  it.each(['', 7, undefined])('throws a TypeError for the name %p', (name) => {
    expect(() => {
      dispatchCustomEvent(name as string, 1, {});
    }).toThrow(/^name must be a non-empty string, got /);
  });
});
