import { lastValueFrom } from 'rxjs';
import { HumanMessage, SystemMessage } from 'rxlm';
import { AgentAccumulator } from '../../../lib/runnables/agent/agent-result';
import { AgentTurns } from '../../../lib/runnables/agent/agent-turns';
import type { PreparedStep, RunToolsOptions } from '../../../lib/runnables/agent/run-tools-options';
import { FakeChatModel } from '../../../lib/testing/fake/fake-chat-model';
import { tool } from '../../../lib/tools/tool';

const add = tool({ name: 'add', schema: {}, func: () => 3 });
const sub = tool({ name: 'sub', schema: {}, func: () => 1 });
const asked = [new HumanMessage('Hi')];
const { state } = new AgentAccumulator({ maxSteps: 1, maxCalls: 1, maxCallsPerTurn: 1 });
const turnOf = async (options: Pick<RunToolsOptions<never>, 'prepareStep' | 'systemPrompt'>) => {
  const model = new FakeChatModel(['a']);
  const turns = new AgentTurns(model, [add, sub], undefined, options);
  const input = { asked, state, step: 1, owesAnswer: false };
  const turn = await lastValueFrom(turns.turn$(input, {}));
  await turn.model.invoke([...turn.messages]);
  return { turn, call: model.calls[0] };
};
const prepared = (step: PreparedStep<never>) => turnOf({ prepareStep: () => step });

describe('AgentTurns', () => {
  it('sends what was asked, with the tools', async () => {
    const { turn, call } = await turnOf({});
    expect(turn.messages).toEqual(asked);
    expect(call?.options.tools).toEqual([add, sub]);
  });

  it('says the system prompt first', async () => {
    const { turn } = await turnOf({ systemPrompt: 'Be terse.' });
    expect(turn.messages.map(({ type, text }) => [type, text])).toEqual([
      ['system', 'Be terse.'],
      ['human', 'Hi'],
    ]);
    const own = new SystemMessage('Be kind.');
    expect((await turnOf({ systemPrompt: own })).turn.messages[0]).toBe(own);
  });

  it('takes the messages, the prompt, the tools and the choice of a hook', async () => {
    const { turn, call } = await prepared({
      messages: 'Short.',
      systemPrompt: 'Now.',
      tools: ['sub'],
      toolChoice: 'any',
    });
    expect(turn.messages.map(({ text }) => text)).toEqual(['Now.', 'Short.']);
    expect([...turn.tools.run.keys()]).toEqual(['sub']);
    expect(call?.options).toMatchObject({ tools: [sub], toolChoice: 'any' });
  });

  it('takes the model of a hook, also later', async () => {
    const other = new FakeChatModel(['b']);
    const seen: number[] = [];
    const turns = new AgentTurns(new FakeChatModel([]), [add], undefined, {
      prepareStep: async ({ step }) => {
        seen.push(step);
        return Promise.resolve({ model: other });
      },
    });
    const input = { asked, state, step: 3, owesAnswer: false };
    const { model } = await lastValueFrom(turns.turn$(input, {}));
    expect((await model.invoke('x')).text).toBe('b');
    expect([seen, other.calls[0]?.options.tools]).toEqual([[3], [add]]);
  });

  it.each([
    [{ tools: ['nope'] }, 'prepareStep: the agent has no tool "nope"'],
    [{ model: 5 as never }, 'runTools takes a chat model, got 5'],
  ])('is a TypeError for %p', async (step, message) => {
    await expect(prepared(step)).rejects.toThrow(new TypeError(message));
  });
});
