import {
  AIMessage,
  type FinishReason,
  type InvalidToolCall,
  type ToolCall,
  ToolMessage,
} from 'rxlm';
import {
  closeCalls,
  isPaused,
  openCalls,
  whyNotRun,
} from '../../../lib/runnables/agent/unanswered-calls';

const valid = (id: string): ToolCall => ({ type: 'tool_call', id, name: 'add', args: {} });
const invalid = (id: string): InvalidToolCall => ({
  type: 'invalid_tool_call',
  id,
  args: '{',
  error: 'x',
});
const message = (finish_reason?: FinishReason, ...invalids: string[]) =>
  new AIMessage({
    content: ['c', 'b', 'a'].map((id) => ({ type: 'tool_use', id })),
    tool_calls: [valid('a'), valid('c')],
    invalid_tool_calls: invalids.map(invalid),
    finish_reason,
  });
const ids = (of: AIMessage) => openCalls(of).map(({ id }) => id);

describe('openCalls', () => {
  it.each(['tool_call', 'stop', 'pause', undefined, 'new' as never] as const)(
    'are those of a message that ended with %p',
    (reason) => {
      expect(ids(message(reason))).toEqual(['a', 'c']);
    },
  );

  it.each(['length', 'content_filter', 'error'] as const)(
    'are none of a message that ended with %p, however whole they look',
    (reason) => {
      expect(openCalls(message(reason, 'b'))).toEqual([]);
    },
  );

  it('come in the order in which the message has them, the invalid ones among them', () => {
    expect(ids(message('tool_call', 'b'))).toEqual(['c', 'b', 'a']);
  });

  it('come with the invalid ones last where the content does not report', () => {
    const { tool_calls, invalid_tool_calls } = message('tool_call', 'b');
    const bare = new AIMessage({ content: '', tool_calls, invalid_tool_calls });
    expect(ids(bare)).toEqual(['a', 'c', 'b']);
  });
});

describe('isPaused', () => {
  it.each([
    ['pause', true],
    ['tool_call', false],
    [undefined, false],
  ] as const)('of a message that ended with %p is %p', (reason, paused) => {
    expect(isPaused(message(reason))).toBe(paused);
  });
});

describe('closeCalls', () => {
  const answer = (tool_call_id: string) => new ToolMessage({ content: 'ok', tool_call_id });

  it('answers each call that has no answer, behind those of its message', () => {
    const last = new AIMessage({ content: '', tool_calls: [valid('d')] });
    const closed = closeCalls([message('tool_call', 'b'), answer('c'), last], 'it ended');
    expect(closed.map((each) => (each.type === 'tool' ? each.tool_call_id : each.type))).toEqual([
      'ai',
      'c',
      'b',
      'a',
      'ai',
      'd',
    ]);
    expect(closed[2]).toMatchObject({
      content: 'The call was not run: it ended.',
      status: 'error',
    });
  });

  it('leaves a history alone that has no open call', () => {
    const messages = [new AIMessage('Hi'), message('tool_call'), answer('a'), answer('c')];
    expect(closeCalls(messages, 'x')).toEqual(messages);
  });
});

describe('whyNotRun', () => {
  it.each([
    ['length', 'the message was cut off at a limit'],
    ['content_filter', 'the message was refused'],
    ['error', 'the message was broken off'],
  ] as const)('of %s', (reason, why) => {
    expect(whyNotRun(message(reason))).toBe(why);
  });
});
