import { AIMessageChunk, type FinishReason, type ToolCall, ToolMessage } from 'rxlm';
import { AgentAccumulator } from '../../../lib/runnables/agent/agent-result';

type Chunk = AIMessageChunk | ToolMessage;

const says = (id: string | undefined, content: string, finish_reason?: FinishReason) =>
  new AIMessageChunk({ id, content, finish_reason });
const call: ToolCall = { type: 'tool_call', id: 'x', name: 'add', args: {} };
const calls = (id: string) =>
  new AIMessageChunk({
    id,
    content: '',
    tool_calls: [call],
    finish_reason: 'tool_call',
  });
const result = (content: string) => new ToolMessage({ content, tool_call_id: 'x' });
const fold = (maxSteps: number, ...chunks: Chunk[]) => {
  const agent = new AgentAccumulator({ maxSteps, maxCalls: Infinity, maxCallsPerTurn: Infinity });
  for (const chunk of chunks) agent.add(chunk);
  return agent;
};
const said = ({ whole }: AgentAccumulator) => whole.messages.map(({ text }) => text);

describe('AgentAccumulator', () => {
  it('makes messages of the chunks of each turn, and keeps the results between them', () => {
    const { whole } = fold(
      10,
      says('1', 'Let'),
      calls('1'),
      result('3'),
      says('2', 'It'),
      says('2', "'s 3."),
    );
    expect(whole.messages.map(({ type, text }) => [type, text])).toEqual([
      ['ai', 'Let'],
      ['tool', '3'],
      ['ai', "It's 3."],
    ]);
    expect(whole.output).toBe(whole.messages[2]);
    expect(whole).toMatchObject({ steps: 2, finish: 'done' });
  });

  it('is done with nothing where nothing came', () => {
    const { whole } = fold(10);
    expect(whole).toMatchObject({ messages: [], steps: 0, finish: 'done' });
    expect(whole.output.text).toBe('');
  });

  it.each([
    [10, 'stop_when'],
    [2, 'max_steps'],
  ])('with a limit of %p was stopped by %p where the model would have gone on', (max, finish) => {
    const turns = [calls('1'), result('a'), calls('2'), result('b')];
    expect(fold(max, ...turns).whole.finish).toBe(finish);
    expect(fold(max, says('1', 'a', 'pause'), says('2', 'b', 'pause')).whole.finish).toBe(finish);
  });

  it('keeps a paused turn, and what went on from it', () => {
    const agent = fold(10, says('1', 'a'), says('1', 'b', 'pause'), says('2', 'c', 'stop'));
    expect(said(agent)).toEqual(['ab', 'c']);
    expect(agent.whole).toMatchObject({ steps: 2, finish: 'done' });
    expect(said(fold(10, says('1', 'a', 'pause'), says(undefined, 'b')))).toEqual(['a', 'b']);
  });

  it('drops an attempt that another one has followed', () => {
    const agent = fold(
      10,
      calls('0'),
      result('x'),
      says('1', 'go'),
      says('2', 'gold'),
      says('2', 'fish'),
    );
    expect(said(agent)).toEqual(['', 'x', 'goldfish']);
    expect(agent.whole.steps).toBe(2);
  });

  it('begins a message after a result, whatever its id', () => {
    expect(said(fold(10, calls('1'), result('x'), says('1', 'b')))).toEqual(['', 'x', 'b']);
  });

  it('has a state on the way that later chunks do not change', () => {
    const agent = fold(10, says('1', 'a'));
    const { state } = agent;
    agent.add(says('1', 'b'));
    agent.add(result('x'));
    expect(state.messages.map(({ text }) => text)).toEqual(['a']);
    expect(state).not.toHaveProperty('finish');
  });
});

describe('wouldGoOn', () => {
  it.each<[string, Chunk, boolean]>([
    ['calls', calls('1'), true],
    ['a pause', says('1', '', 'pause'), true],
    ['a last word', says('1', 'x', 'stop'), false],
  ])('of %s', (_, chunk, goesOn) => {
    const agent = fold(10, chunk);
    expect(agent.wouldGoOn(agent.state)).toBe(goesOn);
  });
});
