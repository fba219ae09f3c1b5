import {
  concat,
  firstValueFrom,
  lastValueFrom,
  map,
  NEVER,
  type Observable,
  of,
  throwError,
  toArray,
} from 'rxjs';
import {
  AIMessage,
  AIMessageChunk,
  HumanMessage,
  lambda,
  ModelError,
  type RunEvent,
  SystemMessage,
} from 'rxlm';
import type { FakeAnswer } from '../../../lib/testing/fake/fake-answer.js';
import {
  FakeChatModel,
  type FakeChatModelOptions,
} from '../../../lib/testing/fake/fake-chat-model.js';
import { marbles as answer } from '../../../lib/testing/fake/marbles.js';
import { marbles } from '../../support/marbles.js';
import { watch } from '../../support/run-events.js';

const toText = (chunks$: Observable<AIMessageChunk>) => chunks$.pipe(map(({ text }) => text));
const broken = new Error('broken');
const texts = async (model: FakeChatModel) =>
  (await lastValueFrom(model.stream$('Hi').pipe(toArray()))).map(({ text }) => text);

describe('the answers of a fake model', () => {
  it('are given one for each run, in order, and each begins when it is subscribed', async () => {
    const model = new FakeChatModel([['gold', 'fish'], 'on the', ['moon']]);
    const chunks$ = model.stream$('Hi');
    expect(model.calls).toEqual([]);
    expect((await lastValueFrom(chunks$.pipe(toArray()))).map(({ text }) => text)).toEqual([
      'gold',
      'fish',
    ]);
    expect((await firstValueFrom(chunks$)).text).toBe('on the');
    expect((await model.invoke('Hi')).text).toBe('moon');
    model.assertAllUsed();
  });

  it.each<[string, FakeAnswer]>([
    ['a text', 'goldfish'],
    ['texts', ['gold', 'fish']],
    ['a message', new AIMessage('goldfish')],
    ['chunks', [new AIMessageChunk('gold'), new AIMessageChunk({ content: 'fish' })]],
    ['an Observable', of('gold', new AIMessageChunk('fish'))],
    ['a function', () => ['gold', 'fish']],
    ['a function that gives another', () => () => of('goldfish')],
    ['nothing but an end', ['goldfish', '']],
  ])('may be %s', async (_title, scripted) => {
    const message = await new FakeChatModel([scripted]).invoke('Hi');
    expect(message).toMatchObject({ type: 'ai', content: 'goldfish', tool_calls: [] });
  });

  it('say why they ended, in the form of what came before', async () => {
    const model = new FakeChatModel([
      ['gold', { finish_reason: 'length' }],
      [{ name: 'f', args: {} }, { finish_reason: 'content_filter' }],
    ]);
    expect(await model.invoke('Hi')).toMatchObject({ content: 'gold', finish_reason: 'length' });
    expect(await model.invoke('Hi')).toMatchObject({
      content: [{ name: 'f' }],
      finish_reason: 'content_filter',
    });
  });

  it('may be empty', async () => {
    expect(await texts(new FakeChatModel([[]]))).toEqual([]);
    expect((await new FakeChatModel([[]]).invoke('Hi')).content).toBe('');
  });

  it('are made by a function of what is asked', async () => {
    const model = new FakeChatModel([
      (messages, { temperature, scheduler }) => [
        messages.at(-1)?.text.toUpperCase() ?? '',
        ` at ${String(temperature)}, ${scheduler === undefined ? 'any time' : 'its time'}`,
      ],
    ]);
    expect((await model.bind({ temperature: 0 }).invoke('goldfish')).text).toBe(
      'GOLDFISH at 0, any time',
    );
  });

  it('[14] are chunks of one message, and leave what was scripted as it is', async () => {
    const chunk = Object.freeze(new AIMessageChunk('gold'));
    const chunks = await lastValueFrom(
      new FakeChatModel([[chunk, 'fish']]).stream$('Hi').pipe(toArray()),
    );
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks[0]?.id).toMatch(/^run-/);
    expect(chunk).not.toHaveProperty('id');
  });

  it('keep what a message has', async () => {
    const message = new AIMessage({
      id: 'msg_1',
      name: 'Ada',
      content: [
        { type: 'thinking', thinking: 'hm', signature: 's' },
        { type: 'text', text: 'gold' },
      ],
      additional_kwargs: { a: 1 },
      response_metadata: { stop_reason: 'max_tokens' },
      finish_reason: 'length',
      usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      invalid_tool_calls: [{ type: 'invalid_tool_call', args: '{', error: 'cut' }],
    });
    expect(await new FakeChatModel([message]).invoke('Hi')).toStrictEqual(message);
  });
});

