import { concat, lastValueFrom, NEVER, type Observable, of, Subject, take, throwError } from 'rxjs';
import {
  AIMessageChunk,
  type AIMessage,
  foldMessages,
  JsonOutputParser,
  lambda,
  parallel,
  pick,
  type RunEvent,
  Runnable,
  type RunConfig,
  RunInput,
  RunnablePassthrough,
  StringOutputParser,
} from 'rxlm';
import {
  type AfterEmission,
  checkRecovery,
  runAttempts$,
} from '../../lib/runnables/attempt-ids.js';
import { FakeStream } from '../support/models.js';
import { faultsOf, recordRun, watch } from '../support/run-events.js';
import { OnChunks } from '../support/runnables.js';

const failure = new Error('cut');
const failing = <T>(...chunks: T[]) =>
  concat(
    of(...chunks),
    throwError(() => failure),
  );

/** Runs these one after the other until one does not fail. */
class Attempting extends Runnable<unknown, unknown> {
  static override readonly lcName = 'Attempting';
  override readonly takes: 'whole' | 'chunks';
  override readonly fold: Runnable<unknown, unknown>['fold'];
  readonly #all: readonly Runnable<unknown, unknown>[];
  readonly #after: AfterEmission | undefined;

  constructor(after: AfterEmission | undefined, ...all: readonly unknown[]) {
    super();
    this.#all = all as Runnable<unknown, unknown>[];
    this.fold = this.#all[0]!.fold;
    this.takes = this.#all[0]!.takes;
    this.#after = after;
  }

  override run$(input: RunInput<unknown>, config: RunConfig): Observable<unknown> {
    return runAttempts$(this, input, config, {
      after: this.#after,
      attempt$: (attempt, shared, run) => this.#all[attempt - 1]!.run$(shared, run.configFor()),
      recover$: (error, attempt) =>
        attempt < this.#all.length ? of('go on') : throwError(() => error),
    });
  }
}

const model = (...chunks: (string | AIMessageChunk)[]) => new FakeStream(() => chunks);
const broken = (...chunks: (string | AIMessageChunk)[]) => new FakeStream(() => failing(...chunks));
const textOf = (chunks: readonly unknown[]) => chunks.map((chunk) => (chunk as AIMessage).text);
const restarts = (events: readonly RunEvent[]) =>
  events.filter(({ event }) => event === 'on_custom_event');

describe('attempts', () => {
  it.each([undefined, 'restart'] as const)(
    'go on while nothing has been given out, each a run with an ending of its own (%s)',
    (after) => {
      const recorded = recordRun(new Attempting(after, broken(), broken(), model('a', 'b')), 'q');
      expect([textOf(recorded.values), recorded.ended]).toEqual([['a', 'b'], 'complete']);
      expect(recorded.story()).toEqual([
        'chain_start Attempting',
        'chat_model_start FakeStream',
        'chat_model_error FakeStream',
        'chat_model_start FakeStream',
        'chat_model_error FakeStream',
        'chat_model_start FakeStream',
        'chat_model_stream FakeStream',
        'chain_stream Attempting',
        'chat_model_stream FakeStream',
        'chain_stream Attempting',
        'chat_model_end FakeStream',
        'chain_end Attempting',
      ]);
      expect(faultsOf(recorded.events)).toEqual([]);
    },
  );

  it('[4] never go on by themselves after that: the error comes behind the values', () => {
    const recorded = recordRun(new Attempting(undefined, broken('a'), model('b')), 'q');
    expect([textOf(recorded.values), recorded.ended]).toEqual([['a'], { error: failure }]);
    expect(recorded.story().filter((line) => line.startsWith('chat_model_start'))).toHaveLength(1);
  });

  it('end with what they are not to recover from', () => {
    const recorded = recordRun(new Attempting('restart', broken(), broken('a')), 'q');
    expect(recorded.ended).toEqual({ error: failure });
  });

  it('go on behind chunks without content, and say so', () => {
    const empty = new AIMessageChunk('');
    const recorded = recordRun(new Attempting('never', broken(empty), model('a')), 'q');
    expect([textOf(recorded.values), recorded.ended]).toEqual([['', 'a'], 'complete']);
    expect(restarts(recorded.events)).toHaveLength(1);
  });

  it('[2] end with one unsubscribe, and stop early', () => {
    const endless = new FakeStream(() => concat(of('a'), NEVER));
    const recorded = recordRun(new Attempting('restart', broken(), endless), 'q');
    recorded.leave();
    expect(recorded.story().slice(-2)).toEqual([
      'chat_model_cancel FakeStream',
      'chain_cancel Attempting',
    ]);
    expect(faultsOf(recorded.events)).toEqual([]);
    let last = '';
    const counting = new FakeStream(function* () {
      for (const text of 'abc') yield (last = text);
    });
    watch(new Attempting('never', broken(), counting).stream$('q').pipe(take(1)));
    expect(last).toBe('a');
  });
});

