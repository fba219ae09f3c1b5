import { AIMessage, type InvalidToolCall, type ToolCall } from 'rxlm';
import { isPaused, openCalls } from '../../lib/runnables/open-calls';

const valid = (id: string): ToolCall => ({ type: 'tool_call', id, name: 'add', args: {} });
const invalid = (id: string): InvalidToolCall => ({
  type: 'invalid_tool_call',
  id,
  args: '{',
  error: 'x',
});
const message = (stop_reason?: unknown, ...invalids: string[]) =>
  new AIMessage({
    content: ['c', 'b', 'a'].map((id) => ({ type: 'tool_use', id })),
    tool_calls: [valid('a'), valid('c')],
    invalid_tool_calls: invalids.map(invalid),
    response_metadata: { stop_reason },
  });
const ids = (of: AIMessage) => openCalls(of).map(({ id }) => id);

describe('openCalls', () => {
  it.each(['tool_use', undefined, null])('are those of a message that stopped for %p', (reason) => {
    expect(ids(message(reason))).toEqual(['a', 'c']);
  });

  it.each(['end_turn', 'max_tokens', 'stop_sequence', 'refusal', 'pause_turn', 'new_reason'])(
    '[16] are none of a message that stopped for %p',
    (reason) => {
      expect(openCalls(message(reason, 'b'))).toEqual([]);
    },
  );

  it('come in the order in which the message has them, the invalid ones among them', () => {
    expect(ids(message('tool_use', 'b'))).toEqual(['c', 'b', 'a']);
  });

  it('come with the invalid ones last where the content does not tell', () => {
    const { tool_calls, invalid_tool_calls } = message('tool_use', 'b');
    const bare = new AIMessage({ content: '', tool_calls, invalid_tool_calls });
    expect(ids(bare)).toEqual(['a', 'c', 'b']);
  });
});

describe('isPaused', () => {
  it.each([
    ['pause_turn', true],
    ['tool_use', false],
    [undefined, false],
  ])('of a message that stopped for %p is %p', (reason, paused) => {
    expect(isPaused(message(reason))).toBe(paused);
  });
});
