import { NEVER, of, VirtualTimeScheduler } from 'rxjs';
import { lambda, type RunConfig, type RunType } from 'rxlm';
import { newRunId } from 'rxlm';
import { type LambdaConfig } from '../../../lib/runnables/lambda.js';
import { Run } from '../../../lib/core/run/run.js';
import { GATE, type Gate } from '../../../lib/core/demand/gate.js';
import { SCOPE } from '../../../lib/core/run/scope.js';
import { saying } from '../../support/models.js';
import { faultsOf, record, recordRun, watch } from '../../support/run-events.js';

/** The config that a run hands to what runs inside, and the events of both. */
function inside(config: RunConfig, change: (own: LambdaConfig) => RunConfig = (own) => own) {
  let own = {} as LambdaConfig;
  const outer = lambda((q: string, given) => {
    own = given;
    return saying('a').stream$(q, change(given));
  });
  const { events } = recordRun(outer, 'q', config);
  const [outerStart, innerStart] = events;
  return { own, events, outerStart: outerStart!, innerStart: innerStart! };
}

describe('what runs inside inherit', () => {
  const newId = () => 'id';
  const scheduler = new VirtualTimeScheduler();

  it('[9] tags and metadata, and what they add, but nothing that others add', () => {
    const { innerStart, outerStart } = inside({ tags: ['t'], metadata: { a: 1, b: 1 } }, (own) => ({
      ...own,
      tags: ['own'],
      metadata: { b: 2 },
    }));
    expect([outerStart.tags, outerStart.metadata]).toEqual([['t'], { a: 1, b: 1 }]);
    expect(innerStart.tags).toEqual(['t', 'own']);
    expect(innerStart.metadata).toMatchObject({ a: 1, b: 2 });
  });

  it('each tag once', () => {
    const { innerStart } = inside({ tags: ['t'] }, (own) => ({ ...own, tags: ['t', 'own', 't'] }));
    expect(innerStart.tags).toEqual(['t', 'own']);
  });

  it('listeners, newId, scheduler and maxConcurrency, [20] the gate', () => {
    const gate = {} as Gate;
    const { own } = inside({ newId, scheduler, maxConcurrency: 3, [GATE]: gate });
    expect(own).toMatchObject({ newId, scheduler, maxConcurrency: 3 });
    expect(own[GATE]).toBe(gate);
    expect(own.listeners).toHaveLength(1);
  });

  it('[9] neither runName, runId nor timeout', () => {
    const { own, innerStart } = inside({ runName: 'mine', runId: 'root', timeout: 1e6 });
    for (const key of ['runName', 'runId', 'timeout']) expect(own).not.toHaveProperty(key);
    expect([innerStart.name, innerStart.parent_ids]).toEqual(['FakeStream', ['root']]);
    expect(innerStart.run_id).not.toBe('root');
  });

  it('neither call options, filters nor version', () => {
    let own: object = {};
    const outer = lambda((_: string, config) => {
      own = config;
      return 1;
    });
    const config = { stop: ['x'], version: 'v1', includeNames: ['n'] } as const;
    watch(outer.events$('q', config));
    for (const key of Object.keys(config)) expect(own).not.toHaveProperty(key);
  });

  it('the listeners that a child adds hear that child alone', () => {
    const { events, listener } = record();
    inside({}, (own) => ({ ...own, listeners: [listener] }));
    expect(events.map(({ name }) => name)).toEqual(['FakeStream', 'FakeStream', 'FakeStream']);
  });

  it('a listener once, however often it is handed on', () => {
    const { events } = inside({}, (own) => ({ ...own, listeners: [...own.listeners!] }));
    expect(faultsOf(events)).toEqual([]);
  });

  it('nothing where a config of its own is given: that is another root', () => {
    const { events } = inside({ tags: ['t'] }, () => ({}));
    expect(events.map(({ name }) => name)).not.toContain('FakeStream');
  });
});