describe('a restart', () => {
  const restarting = () => new Attempting('restart', broken('a', 'b'), model('c', 'd'));

  it('gives message chunks as they come, and those of the next attempt under another id', async () => {
    const { values, ended } = watch(restarting().stream$('q'));
    expect([textOf(values), ended]).toEqual([['a', 'b', 'c', 'd'], 'complete']);
    const ids = values.map((chunk) => (chunk as AIMessageChunk).id);
    expect([ids[0] === ids[1], ids[1] === ids[2], ids[2] === ids[3]]).toEqual([true, false, true]);
    expect(
      (await lastValueFrom(of(...(values as AIMessageChunk[])).pipe(foldMessages()))).text,
    ).toBe('cd');
  });

  it('[14] gives them another id even where their author gives all the same', async () => {
    const chunk = (content: string) => new AIMessageChunk({ content, id: 'mine' });
    const same = new Attempting(
      'restart',
      broken(chunk('a')),
      broken(chunk('b')),
      model(chunk('c')),
    );
    const { values } = watch(same.stream$('q'));
    expect(new Set(values.map((each) => (each as AIMessageChunk).id)).size).toBe(3);
    expect(((await same.invoke('q')) as AIMessage).text).toBe('c');
  });

  it('announces itself between the attempts', () => {
    const { events, story } = recordRun(restarting(), 'q');
    const [restart] = restarts(events);
    expect(restart).toMatchObject({
      name: 'restart',
      run_id: events[0]?.run_id,
      data: { attempt: 2, error: { name: 'Error', message: 'cut' } },
    });
    const at = events.indexOf(restart!);
    expect([story()[at - 1], story()[at + 1]]).toEqual([
      'chat_model_error FakeStream',
      'chat_model_start FakeStream',
    ]);
    expect(faultsOf(events)).toEqual([]);
  });

  it('doubles nothing in any fold', async () => {
    const chain = <T>(next: Runnable<never, T>) => restarting().pipe(next as Runnable<unknown, T>);
    expect(((await restarting().invoke('q')) as AIMessage).text).toBe('cd');
    expect(await chain(lambda((message: AIMessage) => message.text)).invoke('q')).toBe('cd');
    expect(await chain(new StringOutputParser()).invoke('q')).toBe('cd');
    expect(await chain(parallel({ text: new StringOutputParser() })).invoke('q')).toEqual({
      text: 'cd',
    });
    expect(
      await parallel({ m: restarting() })
        .pipe(pick('m'))
        .pipe(new StringOutputParser() as Runnable<unknown, string>)
        .invoke('q'),
    ).toBe('cd');
    const inside = lambda((q: string, config) => restarting().stream$(q, config));
    expect(
      await inside.pipe(new StringOutputParser() as Runnable<unknown, string>).invoke('q'),
    ).toBe('cd');
    expect(await parallel({ m: restarting() }).invoke('q')).toMatchObject({ m: { content: 'cd' } });
  });

  it('reports an ending that has the last attempt alone', () => {
    const { events } = recordRun(restarting(), 'q');
    expect(events.at(-1)?.data).toMatchObject({ output: { content: 'cd' } });
  });

  it('gives out nothing that it could not take back: text, once its attempt has succeeded', async () => {
    const text = () => new StringOutputParser();
    const each = new Attempting(
      'restart',
      broken('a').pipe(text()),
      broken('b').pipe(text()),
      model('c', 'd').pipe(text()),
    );
    const recorded = recordRun(each, 'q');
    expect([recorded.values, recorded.ended]).toEqual([['c', 'd'], 'complete']);
    expect(restarts(recorded.events)).toEqual([]);
    expect(await each.invoke('q')).toBe('cd');
  });

  it('gives a parser the attempt that succeeded alone', () => {
    const parsed = restarting().pipe(new StringOutputParser() as Runnable<unknown, string>);
    expect(watch(parsed.stream$('q')).values).toEqual(['c', 'd']);
  });

  it('goes on as it comes before a step that takes the whole', () => {
    const recorded = recordRun(restarting().pipe(lambda((message: unknown) => message)), 'q');
    expect(restarts(recorded.events)).toHaveLength(1);
  });
});

describe('attempts on an input that is still arriving', () => {
  const parser = (text: string) =>
    new OnChunks((chunks$) => (text === '' ? chunks$.pipe(take(1), () => failing()) : chunks$));

  it('begin with its first chunk', () => {
    const source = new Subject<AIMessageChunk>();
    const live = new FakeStream(() => source);
    const json = new Attempting(
      undefined,
      new JsonOutputParser(),
      lambda(() => 'plan B'),
    );
    const recorded = recordRun(live.pipe(json), 'q');
    source.next(new AIMessageChunk('{"a":1,'));
    expect(recorded.values).toEqual([{ a: 1 }]);
    source.complete();
    expect(recorded.ended).toMatchObject({ error: { code: 'not_json' } });
  });

  it('each get all of it, though it is made once', () => {
    let calls = 0;
    const counted = new FakeStream(() => {
      calls += 1;
      return ['a', 'b'];
    });
    const recorded = recordRun(
      counted.pipe(new Attempting(undefined, parser(''), parser(''), new StringOutputParser())),
      'q',
    );
    expect([recorded.values, recorded.ended, calls]).toEqual([['a', 'b'], 'complete', 1]);
    expect(faultsOf(recorded.events)).toEqual([]);
  });

  it('are not made again when it is the input that fails', () => {
    const recorded = recordRun(
      broken('a').pipe(
        new Attempting('restart', new JsonOutputParser(), new RunnablePassthrough()),
      ),
      'q',
    );
    expect(recorded.ended).toEqual({ error: failure });
    expect(recorded.story().slice(-4)).toEqual([
      'chat_model_error FakeStream',
      'parser_cancel JsonOutputParser',
      'chain_error Attempting',
      'chain_error RunnableSequence',
    ]);
    expect(faultsOf(recorded.events)).toEqual([]);
  });
});

describe('checkRecovery', () => {
  it.each<[object, string]>([
    [{ when: true }, 'when must be a function, got true'],
    [{ after: 'always' }, "after must be 'never' or 'restart', got \"always\""],
  ])('throws a TypeError for %p', (options, message) => {
    expect(() => {
      checkRecovery({ when: undefined, after: undefined, ...options });
    }).toThrow(new TypeError(message));
  });
});
