import { expectTypeOf } from 'expect-type';
import { lastValueFrom, map, of, take } from 'rxjs';
import {
  AIMessageChunk,
  type ChatModel,
  type ModelCallOptions,
  type RunEvent,
  runTools,
  StringOutputParser,
  tool,
  withConfig,
  withFallbacks,
  withRetry,
  withStructuredOutput,
} from 'rxlm';
import { FakeChatModel } from '../../../lib/testing/fake/fake-chat-model.js';
import { z } from 'zod';
import { faultsOf, record, recordRun } from '../../support/run-events.js';

const broken = new Error('overloaded');
const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 };
const said = (content: string) => new AIMessageChunk({ content, usage_metadata: usage });
const call = { name: 'add', args: { a: 1, b: 2 } };
const add = tool({
  name: 'add',
  schema: z.object({ a: z.number(), b: z.number() }),
  func: ({ a, b }) => a + b,
});

/** What each wrapper makes of the models; the last model answers. */
const wrappers: [
  string,
  number,
  (models: [ChatModel, ChatModel]) => ChatModel,
  readonly string[],
][] = [
  ['withRetry', 1, ([model]) => withRetry(model, { delay: 0 }), ['FakeChatModel', 'FakeChatModel']],
  ['withConfig', 1, ([model]) => withConfig(model, { tags: ['t'] }), ['FakeChatModel']],
  [
    'withFallbacks',
    2,
    ([first, second]) => withFallbacks(first, [second]),
    ['RunnableWithFallbacks', 'FakeChatModel', 'FakeChatModel'],
  ],
  [
    'all of them, one around the other',
    2,
    ([first, second]) =>
      withConfig(withRetry(withFallbacks(first.bind({}), [second])), {}).bind({}),
    ['RunnableWithFallbacks', 'RunnableWithFallbacks', 'FakeChatModel', 'FakeChatModel'],
  ],
];

function usageTold(events: readonly RunEvent[]): number {
  return events.reduce((sum, { event, data }) => {
    if (event !== 'on_chat_model_end') return sum;
    const { output } = data as { output?: { usage_metadata?: { total_tokens: number } } };
    return sum + (output?.usage_metadata?.total_tokens ?? 0);
  }, 0);
}

