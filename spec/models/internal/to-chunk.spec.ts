import { lastValueFrom, of } from 'rxjs';
import { AIMessage, AIMessageChunk, foldMessages, HumanMessage } from 'rxlm';
import { type MessageInput } from 'rxlm/provider';
import { type AIMessageFields } from '../../../lib/messages/ai-message.js';
import { toChunk } from '../../../lib/models/internal/to-chunk.js';

const fields: AIMessageFields = {
  content: [
    { type: 'thinking', thinking: 'hm', signature: 's' },
    { type: 'text', text: 'hi' },
  ],
  id: 'i',
  name: 'n',
  additional_kwargs: { a: 1 },
  response_metadata: { stop_reason: 'end_turn' },
  finish_reason: 'stop',
  tool_calls: [{ type: 'tool_call', id: 'c', name: 't', args: {} }],
  invalid_tool_calls: [{ type: 'invalid_tool_call', id: 'd', name: 't', args: '{', error: 'e' }],
  usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
};
const message = new AIMessage(fields);

describe('[12] toChunk', () => {
  it.each([
    ['blocks', message],
    ['a text', new AIMessage({ ...fields, content: 'hi' })],
    ['nothing', new AIMessage('')],
  ])('[13] is one chunk of which the fold makes the message again: %s', async (_, whole) => {
    const chunk = toChunk(whole);
    expect(chunk).toBeInstanceOf(AIMessageChunk);
    expect(await lastValueFrom(of(chunk).pipe(foldMessages()))).toEqual(whole);
  });

  it('takes whatever stands for an AI message', () => {
    expect(toChunk('hi')).toMatchObject({ type: 'ai', content: 'hi' });
    expect(toChunk({ role: 'assistant', content: 'hi' }).text).toBe('hi');
    expect(toChunk(JSON.parse(JSON.stringify(message)) as MessageInput)).toMatchObject({ id: 'i' });
  });

  it('throws a TypeError for a message of another role, and for none', () => {
    expect(() => toChunk(new HumanMessage('hi'))).toThrow(
      new TypeError('generate must give an AI message, got a human message'),
    );
    expect(() => toChunk(undefined)).toThrow(TypeError);
    expect(() => toChunk(7 as never)).toThrow(TypeError);
  });
});
