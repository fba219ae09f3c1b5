import { inspect } from 'node:util';
import { expectTypeOf } from 'expect-type';
import { concat, defer, NEVER, Observable, of, throwError, toArray, lastValueFrom } from 'rxjs';
import {
  AIMessage,
  AIMessageChunk,
  type AnyMessage,
  ChatModel,
  foldMessages,
  HumanMessage,
  lambda,
  type MessagesInput,
  type ModelCallOptions,
  ModelError,
  type RunConfig,
  withConfig,
} from 'rxlm';
import { MODEL_CALL_OPTIONS } from '../../lib/models/internal/model-options.js';
import { FakeGenerate, FakeStream, saying } from '../support/models.js';
import { faultsOf, record, recordRun, watch } from '../support/run-events.js';
import { Capitals } from '../support/runnables.js';
import { turn } from '../support/unhandled-errors.js';

const broken = new Error('broken');

/** A model that shows what it was called with. */
class Echo extends ChatModel<ModelCallOptions & { readonly depth?: number }> {
  readonly calls: (RunConfig & ModelCallOptions & { readonly depth?: number })[] = [];

  protected override source$(
    messages: readonly AnyMessage[],
    config: RunConfig & ModelCallOptions & { readonly depth?: number },
  ): Observable<AIMessageChunk> {
    this.calls.push(config);
    return of(new AIMessageChunk(messages.map(({ type, text }) => `${type}: ${text}`).join('\n')));
  }
}

describe('a chat model', () => {
  it('has exactly one of generate and source$', () => {
    class Neither extends ChatModel {}
    class Both extends ChatModel {
      protected override generate() {
        return Promise.resolve(new AIMessage(''));
      }
      protected override source$() {
        return of(new AIMessageChunk(''));
      }
    }
    expect(() => new Neither()).toThrow(
      new TypeError(
        'Neither must have exactly one of the methods generate and source$, it has neither',
      ),
    );
    expect(() => new Both()).toThrow(/it has both$/);
  });

  it('[1] calls neither before it is subscribed to', () => {
    const answer = jest.fn(() => ['a']);
    const stream$ = new FakeStream(answer).stream$('q');
    expect(answer).not.toHaveBeenCalled();
    watch(stream$);
    watch(stream$);
    expect(answer).toHaveBeenCalledTimes(2);
  });

  it('takes all that stands for messages, and throws a TypeError at the call for all else', async () => {
    const echo = new Echo();
    const of = async (input: MessagesInput) => (await echo.invoke(input)).text;
    expect(await of('q')).toBe('human: q');
    expect(await of(new HumanMessage('q'))).toBe('human: q');
    expect(await of([['system', 's'], { role: 'user', content: 'q' }])).toBe('system: s\nhuman: q');
    expect(await of({ messages: ['q'] })).toBe('human: q');
    expect(() => echo.stream$(7 as never)).toThrow(TypeError);
    expect(() => echo.events$({ role: 'clown', content: '' })).toThrow(/role/);
  });
});

describe.each([
  ['source$', saying('goldfish')],
  ['generate', new FakeGenerate(() => 'goldfish')],
])('[12] a model with only %s', (_, model) => {
  it('yields one chunk, and its invoke the same message', async () => {
    const chunks = await lastValueFrom(model.stream$('q', { runId: 'r' }).pipe(toArray()));
    expect(chunks).toEqual([new AIMessageChunk({ content: 'goldfish', id: 'run-r' })]);
    expect(await model.invoke('q', { runId: 'r' })).toEqual(
      new AIMessage({ content: 'goldfish', id: 'run-r' }),
    );
  });

  it('is reported with one on_chat_model_stream, with the message at the end', async () => {
    const { events, listener } = record();
    await model.invoke('q', { listeners: [listener] });
    expect(events.map(({ event }) => event)).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_end',
    ]);
    expect(events[0]!.data).toEqual({ input: 'q' });
    expect(events[2]!.data).toEqual({ output: expect.any(AIMessage) });
  });
});

