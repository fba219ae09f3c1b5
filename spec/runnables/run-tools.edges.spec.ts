import { lastValueFrom, NEVER, of, Subject, throwError, toArray } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import {
  AIMessage,
  type AnyMessage,
  lambda,
  ModelError,
  runTools,
  tool,
  type ToolConfig,
  ToolMessage,
  withFallbacks,
  withRetry,
} from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatOpenAI } from 'rxlm/openai';
import { FakeChatModel, startOpenAIServer, startReplayServer } from 'rxlm/testing';
import { z } from 'zod';
import type { AgentResult } from '../../lib/runnables/agent/agent-result';
import { type BlockParts, recordingOf } from '../../lib/testing/anthropic/make-recording';
import { faultsOf, record, recordRun, watch } from '../support/run-events';
import { callOf, endOf, ScriptedModel } from '../support/scripted-model';

const echo = tool({ name: 'echo', schema: { type: 'object' }, func: () => 'echoed' });
const named = (name: string, func: (_: never, config: ToolConfig) => unknown, more: object = {}) =>
  tool({ name, schema: { type: 'object' }, func, ...more });
const contents = ({ messages }: AgentResult) =>
  messages.flatMap((each) =>
    each.type === 'tool' ? [[each.tool_call_id, each.status, each.text]] : [],
  );

describe('a tool that', () => {
  const boom = () => {
    throw new Error('secret');
  };
  it.each<[string, () => unknown, string]>([
    ['throws', boom, 'bad failed.'],
    [
      'throws no error',
      () => {
        throw 'x';
      },
      'bad failed.',
    ],
    [
      'throws undefined',
      () => {
        throw undefined;
      },
      'bad failed.',
    ],
    ['rejects', () => Promise.reject(new Error('secret')), 'bad failed.'],
    ['errors', () => throwError(() => new Error('secret')), 'bad failed.'],
    [
      'throws in a generator',
      function* () {
        yield 1;
        boom();
      },
      'bad failed.',
    ],
    [
      'rejects in an async generator',
      async function* () {
        yield 1;
        await Promise.reject(new Error('secret'));
      },
      'bad failed.',
    ],
    ['gives what is no JSON', () => ({ n: 1n }), 'bad failed.'],
    [
      'gives a circle',
      () => {
        const a: Record<string, unknown> = {};
        a['a'] = a;
        return a;
      },
      'bad failed.',
    ],
    ['gives nothing', () => undefined, ''],
    ['gives null', () => null, 'null'],
    ['gives a function', () => () => 1, 'bad failed.'],
    ['completes empty', () => of(), ''],
  ])('%s is answered, and the other calls of the turn are', async (_, func, text) => {
    const model = new ScriptedModel(
      [endOf([callOf('a', 'bad'), callOf('b')])],
      ['done', endOf([])],
    );
    const { listener, events } = record();
    const result = await runTools(model, [named('bad', func), echo]).invoke('Go', {
      listeners: [listener],
    });
    expect(contents(result).map(([id, , said]) => [id, said])).toEqual([
      ['a', text],
      ['b', 'echoed'],
    ]);
    expect(result).toMatchObject({ finish: 'done', output: { content: 'done' } });
    expect(faultsOf(events)).toEqual([]);
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('never settles is cut off by its timeout, on the scheduler, and its signal is aborted', () => {
    const scheduler = new TestScheduler((a, b) => {
      expect(a).toEqual(b);
    });
    let aborted = false;
    const slow = named(
      'slow',
      (_: never, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener('abort', () => (aborted = true));
        return NEVER;
      },
      { timeout: 50 },
    );
    const model = new ScriptedModel(
      [endOf([callOf('a', 'slow'), callOf('b')])],
      ['done', endOf([])],
    );
    const run = watch(runTools(model, [slow, echo]).stream$('Go', { scheduler }));
    expect(run.ended).toBeUndefined();
    scheduler.flush();
    expect(run.ended).toBe('complete');
    expect(aborted).toBe(true);
    expect(run.values.filter(({ type }) => type === 'tool').map(({ text }) => text)).toEqual([
      'slow has not finished within 50 ms',
      'echoed',
    ]);
  });

  it('unsubscribes its own caller in the middle leaves nothing open', () => {
    let leave = () => {};
    const model = new ScriptedModel([endOf([callOf('a', 'leaves')])], ['done']);
    const run = recordRun(
      runTools(model, [
        named('leaves', () => {
          leave();
          return 'x';
        }),
      ]),
      'Go',
    );
    leave = run.leave;
    expect(faultsOf(run.events)).toEqual([]);
  });
});

describe('a hook that', () => {
  const wrong = () => new ScriptedModel([endOf([callOf('a', 'other')])], ['done', endOf([])]);
  const failure = new Error('mine');

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw failure;
      },
    ],
    ['rejects', () => Promise.reject(failure)],
    ['errors', () => throwError(() => failure)],
  ])('%s ends the run with its error, its runs closed', async (_, hook) => {
    for (const options of [
      { repair: hook },
      { prepareStep: hook },
      { stopWhen: hook },
      { approve: hook },
    ]) {
      if ('stopWhen' in options && _ !== 'throws') continue;
      const name = 'approve' in options ? 'echo' : 'other';
      const model = new ScriptedModel([endOf([callOf('a', name)])], ['done', endOf([])]);
      const run = recordRun(runTools(model, [echo], options as object), 'Go');
      await new Promise(setImmediate);
      expect(run.ended).toEqual({ error: failure });
      expect(faultsOf(run.events)).toEqual([]);
      const last = run.events.at(-1);
      const { output } = last?.data as { output?: AgentResult };
      expect(last?.event).toBe('on_chain_error');
      expect(output?.messages.map(({ type }) => type)).toEqual(
        'prepareStep' in options ? undefined : ['ai', 'tool'],
      );
    }
  });

  it.each([null, undefined, [], of(), of(undefined), Promise.resolve(null)])(
    'gives %p leaves the call as it is',
    async (given) => {
      const result = await runTools(wrong(), [echo], {
        repair: () => given as never,
        prepareStep: () => given as never,
      }).invoke('Go');
      expect(contents(result)).toEqual([
        ['a', 'error', expect.stringContaining('There is no tool "other"')],
      ]);
    },
  );

  it('never settles is cancelled with the run', () => {
    for (const options of [{ repair: () => NEVER }, { prepareStep: () => NEVER }]) {
      const run = recordRun(runTools(wrong(), [echo], options), 'Go');
      run.leave();
      expect(faultsOf(run.events)).toEqual([]);
    }
  });
});

