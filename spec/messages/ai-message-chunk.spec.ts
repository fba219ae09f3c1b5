import { of, lastValueFrom } from 'rxjs';
import { ACCUMULATOR, foldChunks } from '../../lib/core/fold-chunks.js';
import { AIMessage } from '../../lib/messages/ai-message.js';
import { AIMessageChunk } from '../../lib/messages/ai-message-chunk.js';

describe('AIMessageChunk', () => {
  it('is an AI message with the pieces of its calls', () => {
    const tool_call_chunks = [{ index: 1, id: 'a', name: 'f', args: '{"x' }];
    const chunk = new AIMessageChunk({ content: [], id: 'run-1', tool_call_chunks });
    expect(chunk).toBeInstanceOf(AIMessage);
    expect(chunk).toMatchObject({ type: 'ai', id: 'run-1', tool_calls: [], tool_call_chunks });
  });

  it.each([
    ['gold', 'gold'],
    [[{ index: 0, type: 'text', text: 'gold' }], 'gold'],
    [[{ index: 0, type: 'thinking', thinking: 'hm' }], ''],
    [[], ''],
    ['', ''],
  ])('of %j has the text %j', (content, text) => {
    expect(new AIMessageChunk({ content }).text).toBe(text);
  });

  it('shares what it does not have with all others', () => {
    const { tool_call_chunks, tool_calls, response_metadata } = new AIMessageChunk('gold');
    const other = new AIMessageChunk('fish');
    expect(other.tool_call_chunks).toBe(tool_call_chunks);
    expect(other.tool_calls).toBe(tool_calls);
    expect(other.response_metadata).toBe(response_metadata);
    expect([tool_call_chunks, tool_calls, response_metadata].every(Object.isFrozen)).toBe(true);
  });

  it('says how its like are folded, each time anew', async () => {
    const chunk = new AIMessageChunk('gold');
    expect(chunk[ACCUMULATOR]()).not.toBe(chunk[ACCUMULATOR]());
    const whole = await lastValueFrom(of(chunk, new AIMessageChunk('fish')).pipe(foldChunks()));
    expect(whole).toStrictEqual(new AIMessage('goldfish'));
  });
});