describe.each(wrappers)('a model in %s', (_, models, wrap, names) => {
  const wrapping = (...answers: ConstructorParameters<typeof FakeChatModel>[0]) => {
    const first = models === 1 ? undefined : new FakeChatModel(answers.map(() => broken));
    const last = new FakeChatModel(answers);
    return { first, last, model: wrap([first ?? last, last]) };
  };

  it('is one for types and for who asks', () => {
    const { model } = wrapping('x');
    expectTypeOf(model).toExtend<ChatModel>();
    expect(model.runType).toBe('chat_model');
    expect(model.name).toBe(names[0]);
  });

  it('gives call options, bound or said with the call, to each model inside', async () => {
    const { model, first, last } = wrapping('x');
    await model.bind({ stop: ['a'], temperature: 1 }).invoke('q', { temperature: 0 });
    for (const inner of [first, last]) {
      if (inner === undefined) continue;
      expect(inner.calls.map(({ options }) => options)).toMatchObject([
        { stop: ['a'], temperature: 0 },
      ]);
    }
  });

  it('refuses what is none of the call options of a model inside', () => {
    class Strict extends FakeChatModel {
      override get callOptionRules() {
        return { stop: (_: unknown, later: unknown) => later };
      }
    }
    const model = wrap(
      [new FakeChatModel([]), new Strict([])].slice(-models).concat(new Strict([])) as never,
    );
    expect(() => model.bind({ maxToken: 1 } as object)).toThrow(/maxToken/);
    expect(() => model.stream$('q', { maxToken: 1 } as object)).toThrow(/maxToken/);
    expect(() => model.bind({ stop: [] })).not.toThrow();
  });

  it('merges the headers of bind and call for each model inside', async () => {
    const { model, first, last } = wrapping('x');
    const bound = withConfig(model, { headers: { a: '1', b: '1' } });
    await bound.bind({ headers: { B: '2' } }).invoke('q', { headers: { c: '3' } });
    for (const inner of [first, last]) {
      if (inner !== undefined)
        expect(inner.calls[0]?.options.headers).toEqual({ a: '1', B: '2', c: '3' });
    }
  });

  it('gives bound tools to each model inside', async () => {
    const { model, first, last } = wrapping('x');
    await model.bindTools([add]).invoke('q');
    for (const inner of [first, last])
      if (inner !== undefined) expect(inner.calls[0]?.options.tools).toEqual([add]);
  });

  it('is the model of an agent, whose usage counts once', async () => {
    const calling = new AIMessageChunk({
      content: '',
      tool_calls: [{ type: 'tool_call', id: 'c', ...call }],
      usage_metadata: usage,
      finish_reason: 'tool_call',
    });
    const { model } = wrapping(of(calling), of(said('3')));
    const { events, listener } = record();
    const result = await runTools(model, [add]).invoke('q', { listeners: [listener] });
    expect(result).toMatchObject({ output: { text: '3' }, steps: 2, finish: 'done' });
    expect(usageTold(events)).toBe(30);
    expect(faultsOf(events)).toEqual([]);
  });

  it('is the model of structured output', async () => {
    const { model } = wrapping([{ name: 'extract', args: { title: 'Goldfish' } }]);
    const structured = withStructuredOutput(model, z.object({ title: z.string() }));
    expect(await structured.invoke('q')).toEqual({ title: 'Goldfish' });
  });

  it('is a step of a chain that streams', async () => {
    const { model } = wrapping(['gold', 'fish']);
    const run = recordRun(model.pipe(new StringOutputParser()), 'q');
    expect(run.values).toEqual(['gold', 'fish']);
    expect(faultsOf(run.events)).toEqual([]);
  });

  it('has the events of its wrapper, each model one run and its usage once', () => {
    const { model } = wrapping(of(said('x')));
    const { events } = recordRun(model, 'q');
    const starts = events.filter(({ event }) => event.endsWith('_start'));
    expect(starts.map(({ name }) => name)).toEqual(names);
    expect(usageTold(events)).toBe(15);
    expect(faultsOf(events)).toEqual([]);
  });

  it('refuses what is no message, when it is called', () => {
    expect(() => wrapping('x').model.stream$(7 as never)).toThrow(TypeError);
  });

  it('counts its config for batch', async () => {
    const { model } = wrapping('x', 'y');
    const outputs = await model.batch(['a', 'b'], { maxConcurrency: 1 });
    expect(outputs.map(({ text }) => text)).toEqual(['x', 'y']);
  });
});

describe('a wrapped chat model', () => {
  it('keeps the call options of the model for types', () => {
    interface Own extends ModelCallOptions {
      readonly depth?: number;
    }
    expectTypeOf<ReturnType<typeof withRetry<Own>>>().toEqualTypeOf<ChatModel<Own>>();
  });

  it('is retried: the attempts are runs inside', async () => {
    const model = new FakeChatModel([broken, of(said('x'))]);
    const run = withRetry(model, { delay: 0 }).events$('q');
    const names: string[] = [];
    await lastValueFrom(
      run.pipe(
        map(({ event, parent_ids }) => names.push(`${String(parent_ids.length)} ${event}`)),
        take(99),
      ),
    );
    expect(names).toEqual([
      '0 on_chain_start',
      '1 on_chat_model_start',
      '1 on_chat_model_error',
      '1 on_chat_model_start',
      '1 on_chat_model_stream',
      '0 on_chain_stream',
      '1 on_chat_model_end',
      '0 on_chain_end',
    ]);
  });

  it('has the maxConcurrency of its config in a batch', async () => {
    let at = 0;
    let most = 0;
    const counted = () => {
      most = Math.max(most, (at += 1));
      return 'x';
    };
    const model = new FakeChatModel([counted, counted, counted], { delayMs: 1 });
    await withConfig(model, {
      maxConcurrency: 1,
      listeners: [
        ({ event }) => {
          if (event === 'on_chat_model_end') at -= 1;
        },
      ],
    }).batch(['a', 'b', 'c']);
    expect(most).toBe(1);
  });
});