describe('a model with generate', () => {
  it.each<[string, () => Promise<AIMessage>]>([
    ['rejects', () => Promise.reject(broken)],
    [
      'throws',
      () => {
        throw broken;
      },
    ],
  ])('[3] fails where that %s', async (_, generate) => {
    class Model extends ChatModel {
      protected override generate() {
        return generate();
      }
    }
    const run = recordRun(new Model(), 'q');
    await turn();
    expect(run.ended).toEqual({ error: broken });
    expect(run.story()).toEqual(['chat_model_start Model', 'chat_model_error Model']);
  });

  it.each([undefined, new HumanMessage('q'), 7])(
    'fails with a TypeError where that gives %p',
    async (given) => {
      class Model extends ChatModel {
        protected override generate() {
          return Promise.resolve(given as unknown as AIMessage);
        }
      }
      await expect(new Model().invoke('q')).rejects.toThrow(TypeError);
    },
  );

  it('[2] is stopped by config.signal when its run is left', async () => {
    let signal: AbortSignal | undefined;
    const model = new FakeGenerate((_, config) => {
      ({ signal } = config);
      return new Promise<string>(() => undefined);
    });
    const run = recordRun(model, 'q');
    expect(signal?.aborted).toBe(false);
    run.leave();
    expect(signal?.aborted).toBe(true);
    expect(run.story().at(-1)).toBe('chat_model_cancel FakeGenerate');
    await turn();
    expect(run.ended).toBeUndefined();
  });
});

describe('[13] [14] the message of a run', () => {
  it('is the fold of its chunks, under one id from the first on', async () => {
    const model = saying('gold', '', 'fish');
    const chunks = await lastValueFrom(model.stream$('q', { runId: 'r' }).pipe(toArray()));
    expect(chunks.map(({ id }) => id)).toEqual(['run-r', 'run-r', 'run-r']);
    expect(await lastValueFrom(of(...chunks).pipe(foldMessages()))).toEqual(
      await model.invoke('q', { runId: 'r' }),
    );
  });

  it('is the output of its ending, and the same object is no other’s', () => {
    const chunk = new AIMessageChunk('a');
    const shared = new FakeStream(() => [chunk]);
    const [one, other] = [recordRun(shared, 'q'), recordRun(shared, 'q')];
    expect(one.values[0]!.id).toBe(`run-${one.events[0]!.run_id}`);
    expect(one.values[0]!.id).not.toBe(other.values[0]!.id);
    expect(chunk.id).toBeUndefined();
  });

  it('[4] so far is in the ModelError that it failed with, and in the event that reports of it', () => {
    const error = new ModelError('cut', { code: 'truncated', provider: 'p' });
    const run = recordRun(
      new FakeStream(() =>
        concat(
          of('gold'),
          throwError(() => error),
        ),
      ),
      'q',
    );
    expect(run.ended).toEqual({ error });
    expect(error).toMatchObject({ emitted: true, partial: { content: 'gold' } });
    expect(run.events.at(-1)!.data).toMatchObject({
      error: { name: 'ModelError', code: 'truncated', emitted: true },
      output: { content: 'gold' },
    });
  });
});

describe('[10] metadata of a model', () => {
  class ChatTuned extends ChatModel {
    protected override source$() {
      return of(new AIMessageChunk('a'));
    }
    protected override modelMetadata({ temperature }: ModelCallOptions) {
      return {
        ls_provider: 'tuned',
        ls_model_type: 'chat' as const,
        ...(temperature === undefined ? {} : { ls_temperature: temperature }),
      };
    }
  }
  const metadataOf = (model: ChatModel, config: RunConfig & ModelCallOptions) => {
    const { events, listener } = record();
    watch(model.stream$('q', { ...config, listeners: [listener] }));
    return events[0]!.metadata;
  };

  it('is merged with that of the config, and says what is known alone', () => {
    expect(metadataOf(saying('a'), { metadata: { user: 7 } })).toEqual({
      user: 7,
      ls_provider: 'FakeStream',
      ls_model_type: 'chat',
    });
    expect(metadataOf(new ChatTuned(), { temperature: 0 })).toEqual({
      ls_provider: 'tuned',
      ls_model_type: 'chat',
      ls_temperature: 0,
    });
    expect(metadataOf(saying('a'), { stop: ['x'] })).toMatchObject({ ls_stop: ['x'] });
  });

  it('belongs to its own runs: neither those around it nor those beside it have it', () => {
    const { events } = recordRun(saying('a').pipe(new Capitals()), 'q');
    const having = events.filter(({ metadata }) => 'ls_provider' in metadata);
    expect(new Set(having.map(({ name }) => name))).toEqual(new Set(['FakeStream']));
  });
});