describe('prepareStep', () => {
  it('changes tools, model, toolChoice and messages for one turn', async () => {
    const first = new ScriptedModel([endOf([callOf('a')])], ['done', endOf([])]);
    const other = new ScriptedModel([endOf([callOf('b', 'extra')])]);
    const extra = named('extra', () => 'more');
    const agent = runTools(first, [echo], {
      prepareStep: ({ step }) =>
        step === 2
          ? { model: other, tools: [extra, 'echo'], toolChoice: 'extra', messages: ['Only this.'] }
          : undefined,
    });
    const result = await agent.invoke('Go');
    expect(contents(result)).toEqual([
      ['a', 'success', 'echoed'],
      ['b', 'success', 'more'],
    ]);
    expect(other.asked[0]?.map(({ text }) => text)).toEqual(['Only this.']);
    expect(other.configs[0]).toMatchObject({ toolChoice: 'extra' });
    expect(first.asked[1]?.map(({ type }) => type)).toEqual(['human', 'ai', 'tool', 'ai', 'tool']);
    expect(result).toMatchObject({ steps: 3, finish: 'done' });
  });

  it('does not run a tool that this turn was not offered', async () => {
    const model = new ScriptedModel([endOf([callOf('a')])], ['done', endOf([])]);
    const result = await runTools(model, [echo], { prepareStep: () => ({ tools: [] }) }).invoke(
      'Go',
    );
    expect(contents(result)[0]?.[1]).toBe('error');
  });
});

describe('a run that a limit has ended', () => {
  it.each([{ maxSteps: 1 }, { maxCalls: 1 }, { maxCallsPerTurn: 1 }, { stopWhen: () => true }])(
    'by %p is gone on with, through JSON, too',
    async (options) => {
      const first = await runTools(
        new ScriptedModel([endOf([callOf('a'), callOf('b')])]),
        [echo],
        options,
      ).invoke('Go');
      expect(first.finish).not.toBe('done');
      const model = new ScriptedModel([endOf([callOf('c')])], ['done', endOf([])]);
      const messages = JSON.parse(JSON.stringify(first.messages)) as AnyMessage[];
      const second = await runTools(model, [echo]).invoke(['Go', ...messages] as never);
      expect(second).toMatchObject({ finish: 'done', steps: 2 });
      expect(second.messages).toHaveLength(3);
    },
  );

  it('gives its answer although its calls are used up', async () => {
    const model = new ScriptedModel(
      [endOf([callOf('a')])],
      [endOf([callOf('b', 'give_answer', { n: 1 })])],
    );
    const result = await runTools(model, [echo], {
      maxCalls: 1,
      responseFormat: z.object({ n: z.number() }),
    }).invoke('Go');
    expect(result).toMatchObject({ structured: { n: 1 }, finish: 'done' });
  });
});