describe('tool calls', () => {
  const args = { city: 'Graz' };

  it('are whole chunks, in the form of a provider’s, and stop for them', async () => {
    const [chunk] = await lastValueFrom(
      new FakeChatModel([{ name: 'weather', args }]).stream$('Hi').pipe(toArray()),
    );
    expect(chunk).toMatchObject({
      content: [{ index: 0, type: 'tool_use', id: 'call_1_0', name: 'weather', input: args }],
      tool_calls: [{ type: 'tool_call', id: 'call_1_0', name: 'weather', args }],
      tool_call_chunks: [{ index: 0, id: 'call_1_0', name: 'weather', args: '{"city":"Graz"}' }],
      finish_reason: 'tool_call',
    });
  });

  it('stand in the message where they were made, under ids of their own', async () => {
    const model = new FakeChatModel([
      ['I ', 'look.', { name: 'weather', args }, { name: 'time', args: {}, id: 'x' }, 'Wait', '…'],
      { name: 'weather', args },
    ]);
    const message = await model.invoke('Hi');
    expect(message.content).toEqual([
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'call_1_1', name: 'weather', input: args },
      { type: 'tool_use', id: 'x', name: 'time', input: {} },
      { type: 'text', text: 'Wait…' },
    ]);
    expect(message.tool_calls.map(({ id }) => id)).toEqual(['call_1_1', 'x']);
    expect(message.invalid_tool_calls).toEqual([]);
    expect((await model.invoke('Hi')).tool_calls[0]?.id).toBe('call_2_0');
  });

  it('of a whole message stop for them as well, unless it says otherwise', async () => {
    const tool_calls = [{ type: 'tool_call' as const, id: 'a', name: 'weather', args }];
    const model = new FakeChatModel([
      new AIMessage({ content: '', tool_calls }),
      new AIMessage({ content: '', tool_calls, finish_reason: 'length' }),
    ]);
    expect(await model.invoke('Hi')).toMatchObject({
      tool_calls,
      finish_reason: 'tool_call',
    });
    expect((await model.invoke('Hi')).finish_reason).toBe('length');
  });

  it('may be written by hand, piece by piece, and what follows goes on after them', async () => {
    const message = await new FakeChatModel([
      [
        new AIMessageChunk({
          content: [{ index: 3, type: 'tool_use', id: 'a', name: 'f', input: '' }],
          tool_call_chunks: [{ index: 3, id: 'a', name: 'f', args: '' }],
        }),
        new AIMessageChunk({
          content: [{ index: 3, type: 'input_json_delta', input: '{"x"' }],
          tool_call_chunks: [{ index: 3, args: '{"x"' }],
        }),
        'gold',
        new AIMessage({ content: [{ type: 'image' }] }),
        'fish',
      ],
    ]).invoke('Hi');
    expect(message.content).toEqual([
      { type: 'tool_use', id: 'a', name: 'f', input: '{"x"' },
      { type: 'text', text: 'gold' },
      { type: 'image' },
      { type: 'text', text: 'fish' },
    ]);
    expect(message.invalid_tool_calls).toMatchObject([{ id: 'a', args: '{"x"' }]);
  });
});

describe('time', () => {
  it('[20] passes before each chunk on the scheduler of the run', () => {
    marbles(({ expectObservable, scheduler }) => {
      const model = new FakeChatModel([['a', 'b', broken, 'c']], { delayMs: 3 });
      const text$ = model.stream$('Hi', { scheduler });
      expectObservable(text$.pipe(toText)).toBe('---a--b--#', undefined, broken);
    });
  });

  it('is an Observable’s own', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-b|');
      const model = new FakeChatModel([source$], { delayMs: 3 });
      expectObservable(model.stream$('Hi').pipe(toText)).toBe('-a-b|');
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    });
  });

  it('[2] ends when the run is cancelled', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a-b|');
      expectObservable(new FakeChatModel([source$]).stream$('Hi').pipe(toText), '--!').toBe('-a-');
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    });
  });

  it('may be drawn as marbles', () => {
    marbles(({ expectObservable, scheduler }) => {
      const model = new FakeChatModel([answer('-a-b-(c|)', { a: 'gold', b: 'fish' })]);
      const values = { a: 'gold', b: 'fish', c: 'c' };
      expectObservable(model.stream$('Hi', { scheduler }).pipe(toText)).toBe('-a-b-(c|)', values);
    });
  });
});

describe('errors', () => {
  it('[4] come where they were scripted, with the message so far', async () => {
    const error = new ModelError('overloaded', { code: 'overloaded', provider: 'fake' });
    const seen = watch(new FakeChatModel([['gold', error, 'fish']]).stream$('Hi'));
    expect(seen.values.map(({ text }) => text)).toEqual(['gold']);
    expect(seen.ended).toEqual({ error });
    expect(error).toMatchObject({ emitted: true, partial: { content: 'gold' } });
  });

  it.each<[string, FakeAnswer]>([
    ['an error', broken],
    ['an Observable', throwError(() => broken)],
    ['an Observable of an error', of(broken)],
    [
      'a function that throws',
      () => {
        throw broken;
      },
    ],
    ['a diagram', answer('#', {}, broken)],
  ])('may be all there is: %s', async (_title, scripted) => {
    await expect(new FakeChatModel([scripted]).invoke('Hi')).rejects.toBe(broken);
  });
});