describe('call options', () => {
  it('reach the model that is called, beside the config of its run', () => {
    const echo = new Echo();
    watch(echo.stream$('q', { stop: ['x'], depth: 2, tags: ['t'] }));
    expect(echo.calls[0]).toMatchObject({ stop: ['x'], depth: 2, tags: ['t'] });
    expect(echo.calls[0]!.signal).toBeInstanceOf(AbortSignal);
  });

  it('are not inherited by what a function runs', () => {
    const echo = new Echo();
    watch(
      lambda((q: string, config) => echo.stream$(q, config)).stream$('q', {
        stop: ['x'],
      } as RunConfig),
    );
    expect(echo.calls[0]).not.toHaveProperty('stop');
  });

  it('of bind are those of all calls; those of a call come first', () => {
    const echo = new Echo();
    const bound = echo.bind({ stop: ['x'], depth: 1 }).bind({ depth: 2 });
    watch(bound.stream$('q'));
    watch(bound.stream$('q', { depth: 3 }));
    expect(echo.calls.map(({ stop, depth }) => [stop, depth])).toEqual([
      [['x'], 2],
      [['x'], 3],
    ]);
    expectTypeOf<Echo['bind']>()
      .parameter(0)
      .toEqualTypeOf<Partial<ModelCallOptions & { readonly depth?: number }>>();
  });

  it('of bind and of calls merge headers by name, and of the rest the call’s stands', () => {
    const echo = new Echo();
    const bound = echo.bind({
      headers: { 'X-A': '1', b: '2' },
      stop: ['x'],
      depth: 1,
      maxTokens: 9,
    });
    watch(bound.stream$('q', { headers: { 'x-a': '3' }, stop: ['y'], maxTokens: undefined }));
    expect(echo.calls[0]).toMatchObject({
      headers: { 'x-a': '3', b: '2' },
      stop: ['y'],
      depth: 1,
      maxTokens: 9,
    });
    expect(bound.optionsFor({ depth: 2 })).toMatchObject({ depth: 2, stop: ['x'] });
  });

  it('merge as a class declares it, and others than it declares are a TypeError at the call', async () => {
    class Strict extends Echo {
      override get callOptionRules() {
        return { ...MODEL_CALL_OPTIONS, depth: (a: number, b: number) => a + b };
      }
    }
    const strict = new Strict();
    const bound = strict.bind({ depth: 1 }).bind({ depth: 2 });
    watch(bound.stream$('q', { depth: 4 }));
    expect(strict.calls[0]).toMatchObject({ depth: 7 });
    const wrong = { max_tokens: 5 } as never;
    const use = 'has no option "max_tokens": it takes stop, tools, toolChoice';
    for (const model of [strict, bound, strict.bindTools([])]) {
      expect(() => model.bind(wrong)).toThrow(use);
      expect(() => model.stream$('q', wrong)).toThrow(use);
      expect(() => model.events$('q', wrong)).toThrow(use);
      expect(() => model.batch$(['q'], wrong)).toThrow(use);
      await expect(model.invoke('q', wrong)).rejects.toThrow(TypeError);
    }
    const views = { version: 'v2', includeTypes: ['chat_model'], excludeTags: ['x'] } as const;
    expect(() => strict.events$('q', views)).not.toThrow();
    expect(() => strict.batch$(['q'], { returnExceptions: true })).not.toThrow();
    expect(() => strict.stream$('q', { tags: [], runName: 'r' })).not.toThrow();
  });

  it('[21] that are bound are not shown', () => {
    const bound = saying('a')
      .bind({ headers: { 'x-tenant': 'canary' } })
      .bind({});
    const shown = inspect(bound, { depth: Infinity, showHidden: true, getters: false });
    expect(shown + JSON.stringify(bound)).not.toContain('canary');
  });

  it('that are none are a TypeError', () => {
    expect(() => saying('a').bind(null as never)).toThrow(
      new TypeError('bind takes an object of call options, got null'),
    );
    expect(() => saying('a').bind({ headers: new Headers() as never })).toThrow(TypeError);
  });

  it('of bindTools are tools, and what is said beside', () => {
    const echo = new Echo();
    watch(echo.bindTools([{ name: 't' }], { toolChoice: 'any' }).stream$('q'));
    expect(echo.calls[0]).toMatchObject({ tools: [{ name: 't' }], toolChoice: 'any' });
  });
});