describe('with a responseFormat', () => {
  const responseFormat = z.object({ n: z.number() });
  it.each(['length', 'content_filter'] as const)(
    'a turn that ended by %s with the answer’s call has no answer',
    async (reason) => {
      const model = new ScriptedModel([endOf([callOf('a', 'give_answer', { n: 1 })], reason)]);
      const result = await runTools(model, [], { responseFormat }).invoke('Go');
      expect(result).toMatchObject({ finish: 'done', output: { finish_reason: reason } });
      expect(result).not.toHaveProperty('structured');
      expect(contents(result)[0]?.[1]).toBe('error');
    },
  );

  it('takes the answer beside other calls, which are run', async () => {
    const model = new ScriptedModel([endOf([callOf('a'), callOf('b', 'give_answer', { n: 1 })])]);
    const result = await runTools(model, [echo], { responseFormat }).invoke('Go');
    expect(result).toMatchObject({ finish: 'done', structured: { n: 1 }, steps: 1 });
    expect(contents(result)).toHaveLength(2);
  });

  it('cannot be given inside a tool that ends with a call open, nor are denials inside those of the call', async () => {
    const inner = (decision: boolean | 'pending') =>
      runTools(new ScriptedModel([endOf([callOf('i')])]), [echo], {
        approve: () => decision,
        maxSteps: 1,
      });
    for (const decision of ['pending', false] as const)
      for (const view of ['invoke', 'stream$'] as const) {
        const ask = named('ask', (_: never, config: object) => inner(decision)[view]('n?', config));
        const model = new ScriptedModel([endOf([callOf('a', 'ask')])], ['done', endOf([])]);
        const result = await runTools(model, [ask]).invoke('Go');
        expect(result).toMatchObject({ finish: 'done', pending: [], steps: 2 });
        expect(result.messages[1]?.additional_kwargs).toEqual({});
        if (decision === 'pending')
          expect(result.messages[1]?.text).toBe(
            'ask did not finish: a call inside it waits for an approval or for the page.',
          );
      }
  });

  it('is the result of a tool that another agent has, as chunks, too', async () => {
    for (const view of ['run', 'stream$'] as const) {
      const inner = () =>
        runTools(new ScriptedModel([endOf([callOf('i', 'give_answer', { n: 7 })])]), [], {
          responseFormat,
        });
      const ask = named('ask', (_: never, config: object) =>
        view === 'run' ? inner().invoke('n?', config) : inner().stream$('n?', config),
      );
      const model = new ScriptedModel([endOf([callOf('a', 'ask')])], ['done', endOf([])]);
      const result = await runTools(model, [ask]).invoke('Go');
      expect([view, contents(result)]).toEqual([view, [['a', 'success', '{"n":7}']]]);
      expect(result).not.toHaveProperty('structured');
    }
  });
});