describe('a call that was not planned', () => {
  it('fails at once and reports how many were, and nothing of the prompt', async () => {
    const model = new FakeChatModel(['gold']);
    await model.invoke('Hi');
    const error: unknown = await model.invoke('secret').catch((reason: unknown) => reason);
    expect(ModelError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'invalid_request', retryable: false, emitted: false });
    expect(String(error)).toContain('answers planned: 1, calls made: 2');
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });

  it('is found by assertAllUsed, also where its error was swallowed', async () => {
    const model = new FakeChatModel(['gold']);
    expect(() => {
      model.assertAllUsed();
    }).toThrow('FakeChatModel: answers planned: 1, calls made: 0');
    await model.invoke('Hi');
    expect(() => {
      model.assertAllUsed();
    }).not.toThrow();
    await model.invoke('Hi').catch(() => {});
    expect(() => {
      model.assertAllUsed();
    }).toThrow('FakeChatModel: answers planned: 1, calls made: 2');
  });
});

describe('what a fake model was asked', () => {
  it('is reported with its options, in order, also by calls that failed or were cancelled', async () => {
    const model = new FakeChatModel([NEVER, broken, 'gold']);
    const tools = [{ name: 'weather' }];
    model.stream$('a').subscribe().unsubscribe();
    await model.invoke('b', { temperature: 0, tags: ['t'], metadata: { m: 1 } }).catch(() => {});
    await model.bindTools(tools, { stop: ['.'] }).invoke([['system', 'Be terse.'], 'c']);
    expect(model.calls).toEqual([
      { messages: [new HumanMessage('a')], options: {} },
      { messages: [new HumanMessage('b')], options: { temperature: 0 } },
      {
        messages: [new SystemMessage('Be terse.'), new HumanMessage('c')],
        options: { tools, stop: ['.'] },
      },
    ]);
  });
});

describe('a fake model', () => {
  const script: FakeAnswer = ['gold', 'fish', { name: 'f', args: {} }];
  const events = (options?: FakeChatModelOptions): RunEvent[] => {
    const model = new FakeChatModel([script], options);
    return watch(
      lambda((q: string) => q)
        .pipe(model)
        .events$('Hi'),
    ).values;
  };
  const names = (all: RunEvent[]) =>
    all.map(({ event }) => event).filter((event) => event.startsWith('on_chat_model'));

  it('reports its run under its own name', () => {
    expect(events().find(({ event }) => event === 'on_chat_model_start')).toMatchObject({
      name: 'FakeChatModel',
      metadata: { ls_provider: 'FakeChatModel', ls_model_type: 'chat' },
    });
  });

  it('[12] that does not stream gives one chunk, with the same message in the end', async () => {
    expect(names(events())).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_stream',
      'on_chat_model_stream',
      'on_chat_model_end',
    ]);
    expect(names(events({ streaming: false }))).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_end',
    ]);
    const config = { newId: () => '1' };
    expect(await new FakeChatModel([script], { streaming: false }).invoke('Hi', config)).toEqual(
      await new FakeChatModel([script]).invoke('Hi', config),
    );
  });

  it('that does not stream gives nothing where it fails', () => {
    const model = new FakeChatModel(
      [
        concat(
          of('gold'),
          throwError(() => broken),
        ),
      ],
      {
        streaming: false,
      },
    );
    expect(watch(model.stream$('Hi'))).toMatchObject({ values: [], ended: { error: broken } });
  });

  it.each<[unknown, object | undefined, string]>([
    [undefined, undefined, 'answers must be an array, one for each call, got undefined'],
    ['gold', undefined, 'answers must be an array, one for each call, got "gold"'],
    [['gold', 5], undefined, 'answers[1] must be text, a tool call, a finish_reason, a message'],
    [
      [['gold', null]],
      undefined,
      'answers[0] must be text, a tool call, a finish_reason, a message',
    ],
    [[new HumanMessage('Hi')], undefined, 'got a HumanMessage'],
    [['gold'], { delayMs: -1 }, 'delayMs must be a number of milliseconds, got -1'],
    [['gold'], { delayMs: Infinity }, 'delayMs must be a number of milliseconds, got Infinity'],
    [['gold'], { delayMs: '5' }, 'delayMs must be a number of milliseconds, got "5"'],
  ])('is not made of %j with %j', (answers, options, message) => {
    const make = () => new FakeChatModel(answers as [], options);
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });

  it('takes no nonsense from a function either', async () => {
    const model = new FakeChatModel([() => undefined as unknown as string]);
    await expect(model.invoke('Hi')).rejects.toThrow(/must be text, .* got undefined/);
  });
});