describe('a bound model', () => {
  it('[7] is reported as the model itself, as one run', () => {
    const { story, events } = recordRun(saying('a').bind({ stop: ['x'] }), 'q', {
      runName: 'mine',
    });
    expect(story()).toEqual([
      'chat_model_start mine',
      'chat_model_stream mine',
      'chat_model_end mine',
    ]);
    expect(events[0]!.metadata).toMatchObject({ ls_provider: 'FakeStream', ls_stop: ['x'] });
    expect(saying('a').bind({}).name).toBe('FakeStream');
  });

  it('stands in a sequence as the model does', async () => {
    const chain = lambda((q: string) => q)
      .pipe(saying('a').bind({}))
      .pipe(new Capitals());
    expect(await chain.invoke('q')).toBe('A');
  });

  it('takes what its model takes', () => {
    class Strict extends Echo {
      override checkInput(): void {
        throw new TypeError('nothing will do');
      }
    }
    expect(() => new Strict().bind({}).stream$('q')).toThrow('nothing will do');
  });

  it('fails with the error of its model’s timeout', async () => {
    const silent = new FakeStream(() => concat(of('a'), NEVER)).bind({});
    await expect(silent.invoke('q', { timeout: 1 })).rejects.toMatchObject({
      name: 'ModelError',
      code: 'timeout',
      provider: 'FakeStream',
    });
  });
});

describe('models inside models and functions', () => {
  it('[3] [9] are reported as a tree by the config that is handed on', () => {
    const inner = saying('a');
    const outer = new FakeStream(([message], config) => inner.stream$(message!.text, config));
    const run = recordRun(
      lambda((q: string, config) => outer.stream$(q, config)),
      'q',
    );
    expect(run.story().slice(0, 3)).toEqual([
      'chain_start RunnableLambda',
      'chat_model_start FakeStream',
      'chat_model_start FakeStream',
    ]);
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('[2] are cancelled together', () => {
    const left: string[] = [];
    const silent = (name: string) =>
      new FakeStream(() => defer(() => new Observable<string>(() => () => left.push(name))));
    const both = lambda((q: string, config) =>
      silent('a')
        .stream$(q, config)
        .pipe((a$) => concat(a$, silent('b').stream$(q, config))),
    );
    watch(both.stream$('q')).leave();
    expect(left).toEqual(['a']);
  });
});

describe('the listeners of a chat model', () => {
  const heard = record();
  const listeners = [heard.listener];
  class Inside extends ChatModel {
    protected override source$(_: readonly AnyMessage[], config: RunConfig) {
      return lambda(() => new AIMessageChunk('a')).stream$('q', config);
    }
  }
  beforeEach(() => {
    heard.events.length = 0;
  });

  it('hear its runs and those inside, beside other listeners', () => {
    const model = new Inside({ listeners });
    watch(model.stream$('q'));
    const story = [
      'chat_model_start Inside',
      'chain_start RunnableLambda',
      'chain_stream RunnableLambda',
      'chat_model_stream Inside',
      'chain_end RunnableLambda',
      'chat_model_end Inside',
    ];
    expect(heard.story().sort()).toEqual(story.sort());
    expect(faultsOf(heard.events)).toEqual([]);
    heard.events.length = 0;
    const { events } = recordRun(model.bind({ stop: ['x'] }), 'q');
    expect(heard.events).toEqual(events);
  });

  it('hear each event once, in whichever ways they come', () => {
    const model = withConfig(new Inside({ listeners }), { listeners });
    const chain = lambda((q: string, config) => model.stream$(q, { ...config, listeners }));
    const { events } = recordRun(chain, 'q', { listeners });
    expect(heard.events).toEqual(events);
  });

  it('hear of a model in a chain what is the model’s, with the ids of its parents', () => {
    const model = new Inside({ listeners });
    const chain = lambda((q: string, config) => model.stream$(q, config));
    const root = '01900000-0000-7000-8000-000000000000';
    watch(chain.stream$('q', { runId: root }));
    expect(heard.events).toHaveLength(6);
    for (const { parent_ids } of heard.events) expect(parent_ids[0]).toBe(root);
  });

  it('hear one ending of each run, also where it is cancelled in a chain that nobody listens to', () => {
    const endless = new (class extends ChatModel {
      protected override source$() {
        return NEVER;
      }
    })({ listeners });
    const chain = lambda((q: string, config) => endless.stream$(q, config));
    watch(chain.stream$('q')).leave();
    expect(heard.events.map(({ event }) => event)).toEqual([
      'on_chat_model_start',
      'on_chat_model_cancel',
    ]);
  });

  it('must be functions', () => {
    expect(() => new Inside({ listeners: [1] as never })).toThrow(TypeError);
  });
});