describe('eager', () => {
  it('unsubscribes from what was begun when the model fails in mid stream, and retries begin anew', async () => {
    let running = 0;
    const free = named(
      'free',
      () =>
        new Promise(() => {
          running += 1;
        }),
      { effectFree: true },
    );
    const stream = new Subject<never>();
    const model = new ScriptedModel(stream, ['done', endOf([])]);
    const run = recordRun(runTools(model, [free], { eager: true }), 'Go');
    stream.next(endOf([callOf('a', 'free')], null) as never);
    expect(running).toBe(1);
    stream.error(new Error('cut'));
    expect(run.ended).toEqual({ error: new Error('cut') });
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('answers the calls of a message that was begun anew once', async () => {
    const free = named('free', () => 'free', { effectFree: true });
    const fails = new Subject<never>();
    const inner = new ScriptedModel(fails, [endOf([callOf('b', 'free')])], ['done', endOf([])]);
    const model = withRetry(inner, { after: 'restart', delay: 0 });
    const run = recordRun(runTools(model, [free], { eager: true }), 'Go');
    fails.next(endOf([callOf('a', 'free')], null) as never);
    fails.error(
      new ModelError('cut', {
        code: 'truncated',
        provider: 'p',
        retryable: true,
        emitted: true,
      } as never),
    );
    await lastValueFrom(of(0));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(run.ended).toBe('complete');
    expect(
      run.values
        .filter(({ type }) => type === 'tool')
        .map((each) => (each as ToolMessage).tool_call_id),
    ).toEqual(['b']);
    expect(faultsOf(run.events)).toEqual([]);
  });
});

it('runs tools that the provider defines: bash, memory, the text editor and the computer', async () => {
  const forms = [
    ['bash', 'bash_20250124', {}, { command: 'ls' }],
    ['memory', 'memory_20250818', {}, { command: 'view', path: '/memories' }],
    ['str_replace_based_edit_tool', 'text_editor_20250728', {}, { command: 'view', path: '/a' }],
    [
      'computer',
      'computer_20250124',
      { display_width_px: 800, display_height_px: 600 },
      { action: 'screenshot' },
    ],
  ] as const;
  const server = await startReplayServer({
    strict: true,
    recordings: [
      recordingOf({
        content: forms.map(([name, , , input], n) => ({ tool: name, id: `toolu_${n}`, input })),
      }),
      recordingOf({ tokens: ['Done.'] }),
    ],
  });
  try {
    const options = { apiKey: 'k', baseURL: server.url, maxRetries: 0 };
    const model = new ChatAnthropic({ model: 'claude-haiku-4-5', ...options });
    const tools = forms.map(([name, type, more]) =>
      tool({ name, type, ...more, func: (input) => `${name} ${JSON.stringify(input)}` }),
    );
    const result = await runTools(model, tools).invoke('Work.');
    expect(contents(result)).toEqual(
      forms.map(([name, , , input], n) => [
        ...[`toolu_${n}`, 'success', `${name} ${JSON.stringify(input)}`],
      ]),
    );
    const { tools: sent } = server.requests[0]!.body as { tools: unknown };
    expect(sent).toEqual(forms.map(([name, type, more]) => ({ name, type, ...more })));
  } finally {
    await server.close();
  }
});

describe('models in one loop', () => {
  const add = tool({
    name: 'add',
    schema: z.object({ a: z.number(), b: z.number() }),
    func: ({ a, b }) => a + b,
  });
  const openai = (...deltas: object[]) =>
    [
      ...deltas.map((delta) => ({ choices: [{ index: 0, delta }] })),
      {
        choices: [
          {
            index: 0,
            delta: {},
            finish_reason: 'tool_calls' in (deltas[0] ?? {}) ? 'tool_calls' : 'stop',
          },
        ],
      },
    ]
      .map(
        (data) =>
          `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...data })}\n\n`,
      )
      .join('') + 'data: [DONE]\n\n';
  const calls = (id: string, args: object) =>
    openai({
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          index: 0,
          id,
          type: 'function',
          function: { name: 'add', arguments: JSON.stringify(args) },
        },
      ],
    });

  it('Claude, OpenAI, a fake one and one with retries and fallbacks take turns', async () => {
    const claude = await startReplayServer({
      strict: true,
      recordings: [
        recordingOf({
          content: [
            { thinking: 'Hm.', signature: 'c2ln' },
            { text: 'I add.' },
            { tool: 'add', id: 'toolu_1', input: { a: 1, b: 2 } },
          ] satisfies BlockParts[],
        }),
        recordingOf({ tokens: ['Ten.'] }),
      ],
    });
    const chat = await startOpenAIServer({
      strict: true,
      answers: [
        calls('call_1', { a: 3, b: 3 }),
        { status: 500, body: { error: { message: 'no' } } },
        calls('call_2', { a: 6, b: 4 }),
      ],
    });
    try {
      const anthropic = new ChatAnthropic({
        model: 'claude-haiku-4-5',
        apiKey: 'k',
        baseURL: claude.url,
        maxRetries: 0,
      });
      const gpt = new ChatOpenAI({
        model: 'm',
        apiKey: 'k',
        baseURL: `${chat.url}/v1`,
        maxRetries: 0,
      });
      const fake = new FakeChatModel([[{ name: 'add', args: { a: 0, b: 3 } }]]);
      const dead = new FakeChatModel([new Error('dead')]);
      const models = [
        anthropic,
        gpt,
        fake,
        withRetry(gpt, { delay: 0 }),
        withFallbacks(dead, [anthropic]),
      ];
      const { listener, events } = record();
      const agent = runTools(anthropic, [add], {
        prepareStep: ({ step }) => ({ model: models[step - 1]! }),
      });
      const result = await agent.invoke('Add.', { listeners: [listener] });
      expect(contents(result).map(([, status, text]) => [status, text])).toEqual([
        ['success', '3'],
        ['success', '6'],
        ['success', '3'],
        ['success', '10'],
      ]);
      expect(result).toMatchObject({ finish: 'done', steps: 5, output: { content: 'Ten.' } });
      expect([claude.requests.length, chat.requests.length]).toEqual([2, 3]);
      expect([claude.unplanned, chat.unplanned]).toEqual([[], []]);
      expect(faultsOf(events)).toEqual([]);
    } finally {
      await claude.close();
      await chat.close();
    }
  });

  it('runs with what wraps a model for all turns, each turn on its own', async () => {
    const flaky = new FakeChatModel([
      new ModelError('busy', { code: 'overloaded', provider: 'p', retryable: true } as never),
      [{ name: 'add', args: { a: 1, b: 1 } }],
      'two',
    ]);
    const result = await runTools(withRetry(flaky, { delay: 0 }), [add]).invoke('Go');
    expect(result).toMatchObject({ steps: 2, finish: 'done', output: { content: 'two' } });
  });

  it('as a step of a chain, a branch of parallel, and in a batch', async () => {
    const agent = () =>
      runTools(
        new FakeChatModel([
          [{ name: 'add', args: { a: 1, b: 1 } }],
          'two',
          [{ name: 'add', args: { a: 1, b: 1 } }],
          'two',
        ]),
        [add],
      );
    expect(
      await agent()
        .pipe(lambda(({ output }: AgentResult) => output.text))
        .invoke('Go'),
    ).toBe('two');
    const answers = await agent().batch(['a', 'b'], { maxConcurrency: 1 });
    expect(answers.map(({ output }) => output.text)).toEqual(['two', 'two']);
  });
});

