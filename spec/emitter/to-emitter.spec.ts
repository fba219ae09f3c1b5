import { expectTypeOf } from 'expect-type';
import { concat, from, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import {
  AIMessage,
  AIMessageChunk,
  lambda,
  ModelError,
  type RunEvent,
  type RunEventOf,
} from 'rxlm';
import { type RunEmitter, toEmitter } from 'rxlm/emitter';
import { marbles } from '../support/marbles.js';
import { FakeGenerate, FakeStream, saying } from '../support/models.js';
import { record } from '../support/run-events.js';
import { turn, unhandledErrors } from '../support/unhandled-errors.js';

const broken = new Error('broken');

/** What an emitter reports under these names, as it comes: `['text gold', 'end', …]`. */
function story(emitter: RunEmitter, ...names: Parameters<RunEmitter['on']>[0][]): string[] {
  const recorded: string[] = [];
  for (const name of names) {
    emitter.on(name, (...args: unknown[]) => {
      const [value] = args as [{ event?: string; text?: string; message?: string } | string];
      const what = typeof value === 'object' ? (value.event ?? value.text ?? value.message) : value;
      recorded.push(args.length === 0 ? name : `${name} ${String(what)}`);
    });
  }
  return recorded;
}

const event = (n: number): RunEvent => ({
  event: 'on_custom_event',
  name: String(n),
  run_id: 'run',
  parent_ids: [],
  tags: [],
  metadata: {},
  data: n,
});

describe('what an emitter reports', () => {
  it('is each event under its name and as `event`, the texts, the message, and the end', async () => {
    const emitter = toEmitter(saying('gold', '', 'fish').events$('Hi'));
    const recorded = story(
      emitter,
      'end',
      'error',
      'message',
      'text',
      'on_chat_model_end',
      'on_chat_model_stream',
      'on_chat_model_start',
      'event',
    );
    await turn();
    expect(recorded).toEqual([
      'event on_chat_model_start',
      'on_chat_model_start on_chat_model_start',
      'event on_chat_model_stream',
      'on_chat_model_stream on_chat_model_stream',
      'text gold',
      'event on_chat_model_stream',
      'on_chat_model_stream on_chat_model_stream',
      'event on_chat_model_stream',
      'on_chat_model_stream on_chat_model_stream',
      'text fish',
      'event on_chat_model_end',
      'on_chat_model_end on_chat_model_end',
      'message goldfish',
      'end',
    ]);
  });

  it('is the text and the message of each model of a chain, and only of models', async () => {
    const chain = lambda((q: string) => q)
      .pipe(saying('gold', 'fish'))
      .pipe(lambda(({ text }: AIMessage) => text.toUpperCase()))
      .pipe(new FakeGenerate(([message]) => `${String(message?.text)}!`));
    const recorded = story(toEmitter(chain.events$('Hi')), 'text', 'message');
    await turn();
    expect(recorded).toEqual([
      'text gold',
      'text fish',
      'message goldfish',
      'text GOLDFISH!',
      'message GOLDFISH!',
    ]);
  });

  it('is the text of content blocks, and none where a chunk has none', async () => {
    const blocks = [
      new AIMessageChunk({ content: [{ index: 0, type: 'thinking', thinking: 'hm' }] }),
      new AIMessageChunk({ content: [{ index: 1, type: 'text', text: 'gold' }] }),
    ];
    const recorded = story(
      toEmitter(new FakeStream(() => blocks).events$('Hi')),
      'text',
      'message',
    );
    await turn();
    expect(recorded).toEqual(['text gold', 'message gold']);
  });

  it('is the same for events that have been JSON', async () => {
    const events: RunEvent[] = [];
    await saying('gold', 'fish').invoke('Hi', { listeners: [(recorded) => events.push(recorded)] });
    const parsed = JSON.parse(JSON.stringify(events)) as RunEvent[];
    const emitter = toEmitter(from(parsed));
    const recorded = story(emitter, 'text');
    const message = jest.fn();
    emitter.on('message', message);
    await turn();
    expect(recorded).toEqual(['text gold', 'text fish']);
    expect(message).toHaveBeenCalledWith(expect.objectContaining({ content: 'goldfish' }));
  });

  it('has the message of a nested model in version 1 as well', async () => {
    const chain = lambda((q: string) => q).pipe(saying('gold', 'fish'));
    const recorded = story(toEmitter(chain.events$('Hi', { version: 'v1' })), 'message');
    await turn();
    expect(recorded).toEqual(['message goldfish']);
  });

  it('is typed by its name', () => {
    const emitter = toEmitter(NEVER);
    emitter.on('on_chat_model_stream', (recorded) => {
      expectTypeOf(recorded).toEqualTypeOf<RunEventOf<'on_chat_model_stream'>>();
      expectTypeOf(recorded.data.chunk).toEqualTypeOf<AIMessageChunk>();
    });
    emitter.once('text', (text) => {
      expectTypeOf(text).toEqualTypeOf<string>();
    });
    emitter.addListener('message', (message) => {
      expectTypeOf(message).toEqualTypeOf<AIMessage>();
    });
    emitter.on('error', (error) => {
      expectTypeOf(error).toEqualTypeOf<unknown>();
    });
    emitter.on('event', (recorded) => {
      expectTypeOf(recorded).toEqualTypeOf<RunEvent>();
    });
    // @ts-expect-error no such name
    emitter.on('on_chat_model_strean', () => {});
    emitter.unsubscribe();
    expect(emitter.listenerCount('text')).toBe(1);
  });
});

describe('when an emitter begins', () => {
  it('[1] is not before there is a listener', async () => {
    const subscribed = jest.fn();
    const emitter = toEmitter(
      new Observable(() => {
        subscribed();
      }),
    );
    await turn();
    expect(subscribed).not.toHaveBeenCalled();
    emitter.on('text', () => {});
    expect(subscribed).not.toHaveBeenCalled();
    await turn();
    expect(subscribed).toHaveBeenCalledTimes(1);
  });

  it.each(['on', 'once', 'addListener'] as const)('is after the first `%s`', async (method) => {
    const emitter = toEmitter(of(event(1)));
    const listener = jest.fn();
    emitter[method]('event', listener);
    await turn();
    expect(listener.mock.calls).toEqual([[event(1)]]);
  });

  it('[1] is once, however many listen', async () => {
    let runs = 0;
    const emitter = toEmitter(
      new Observable((subscriber) => {
        runs += 1;
        subscriber.next(event(1));
        subscriber.complete();
      }),
    );
    const recorded = story(emitter, 'event', 'end', 'text');
    await turn();
    emitter.on('event', () => recorded.push('late'));
    await turn();
    expect(runs).toBe(1);
    expect(recorded).toEqual(['event on_custom_event', 'end']);
  });

  it('leaves time to everybody of the same turn, also with a synchronous source', async () => {
    const emitter = toEmitter(saying('gold').events$('Hi'));
    const recorded = story(emitter, 'end');
    recorded.push('still here');
    story(emitter, 'text');
    emitter.on('on_chat_model_start', () => recorded.push('start'));
    await turn();
    expect(recorded).toEqual(['still here', 'start', 'end']);
  });
});

describe('an error', () => {
  it('[4] goes to who listens for it, after the events before it, and then there is no end', async () => {
    const model = new FakeStream(() =>
      concat(
        of('gold'),
        throwError(() => broken),
      ),
    );
    const emitter = toEmitter(model.events$('Hi'));
    const recorded = story(emitter, 'on_chat_model_error', 'error', 'end', 'text', 'message');
    expect(await unhandledErrors(turn)).toEqual([]);
    expect(recorded).toEqual([
      'text gold',
      'on_chat_model_error on_chat_model_error',
      'error broken',
    ]);
  });

  it('is given as it is', async () => {
    const error = new ModelError('anthropic: overloaded', {
      code: 'overloaded',
      provider: 'anthropic',
    });
    const listener = jest.fn();
    toEmitter(throwError(() => error)).on('error', listener);
    await turn();
    expect(listener.mock.calls).toEqual([[error]]);
  });

  it('[6] is reported once where nobody listens for it', async () => {
    const emitter = toEmitter(
      concat(
        of(event(1)),
        throwError(() => broken),
      ),
    );
    const recorded = story(emitter, 'event', 'end');
    expect(await unhandledErrors(turn)).toEqual([broken]);
    expect(recorded).toEqual(['event on_custom_event']);
  });

  it('may be listened for until it comes', async () => {
    const source = new Subject<RunEvent>();
    const emitter = toEmitter(source);
    story(emitter, 'text');
    await turn();
    const recorded = story(emitter, 'error');
    expect(
      await unhandledErrors(() => {
        source.error(broken);
      }),
    ).toEqual([]);
    expect(recorded).toEqual(['error broken']);
  });
});

describe('a listener that throws', () => {
  it('[6] does not change the run, is reported once, and keeps nothing from the other names', async () => {
    const emitter = toEmitter(saying('gold', 'fish').events$('Hi'));
    emitter.once('event', () => {
      throw broken;
    });
    const recorded = story(emitter, 'on_chat_model_start', 'text', 'message', 'end');
    expect(await unhandledErrors(turn)).toEqual([broken]);
    expect(recorded).toEqual([
      'on_chat_model_start on_chat_model_start',
      'text gold',
      'text fish',
      'message goldfish',
      'end',
    ]);
  });

  it.each(['error', 'end'] as const)(
    '[6] is emitted alone where the filter names the %s',
    async (name) => {
      const source$ = name === 'end' ? of(event(1)) : throwError(() => new Error('of the run'));
      toEmitter(source$).on(name, () => {
        throw broken;
      });
      expect(await unhandledErrors(turn)).toEqual([broken]);
    },
  );
});

describe('unsubscribe', () => {
  it('[2] cancels the run at once, and nothing is reported after that', async () => {
    const recorder = record();
    let signal: AbortSignal | undefined;
    const model = new FakeStream((_messages, config) => {
      signal = config.signal;
      return concat(of('gold'), NEVER);
    });
    const emitter = toEmitter(model.events$('Hi', { listeners: [recorder.listener] }));
    const recorded = story(emitter, 'text', 'message', 'end', 'error', 'on_chat_model_cancel');
    await turn();
    expect(signal?.aborted).toBe(false);
    emitter.unsubscribe();
    expect(signal?.aborted).toBe(true);
    expect(recorder.story().at(-1)).toBe('chat_model_cancel FakeStream');
    await turn();
    expect(recorded).toEqual(['text gold']);
  });

  it('stops a synchronous source from within a listener, and what is left of the same event', async () => {
    let asked = 0;
    const emitter = toEmitter(
      new Observable<RunEvent>((subscriber) => {
        while (!subscriber.closed) subscriber.next(event((asked += 1)));
      }),
    );
    emitter.on('event', ({ data }) => {
      if (data === 3) emitter.unsubscribe();
    });
    const recorded = story(emitter, 'on_custom_event', 'end', 'error');
    await turn();
    expect(asked).toBe(3);
    expect(recorded).toEqual([
      'on_custom_event on_custom_event',
      'on_custom_event on_custom_event',
    ]);
  });

  it('before the first listener, or before the run has begun, means that it never does', async () => {
    const subscribed = jest.fn();
    const source$ = new Observable<RunEvent>(() => {
      subscribed();
    });
    const early = toEmitter(source$);
    early.unsubscribe();
    early.on('text', () => {});
    const soon = toEmitter(source$);
    soon.on('text', () => {});
    soon.unsubscribe();
    await turn();
    expect(subscribed).not.toHaveBeenCalled();
  });

  it('reaches the source, also after its listeners are gone', () => {
    marbles(({ cold, expectSubscriptions, scheduler }) => {
      const source$ = cold<RunEvent>('-a-b-c|', { a: event(1), b: event(2), c: event(3) });
      const emitter = toEmitter(source$);
      const listener = jest.fn();
      emitter.on('event', listener);
      scheduler.schedule(() => {
        emitter.removeAllListeners();
      }, 2);
      scheduler.schedule(() => {
        emitter.unsubscribe();
      }, 4);
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    });
  });
});

it.each([[undefined], [null], [{}], ['Hi'], [[]]])('is not made of %j', (value) => {
  expect(() => toEmitter(value as never)).toThrow(TypeError);
  expect(() => toEmitter(value as never)).toThrow(
    'toEmitter takes an Observable of run events, got',
  );
});