describe('ids', () => {
  it('[9] [20] come from config.newId, one for each run', () => {
    let count = 0;
    const { events } = inside({ newId: () => `id-${String(++count)}` });
    expect(new Set(events.map(({ run_id }) => run_id))).toEqual(new Set(['id-1', 'id-2']));
    expect(count).toBe(2);
  });

  it('[9] report the path from the root', () => {
    const deep = lambda((q: string, config) =>
      lambda((_: string, inner) => saying('a').stream$(q, inner)).stream$(q, config),
    );
    const { events } = recordRun(deep, 'q', { runId: 'root' });
    const [, second, third] = events;
    expect(second!.parent_ids).toEqual(['root']);
    expect(third!.parent_ids).toEqual(['root', second!.run_id]);
  });

  it('are not made where nobody asks for one', () => {
    const newId = jest.fn(newRunId);
    watch(lambda(() => 1).stream$('q', { newId }));
    expect(newId).not.toHaveBeenCalled();
    watch(saying('a').stream$('q', { newId }));
    expect(newId).toHaveBeenCalledTimes(1);
  });
});

describe('the signal of a run', () => {
  it('survives a spread of the config', () => {
    const aborted: boolean[] = [];
    const outer = lambda((_: string, config) => {
      const copy = { ...config, tags: ['t'] };
      copy.signal.addEventListener('abort', () => aborted.push(copy.signal.aborted));
      return NEVER;
    });
    watch(outer.stream$('q')).leave();
    expect(aborted).toEqual([true]);
  });

  it('is made when it is asked for', () => {
    const made = jest.spyOn(globalThis, 'AbortController');
    try {
      watch(
        lambda(() => of(1))
          .pipe(lambda(() => 2))
          .stream$('q', { tags: ['t'] }),
      );
      expect(made).not.toHaveBeenCalled();
    } finally {
      made.mockRestore();
    }
  });

  it('is aborted just before the ending is reported', () => {
    let signal: AbortSignal | undefined;
    const seen: [string, boolean | undefined][] = [];
    watch(
      lambda((_: string, config) => {
        ({ signal } = config);
        return 'a';
      }).stream$('q', { listeners: [({ event }) => seen.push([event, signal?.aborted])] }),
    );
    expect(seen).toEqual([
      ['on_chain_start', undefined],
      ['on_chain_stream', false],
      ['on_chain_end', true],
    ]);
  });

  it('is aborted already for who asks when the run is over', () => {
    const run = new Run(
      lambda(() => 1),
      { signal: AbortSignal.abort('why') },
    );
    run.close();
    expect([run.signal.aborted, run.signal.reason]).toEqual([true, 'why']);
  });
});

describe('a run', () => {
  it.each<[RunType, string | undefined]>([
    ['chain', 'on_chain_stream'],
    ['chat_model', 'on_chat_model_stream'],
    ['llm', 'on_llm_stream'],
    ['parser', 'on_parser_stream'],
    ['prompt', undefined],
    ['tool', undefined],
    ['retriever', undefined],
  ])('[7] of type %s reports its chunks as %s', (runType, streamEvent) => {
    const spec = Object.assign(
      lambda(() => 1),
      { runType },
    );
    expect(new Run(spec, {}).streamEvent).toBe(streamEvent);
    const { events } = recordRun(spec, 'q');
    expect(events.map(({ event }) => event)).toEqual(
      [`on_${runType}_start`, streamEvent, `on_${runType}_end`].filter((name) => name),
    );
  });

  it('[17] keeps __proto__ in metadata as an own key', () => {
    const metadata = JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, unknown>;
    const { innerStart } = inside({ metadata }, (own) => ({ ...own, metadata: { b: 2 } }));
    expect(Object.keys(innerStart.metadata)).toContain('__proto__');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('that is given no scope is a root', () => {
    expect(
      new Run(
        lambda(() => 1),
        {},
      ).isRoot,
    ).toBe(true);
    expect(
      new Run(
        lambda(() => 1),
        {
          [SCOPE]: new Run(
            lambda(() => 1),
            {},
          ),
        },
      ).isRoot,
    ).toBe(false);
  });
});