describe('odd histories and calls', () => {
  it('two calls of one id are each answered, and the history is not one that contradicts itself', async () => {
    const model = new ScriptedModel([endOf([callOf('a'), callOf('a')])], ['done', endOf([])]);
    const result = await runTools(model, [echo]).invoke('Go');
    expect(result.finish).toBe('done');
    expect(contents(result)).toHaveLength(2);
  });

  it('a call without an id is answered', async () => {
    const call = { type: 'tool_call' as const, name: 'echo', args: {} };
    const model = new ScriptedModel([endOf([call])], ['done', endOf([])]);
    expect(contents(await runTools(model, [echo]).invoke('Go'))).toEqual([
      ['', 'success', 'echoed'],
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'a tool that the model calls %s is unknown',
    async (name) => {
      const model = new ScriptedModel([endOf([callOf('a', name)])], ['done', endOf([])]);
      expect(contents(await runTools(model, [echo]).invoke('Go'))[0]?.[2]).toContain(
        'There is no tool',
      );
    },
  );

  it('no tools, an empty answer, a thousand steps without growing deeper', async () => {
    expect(await runTools(new ScriptedModel([]), []).invoke('Go')).toMatchObject({
      finish: 'done',
      steps: 1,
    });
    const turns = Array.from({ length: 1000 }, (_, n) => [endOf([callOf(String(n))])]);
    const result = await runTools(new ScriptedModel(...turns), [echo], {
      maxSteps: Infinity,
    }).invoke('Go');
    expect(result.steps).toBe(1001);
  });

  it('a denial that is remembered is not asked for again, an approved call whose tool is gone is answered', async () => {
    const ai = new AIMessage({ content: '', tool_calls: [callOf('a', 'gone')] });
    const { approvedCall } = await import('rxlm');
    const decided = new AIMessage({ ...ai, tool_calls: ai.tool_calls.map(approvedCall) });
    const model = new ScriptedModel(['done', endOf([])]);
    const chunks = await lastValueFrom(
      runTools(model, [echo]).stream$(['Go', decided]).pipe(toArray()),
    );
    expect(chunks[0]).toMatchObject({ type: 'tool', status: 'error', tool_call_id: 'a' });
  });
});
