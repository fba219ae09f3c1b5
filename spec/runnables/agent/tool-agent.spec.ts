import fc from 'fast-check';
import {
  concat,
  defer,
  EMPTY,
  finalize,
  from,
  lastValueFrom,
  map,
  NEVER,
  type Observable,
  of,
  Subject,
  takeUntil,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import {
  AIMessage,
  AIMessageChunk,
  approvedCall,
  HumanMessage,
  lambda,
  type RunEvent,
  runTools,
  type ToolConfig,
  ToolMessage,
} from 'rxlm';
import { z } from 'zod';
import { ToolAgent } from '../../../lib/runnables/agent/tool-agent';
import type { AgentResult } from '../../../lib/runnables/agent/agent-result';
import type { RunToolsOptions } from '../../../lib/runnables/agent/run-tools-options';
import { tool } from '../../../lib/tools/tool';
import { later } from '../../support/later';
import { marbles } from '../../support/marbles';
import { saying } from '../../support/models';
import { faultsOf, record, recordRun, watch } from '../../support/run-events';
import { callOf, endOf, invalidCallOf, ScriptedModel } from '../../support/scripted-model';

type Chunk = AIMessageChunk | ToolMessage;
type Args = Readonly<Record<string, unknown>>;

const echo = (func: (args: Args) => unknown = (args) => args['a'] ?? 'echoed', name = 'echo') =>
  tool({ name, description: 'Echoes.', schema: { type: 'object' }, func });
const agentOf = (
  turns: ConstructorParameters<typeof ScriptedModel>,
  options: RunToolsOptions = {},
  tools = [echo()],
) => {
  const model = new ScriptedModel(...turns);
  return { model, agent: new ToolAgent(model, tools, options) };
};
const results = (chunks: readonly Chunk[]) =>
  chunks
    .filter((chunk) => chunk.type === 'tool')
    .map(({ tool_call_id, content, status }) => [tool_call_id, content, status]);
const outputs = (events: readonly RunEvent[], name: string) =>
  events
    .filter(({ event }) => event === name)
    .map(({ data }) => (data as { output?: unknown }).output);
const failure = new Error('overloaded');

describe('ToolAgent', () => {
  it('calls the model, its tools, and the model with their results, until there are no more calls', async () => {
    const { model, agent } = agentOf([
      ['I ', 'ask.', endOf([callOf('x', 'echo', { a: 'one' }), callOf('y')])],
      ['It is ', 'one.', endOf([])],
    ]);
    const chunks = await lastValueFrom(agent.stream$('What is it?').pipe(toArray()));
    expect(
      chunks.map((chunk) => (chunk.type === 'tool' ? chunk.tool_call_id : chunk.text)),
    ).toEqual(['I ', 'ask.', '', 'x', 'y', 'It is ', 'one.', '']);
    expect(results(chunks)).toEqual([
      ['x', 'one', 'success'],
      ['y', 'echoed', 'success'],
    ]);
    expect(
      model.asked.map((messages) => messages.map(({ type, text }) => `${type}: ${text}`)),
    ).toEqual([
      ['human: What is it?'],
      ['human: What is it?', 'ai: I ask.', 'tool: one', 'tool: echoed'],
    ]);
    expect(model.asked[1]?.[1]).toMatchObject({ tool_calls: [{ id: 'x' }, { id: 'y' }] });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(3);
  });

  it('gives the messages, the last one, the turns and how it ended', async () => {
    const { agent } = agentOf([[endOf([callOf('x')])], ['done', endOf([])]]);
    const result = await agent.invoke('Go');
    expect(result.messages.map(({ type }) => type)).toEqual(['ai', 'tool', 'ai']);
    expect(result).toMatchObject({ steps: 2, finish: 'done' });
    expect(result.output).toBe(result.messages[2]);
    expect(result.output.text).toBe('done');
  });

  it('[13] gives what its chunks fold to, and reports the same', async () => {
    const { events, listener } = record();
    const { agent } = agentOf([[endOf([callOf('x')])], ['done', endOf([])]]);
    const chunks = await lastValueFrom(
      agent.stream$('Go', { listeners: [listener] }).pipe(toArray()),
    );
    const folded = await lastValueFrom(from(chunks as never[]).pipe(agent.fold));
    expect(outputs(events, 'on_chain_end')).toEqual([folded]);
  });

  it('offers the model its tools, and those that the provider runs', async () => {
    const search = { type: 'web_search_20250305', name: 'web_search' };
    const model = new ScriptedModel(['Hi', endOf([])]);
    const own = echo();
    await new ToolAgent(model, [own, search]).invoke('Go');
    expect(model.configs[0]?.tools).toEqual([own, search]);
  });

  it('takes what a model takes, and a TypeError is thrown at once for anything else', async () => {
    const { model, agent } = agentOf([['Hi', endOf([])]]);
    expect(() => agent.stream$(7 as never)).toThrow(TypeError);
    await agent.invoke({
      messages: [
        ['system', 'Be terse.'],
        ['human', 'Hi'],
      ],
    });
    expect(model.asked[0]?.map(({ type }) => type)).toEqual(['system', 'human']);
  });

  it.each([undefined, {}, lambda(() => 1)])(
    'is a TypeError for %p in place of a model',
    (model) => {
      expect(() => new ToolAgent(model as never, [])).toThrow(/^runTools takes a chat model, got /);
    },
  );

  describe('time', () => {
    it('passes chunks on as they come, and runs calls only when the message is whole', () => {
      marbles(({ scheduler, cold, expectObservable }) => {
        const first$ = cold('-a-b-|', {
          a: new AIMessageChunk('I ask.'),
          b: endOf([callOf('x')]),
        });
        const work$ = cold('--(r|)', { r: 'result' });
        const { agent } = agentOf([first$, cold('-a|', { a: 'done' })], {}, [echo(() => work$)]);
        const texts$ = agent.stream$('Go', { scheduler }).pipe(map(({ text }) => text));
        expectObservable(texts$).toBe('-a-b---rd|', {
          a: 'I ask.',
          b: '',
          r: 'result',
          d: 'done',
        });
      });
    });

    it.each([1, 2, 4])('is shared by %p calls at once', (concurrency) => {
      marbles(({ scheduler, flush }) => {
        const under: number[] = [];
        let now = 0;
        const work = echo(() =>
          defer(() => {
            under.push((now += 1));
            return timer(3, scheduler).pipe(finalize(() => (now -= 1)));
          }),
        );
        const calls = ['a', 'b', 'c', 'd'].map((id) => callOf(id));
        const { agent } = agentOf([[endOf(calls)]], { concurrency }, [work]);
        const run = watch(agent.stream$('Go', { scheduler }));
        flush();
        expect(Math.max(...under)).toBe(concurrency);
        expect(results(run.values).map(([id]) => id)).toEqual(['a', 'b', 'c', 'd']);
      });
    });

    it('is as long as the longest call, and results keep the order of the calls', () => {
      marbles(({ scheduler, expectObservable }) => {
        const work = echo(({ after }) => timer(after as number, scheduler).pipe(map(() => after)));
        const calls = [5, 1, 3].map((after) => callOf(String(after), 'echo', { after }));
        const { agent } = agentOf([[endOf(calls)]], {}, [work]);
        const ids$ = agent
          .stream$('Go', { scheduler })
          .pipe(map((chunk) => (chunk.type === 'tool' ? chunk.tool_call_id : 'm')));
        expectObservable(ids$).toBe('m----(513m|)');
      });
    });
  });

  describe('calls that are not run', () => {
    const never = jest.fn(() => 'ran');
    beforeEach(() => never.mockClear());
    const run = async (end: AIMessageChunk, options: RunToolsOptions = {}) => {
      const { model, agent } = agentOf([['I ask.', end]], options, [echo(never)]);
      const chunks = await lastValueFrom(agent.stream$('Go').pipe(toArray()));
      return { model, chunks };
    };

    it.each(['length', 'content_filter', 'error'] as const)(
      'are those of a message that ended with %s, with which the run is done',
      async (reason) => {
        const { model, chunks } = await run(endOf([callOf('x')], reason));
        expect([never.mock.calls.length, model.asked.length]).toEqual([0, 1]);
        expect(results(chunks)).toEqual([
          ['x', expect.stringMatching(/^The call was not run: the message was /), 'error'],
        ]);
      },
    );

    it('[16] are those that are invalid; they are answered among the others, in order', async () => {
      const { model, chunks } = await run(endOf([callOf('a'), invalidCallOf('b'), callOf('c')]));
      expect(never).toHaveBeenCalledTimes(2);
      expect(results(chunks)).toEqual([
        ['a', 'ran', 'success'],
        ['b', 'The call was not run. The arguments are no valid JSON.', 'error'],
        ['c', 'ran', 'success'],
      ]);
      expect(model.asked[1]?.map(({ type }) => type)).toEqual([
        'human',
        'ai',
        'tool',
        'tool',
        'tool',
      ]);
    });

    it.each(['constructor', '__proto__', 'toString', 'other'])(
      '[17] are those of a tool that there is not: %s',
      async (name) => {
        const { chunks } = await run(endOf([callOf('a', name)]));
        expect(results(chunks)).toEqual([
          ['a', `There is no tool "${name}". The tools are: echo`, 'error'],
        ]);
      },
    );

    it.each<[string, NonNullable<RunToolsOptions['approve']>, string]>([
      ['false', () => of(false), 'The call was denied.'],
      ['a promise of false', () => Promise.resolve(false), 'The call was denied.'],
      ['no reason', () => [{ approved: false }], 'The call was denied.'],
      [
        'a reason',
        () => of({ approved: false, reason: 'Ask me first.' }),
        'The call was denied. Ask me first.',
      ],
      ['no decision', () => EMPTY, 'The call was denied.'],
      ['a second thought', () => of(false, true), 'The call was denied.'],
    ])('are those denied by %s', async (_, approve, content) => {
      const { model, chunks } = await run(endOf([callOf('a')]), { approve });
      expect(never).not.toHaveBeenCalled();
      expect(results(chunks)).toEqual([['a', content, 'error']]);
      expect(model.asked).toHaveLength(2);
    });

    it('are those that nobody has approved yet', () => {
      const decided = new Subject<boolean>();
      const { agent } = agentOf([[endOf([callOf('a')])]], { approve: () => decided }, [
        echo(never),
      ]);
      const run = watch(agent.stream$('Go'));
      expect([never.mock.calls.length, run.ended]).toEqual([0, undefined]);
      decided.next(true);
      expect([never.mock.calls.length, run.ended]).toEqual([1, 'complete']);
      expect(decided.observed).toBe(false);
    });

    it('are not asked about if they are invalid or of no tool', async () => {
      const approve = jest.fn(() => of(true));
      await run(endOf([invalidCallOf('a'), callOf('b', 'other'), callOf('c')]), { approve });
      expect(approve.mock.calls).toMatchObject([[{ id: 'c' }, expect.anything()]]);
    });
  });

  it('answers a call that fails, and goes on', async () => {
    const { agent } = agentOf([[endOf([callOf('a')])], ['Sorry.']], {}, [
      echo(() => throwError(() => new RangeError('too far'))),
    ]);
    const { messages, finish } = await agent.invoke('Go');
    expect(messages[1]).toMatchObject({ content: 'echo failed.', status: 'error' });
    expect(finish).toBe('done');
  });

  it('asks for approval with the call and a config to hand on', () => {
    const approve: NonNullable<RunToolsOptions['approve']> = (call, config) =>
      saying('yes')
        .stream$(`Run ${call.name}?`, config)
        .pipe(map(({ text }) => text === 'yes'));
    const { agent } = agentOf([[endOf([callOf('a')])]], { approve });
    const { events, values } = recordRun(agent, 'Go');
    expect(results(values)).toMatchObject([['a', 'echoed', 'success']]);
    const [root] = events;
    const starts = events.filter(({ event }) => event.endsWith('_start'));
    expect(starts.map(({ event, name }) => `${event} ${name}`)).toEqual([
      'on_chain_start ToolAgent',
      'on_chat_model_start ScriptedModel',
      'on_chat_model_start FakeStream',
      'on_tool_start echo',
      'on_chat_model_start ScriptedModel',
    ]);
    expect(starts.slice(1).map(({ parent_ids }) => parent_ids)).toEqual(
      Array(4).fill([root?.run_id]),
    );
    expect(faultsOf(events)).toEqual([]);
  });

  it('ends with the error of who should have approved', () => {
    const { agent } = agentOf([[endOf([callOf('a')])]], {
      approve: () => throwError(() => failure),
    });
    expect(watch(agent.stream$('Go')).ended).toEqual({ error: failure });
  });

  describe('the end', () => {
    const asking = (id: string) => [endOf([callOf(id)])];
    const turns = ['a', 'b', 'c', 'd'].map(asking);

    it('goes on from a turn that the provider has paused', async () => {
      const { model, agent } = agentOf([
        ['Let me', endOf([], 'pause')],
        [' see.', endOf([])],
      ]);
      const result = await agent.invoke('Go');
      expect(model.asked[1]?.map(({ text }) => text)).toEqual(['Go', 'Let me']);
      expect(result.messages.map(({ text }) => text)).toEqual(['Let me', ' see.']);
      expect(result).toMatchObject({ steps: 2, finish: 'done' });
    });

    it.each([1, 3])('is the limit of %p steps, with what there is', async (maxSteps) => {
      const { model, agent } = agentOf(turns, { maxSteps });
      const result = await agent.invoke('Go');
      expect(result).toMatchObject({ steps: maxSteps, finish: 'max_steps' });
      expect(model.asked).toHaveLength(maxSteps);
      expect(result.messages).toHaveLength(2 * maxSteps);
      expect(result.messages.at(-1)?.type).toBe('tool');
    });

    it('is no limit where the model has just finished', async () => {
      const { agent } = agentOf([asking('a'), ['done', endOf([])]], { maxSteps: 2 });
      expect(await agent.invoke('Go')).toMatchObject({ steps: 2, finish: 'done' });
    });

    it('is the limit also of a turn that is paused again and again, whatever its id', async () => {
      const paused = new AIMessageChunk({
        id: 'always',
        content: '',
        finish_reason: 'pause',
      });
      const { model, agent } = agentOf(Array<AIMessageChunk[]>(20).fill([paused]), { maxSteps: 3 });
      await agent.invoke('Go');
      expect(model.asked).toHaveLength(3);
    });

    it('is ten steps by default', async () => {
      const { agent } = agentOf(Array.from({ length: 20 }, (_, n) => asking(String(n))));
      expect(await agent.invoke('Go')).toMatchObject({ steps: 10, finish: 'max_steps' });
    });

    it('is what stopWhen says, asked after each step that the model would go on from', async () => {
      const states: [number, number, string | undefined][] = [];
      const stopWhen: NonNullable<RunToolsOptions['stopWhen']> = ({ messages, output, steps }) => {
        states.push([steps, messages.length, output.tool_calls[0]?.id]);
        return output.tool_calls[0]?.id === 'b';
      };
      const { agent } = agentOf(turns, { stopWhen });
      expect(await agent.invoke('Go')).toMatchObject({ steps: 2, finish: 'stop_when' });
      expect(states).toEqual([
        [1, 2, 'a'],
        [2, 4, 'b'],
      ]);
      const done = agentOf([['done', endOf([])]], { stopWhen });
      expect(await done.agent.invoke('Go')).toMatchObject({ finish: 'done' });
      expect(states).toHaveLength(2);
    });

    it('is an error of stopWhen', () => {
      const { agent } = agentOf(turns, {
        stopWhen: () => {
          throw failure;
        },
      });
      expect(watch(agent.stream$('Go')).ended).toEqual({ error: failure });
    });

    it('is an empty answer, too', async () => {
      const { agent } = agentOf([asking('a'), []]);
      const result = await agent.invoke('Go');
      expect(result).toMatchObject({ steps: 2, finish: 'done' });
      expect(result.output.text).toBe('');
    });

    it('[4] is an error of the model, after all that came before it, with what there is', () => {
      const { agent } = agentOf([
        asking('a'),
        concat(
          of('half'),
          throwError(() => failure),
        ),
      ]);
      const { values, ended, events } = recordRun(agent, 'Go');
      expect(ended).toEqual({ error: failure });
      expect(values.map(({ text }) => text)).toEqual(['', 'echoed', 'half']);
      const [partial] = outputs(events, 'on_chain_error') as AgentResult[];
      expect(partial?.messages.map(({ text }) => text)).toEqual(['', 'echoed', 'half']);
      expect(partial).not.toHaveProperty('finish');
    });

    it('takes thousands of steps at once, and goes no deeper for each', async () => {
      const many = Array.from({ length: 3000 }, (_, n) => asking(String(n)));
      const { agent } = agentOf(many, { maxSteps: Infinity });
      expect(await agent.invoke('Go')).toMatchObject({ steps: 3001, finish: 'done' });
    }, 30_000);
  });

  describe('reported as events', () => {
    it('[7] is a chain of model and tool runs', () => {
      const { agent } = agentOf([[endOf([callOf('a')])], ['done', endOf([])]]);
      const { events, story } = recordRun(agent, 'Go');
      expect(story()).toEqual([
        'chain_start ToolAgent',
        'chat_model_start ScriptedModel',
        'chat_model_stream ScriptedModel',
        'chain_stream ToolAgent',
        'chat_model_end ScriptedModel',
        'tool_start echo',
        'tool_end echo',
        'chain_stream ToolAgent',
        'chat_model_start ScriptedModel',
        'chat_model_stream ScriptedModel',
        'chain_stream ToolAgent',
        'chat_model_stream ScriptedModel',
        'chain_stream ToolAgent',
        'chat_model_end ScriptedModel',
        'chain_end ToolAgent',
      ]);
      expect(faultsOf(events)).toEqual([]);
    });

    it('hands tags and metadata on to all of them', () => {
      const { agent } = agentOf([[endOf([callOf('a')])]]);
      const { events } = recordRun(agent, 'Go', { tags: ['nightly'], metadata: { user: 1 } });
      for (const { tags, metadata } of events) {
        expect(tags).toEqual(['nightly']);
        expect(metadata).toMatchObject({ user: 1 });
      }
    });
  });

  describe('[2] cancelled by one unsubscribe', () => {
    const endless = (letGo: () => void) => concat(of('half'), NEVER).pipe(finalize(letGo));

    it.each<[string, (letGo: () => void) => ToolAgent, string[]]>([
      [
        'in a turn of the model',
        (letGo) => agentOf([endless(letGo)]).agent,
        ['chat_model_cancel ScriptedModel'],
      ],
      [
        'in a call',
        (letGo) => agentOf([[endOf([callOf('a')])]], {}, [echo(() => endless(letGo))]).agent,
        ['tool_cancel echo'],
      ],
      [
        'while an approval is waited for',
        (letGo) =>
          agentOf([[endOf([callOf('a')])]], { approve: () => NEVER.pipe(finalize(letGo)) }).agent,
        [],
      ],
    ])('%s', (_, make, cancelled) => {
      const letGo = jest.fn();
      const { leave, story, events } = recordRun(make(letGo), 'Go');
      expect(letGo).not.toHaveBeenCalled();
      leave();
      expect(letGo).toHaveBeenCalledTimes(1);
      expect(story().slice(-1 - cancelled.length)).toEqual([
        ...cancelled,
        'chain_cancel ToolAgent',
      ]);
      expect(faultsOf(events)).toEqual([]);
    });

    it('by a break out of its iteration', async () => {
      const letGo = jest.fn();
      const { agent } = agentOf([endless(letGo)]);
      for await (const { text } of agent.stream('Go')) {
        expect(text).toBe('half');
        break;
      }
      expect(letGo).toHaveBeenCalledTimes(1);
    });

    it('in several calls at once, with what there is so far', () => {
      const letGo = jest.fn();
      const calls = ['a', 'b', 'c'].map((id) => callOf(id));
      const { agent } = agentOf([['I ask.', endOf(calls)]], {}, [echo(() => endless(letGo))]);
      const { leave, events } = recordRun(agent, 'Go');
      leave();
      expect(letGo).toHaveBeenCalledTimes(3);
      const [partial] = outputs(events, 'on_chain_cancel') as AgentResult[];
      expect(partial).toMatchObject({
        steps: 1,
        output: { content: expect.anything() as unknown },
      });
      expect(partial).not.toHaveProperty('finish');
    });
  });

  describe('with a responseFormat', () => {
    const responseFormat = z.object({ city: z.string().trim() });
    const give = (id: string, args: object) => [endOf([callOf(id, 'give_answer', args as Args)])];

    it('ends with the validated object, which the model may mend', async () => {
      const { model, agent } = agentOf(
        [[endOf([callOf('x')])], give('y', { town: 'Graz' }), give('z', { city: ' Graz ' })],
        { responseFormat },
      );
      const result = await agent.invoke('Where?');
      expect(result).toMatchObject({ structured: { city: 'Graz' }, finish: 'done', steps: 3 });
      expect(model.asked).toHaveLength(3);
      expect(result.messages.at(-1)).toMatchObject({ type: 'tool', status: 'success' });
    });

    it('asks once for it where the model ends with words', async () => {
      const { model, agent } = agentOf([['In Graz.', endOf([])], give('y', { city: 'Graz' })], {
        responseFormat,
      });
      const result = await agent.invoke('Where?');
      expect(result).toMatchObject({ structured: { city: 'Graz' }, finish: 'done', steps: 2 });
      expect(model.asked[1]?.map(({ type, text }) => [type, text])).toEqual([
        ['human', 'Where?'],
        ['ai', 'In Graz.'],
        ['human', 'Call give_answer now.'],
      ]);
      const stubborn = agentOf(
        [
          ['No.', endOf([])],
          ['No!', endOf([])],
        ],
        { responseFormat },
      );
      expect(await stubborn.agent.invoke('Where?')).not.toHaveProperty('structured');
      expect(stubborn.model.asked).toHaveLength(2);
    });

    it.each(['length', 'content_filter'] as const)(
      'has none where it ended with %s',
      async (reason) => {
        const { agent } = agentOf([['In', endOf([], reason)]], { responseFormat });
        const result = await agent.invoke('Where?');
        expect(result).not.toHaveProperty('structured');
        expect(result).toMatchObject({ finish: 'done', output: { finish_reason: reason } });
      },
    );
  });

  describe('limits of calls', () => {
    const two = (...ids: string[]) => [endOf(ids.map((id) => callOf(id)))];

    it.each([
      [{ maxCallsPerTurn: 1 }, 1, 1],
      [{ maxCalls: 3 }, 3, 2],
    ])('%p', async (limits, count, steps) => {
      const func = jest.fn(() => 'ran');
      const { agent } = agentOf([two('a', 'b'), two('c', 'd'), ['no', endOf([])]], limits, [
        echo(func),
      ]);
      const result = await agent.invoke('Go');
      expect(func).toHaveBeenCalledTimes(count);
      expect(result).toMatchObject({ finish: 'max_calls', steps });
      expect(result.messages.at(-1)).toMatchObject({
        status: 'error',
        content: 'The call was not run: there were more calls than are allowed.',
      });
    });

    it('are none where there are just as many', async () => {
      const { agent } = agentOf([two('a', 'b'), ['done', endOf([])]], { maxCalls: 2 });
      expect(await agent.invoke('Go')).toMatchObject({ finish: 'done' });
    });
  });

  it('sums up what all turns have cost, once', async () => {
    const spent = (output_tokens: number) =>
      new AIMessageChunk({
        content: '',
        usage_metadata: { input_tokens: 10, output_tokens, total_tokens: 10 + output_tokens },
      });
    const { agent } = agentOf([
      [spent(1), spent(5), endOf([callOf('x')])],
      [spent(2), 'done', spent(7)],
    ]);
    expect((await agent.invoke('Go')).usage).toEqual({
      input_tokens: 20,
      output_tokens: 12,
      total_tokens: 32,
    });
  });

  it('has an answer to each call where it is cancelled in a tool', () => {
    const { agent } = agentOf([['Wait', endOf([callOf('a'), callOf('b')])]], {}, [
      echo(() => NEVER),
    ]);
    const { leave, events } = recordRun(agent, 'Go');
    leave();
    const cancelled = events.at(-1);
    expect(cancelled?.event).toBe('on_chain_cancel');
    const { messages } = (cancelled?.data as { output: AgentResult }).output;
    expect(messages.map((each) => (each.type === 'tool' ? each.content : each.text))).toEqual([
      'Wait',
      'The call was not run: the run was stopped before.',
      'The call was not run: the run was stopped before.',
    ]);
  });

  it('ends with a call open that is decided later, and runs it once it is approved', async () => {
    const func = jest.fn(() => 'paid');
    const { model, agent } = agentOf(
      [
        ['I pay.', endOf([callOf('a')])],
        ['Paid.', endOf([])],
      ],
      { approve: () => of('pending' as const) },
      [echo(func)],
    );
    const first = await agent.invoke('Pay');
    expect(first).toMatchObject({ finish: 'pending', pending: [{ id: 'a' }] });
    expect(first.messages.map(({ type }) => type)).toEqual(['ai']);
    expect([model.asked.length, func.mock.calls.length]).toEqual([1, 0]);
    const decided = new AIMessage({
      content: 'I pay.',
      tool_calls: first.pending.map(approvedCall),
    });
    const second = await agent.invoke([new HumanMessage('Pay'), decided]);
    expect(func).toHaveBeenCalledTimes(1);
    expect(model.asked[1]?.map(({ type }) => type)).toEqual(['human', 'ai', 'tool']);
    expect(second.messages.map(({ text }) => text)).toEqual(['paid', 'Paid.']);
    expect(second.finish).toBe('done');
  });

  it('passes on a denial that its input ends with, and has it in its messages once', async () => {
    const { agent, model } = agentOf([['Fine.', endOf([])]], {}, [echo()]);
    const denied = new ToolMessage({
      ...{ content: 'No.', tool_call_id: 'a', status: 'error' },
      additional_kwargs: { approval: 'denied_before' },
    });
    const input = [
      'Pay',
      new AIMessage({ content: '', tool_calls: [callOf('a')] }),
      denied,
    ] as const;
    const chunks = await lastValueFrom(agent.stream$([...input]).pipe(toArray()));
    expect(chunks[0]).toBe(denied);
    expect(model.asked[0]?.map(({ type }) => type)).toEqual(['human', 'ai', 'tool']);
    const result = await lastValueFrom(from(chunks).pipe(agent.fold as never));
    expect((result as AgentResult).messages.map(({ text }) => text)).toEqual(['Fine.']);

    const { agent: asked } = agentOf([['Fine.', endOf([])]], {}, [echo()]);
    const later = await lastValueFrom(asked.stream$([...input, 'Go on']).pipe(toArray()));
    expect(later.map(({ type }) => type)).toEqual(['ai', 'ai']);
  });

  it('ends with the calls open that are answered elsewhere, behind those that are run here', async () => {
    const { agent } = agentOf([[endOf([callOf('a', 'on_page'), callOf('b')])]], {}, [
      echo(),
      { name: 'on_page', input_schema: { type: 'object' } } as never,
    ]);
    const result = await agent.invoke('Go');
    expect(result).toMatchObject({ finish: 'pending', pending: [{ id: 'a' }], steps: 1 });
    expect(result.messages.map(({ type }) => type)).toEqual(['ai', 'tool']);
  });

  it('gives the context to tools and hooks, typed by the tools that read it', async () => {
    const seen: unknown[] = [];
    const whoami = tool({
      name: 'echo',
      schema: { type: 'object' },
      func: (_, config: ToolConfig<{ user: string }>) => config.context.user,
    });
    const model = new ScriptedModel([endOf([callOf('a')])], ['done', endOf([])]);
    const agent = runTools(model, [whoami], {
      prepareStep: (_, { context }) => {
        seen.push(context.user);
        return undefined;
      },
    });
    const { messages } = await agent.invoke('Go', { context: { user: 'ada' } });
    expect([messages[1]?.text, ...seen]).toEqual(['ada', 'ada', 'ada']);
    // @ts-expect-error -- a user is a string
    await agent.invoke('Go', { context: { user: 5 } });
  });

  it('may be a tool itself', async () => {
    const { agent: inner } = agentOf([['It is ', 'warm.', endOf([])]]);
    const ask = tool({
      name: 'echo',
      schema: { type: 'object' },
      func: (_, config) => inner.stream$('Hot?', config),
    });
    const { events, listener } = record();
    const { agent } = agentOf([[endOf([callOf('a')])], ['Yes.', endOf([])]], {}, [ask]);
    const { messages } = await agent.invoke('Go', { listeners: [listener] });
    expect(messages[1]).toMatchObject({ content: 'It is warm.', status: 'success' });
    expect(faultsOf(events)).toEqual([]);
  });

  describe('whatever model and tools do', () => {
    const kinds = ['value', 'later', 'fails', 'invalid', 'unknown', 'denied'] as const;
    const turnArbitrary = fc.record({
      words: fc.array(fc.constantFrom('gold', 'fish'), { maxLength: 3 }),
      calls: fc.array(fc.constantFrom(...kinds), { maxLength: 4 }),
      stop: fc.constantFrom(
        ...(['tool_call', 'tool_call', undefined, 'pause', 'length', 'stop'] as const),
      ),
      async: fc.boolean(),
    });
    const scriptArbitrary = fc.record({
      turns: fc.array(turnArbitrary, { minLength: 1, maxLength: 5 }),
      maxSteps: fc.integer({ min: 1, max: 4 }),
      concurrency: fc.integer({ min: 1, max: 3 }),
      stopAt: fc.option(fc.integer({ min: 1, max: 4 })),
    });
    type Script = typeof scriptArbitrary extends fc.Arbitrary<infer S> ? S : never;

    function play({ turns, maxSteps, concurrency, stopAt }: Script) {
      const ran: string[] = [];
      const open = { count: 0 };
      const counted = <T>(work$: Observable<T>) =>
        defer(() => {
          open.count += 1;
          return work$.pipe(finalize(() => (open.count -= 1)));
        });
      const work = (kind: string) =>
        echo(({ id }) => {
          ran.push(String(id));
          const value$ = kind === 'fails' ? throwError(() => failure) : of(String(id));
          return counted(kind === 'value' ? value$ : value$.pipe(later()));
        }, kind);
      const script = turns.map(({ words, calls, stop, async }, at) => {
        const made = calls.map((kind, n) => {
          const id = `${String(at)}.${String(n)}.${kind}`;
          return kind === 'invalid' ? invalidCallOf(id) : callOf(id, kind, { id });
        });
        const turn$ = counted(from([...words, endOf(made, stop)]));
        return async ? turn$.pipe(later()) : turn$;
      });
      const { agent } = agentOf(
        script,
        {
          maxSteps,
          concurrency,
          approve: ({ name }) => counted(of(name !== 'denied').pipe(later())),
          stopWhen: ({ steps }) => steps === stopAt,
        },
        ['value', 'later', 'fails', 'denied'].map(work),
      );
      return { agent, ran, open };
    }

    /** What the rules say: the calls that are answered, and how it ends. */
    function expected({ turns, maxSteps, stopAt }: Script) {
      const answered: string[] = [];
      for (let steps = 1; ; steps++) {
        const turn = turns[steps - 1] ?? { calls: [], stop: 'stop' as const };
        const { stop } = turn;
        const runs = stop !== 'length';
        turn.calls.forEach((kind, n) =>
          answered.push(`${String(steps - 1)}.${String(n)}.${runs ? kind : `${kind}.cut`}`),
        );
        const goesOn = stop === 'pause' || (runs && turn.calls.length > 0);
        if (!goesOn) return { answered, steps, finish: 'done' };
        if (steps === maxSteps) return { answered, steps, finish: 'max_steps' };
        if (steps === stopAt) return { answered, steps, finish: 'stop_when' };
      }
    }

    it('[3] every run has one ending, results keep the order, and nothing is run that should not be', async () => {
      await fc.assert(
        fc.asyncProperty(scriptArbitrary, async (script) => {
          const { agent, ran, open } = play(script);
          const { events, listener } = record();
          const result = await agent.invoke('Go', { listeners: [listener] });
          const { answered, steps, finish } = expected(script);
          expect(faultsOf(events)).toEqual([]);
          expect(outputs(events.slice(-1), 'on_chain_end')).toEqual([result]);
          expect(result).toMatchObject({ steps, finish });
          const messages = result.messages.filter((message) => message.type === 'tool');
          expect(messages.map(({ tool_call_id }) => tool_call_id)).toEqual(
            answered.map((id) => id.replace('.cut', '')),
          );
          expect(messages.map(({ status }) => status)).toEqual(
            answered.map((id) => (/(value|later)$/.test(id) ? 'success' : 'error')),
          );
          expect([...ran].sort()).toEqual(
            answered.filter((id) => /(value|later|fails)$/.test(id)).sort(),
          );
          expect(open.count).toBe(0);
        }),
      );
    });

    it('[2] nothing is at work any more when one has left, at any event', async () => {
      await fc.assert(
        fc.asyncProperty(scriptArbitrary, fc.nat(30), async (script, count) => {
          const { agent, ran, open } = play(script);
          const { events, listener } = record();
          const left = new Subject<void>();
          const leaver = () => {
            if (events.length === count) left.next();
          };
          const run$ = agent.stream$('Go', { listeners: [listener, leaver] }).pipe(takeUntil(left));
          await lastValueFrom(run$, { defaultValue: undefined });
          const before = ran.length;
          expect(open.count).toBe(0);
          expect(faultsOf(events)).toEqual([]);
          await Promise.resolve();
          expect(ran.length).toBe(before);
        }),
      );
    });
  });
});
