import { AIMessage } from '../../../lib/messages/ai-message.js';
import {
  AIMessageChunk,
  type AIMessageChunkFields,
} from '../../../lib/messages/ai-message-chunk.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { GrowingChat } from '../../../lib/chat/internal/growing-chat.js';
import { event, streamEvent } from '../../operators/event.js';

const chunk = (content: string, more: Partial<AIMessageChunkFields> = {}) =>
  new AIMessageChunk({ content, ...more });
const usage = (input_tokens: number, output_tokens: number) => ({
  input_tokens,
  output_tokens,
  total_tokens: input_tokens + output_tokens,
});
const call = (id: string) => ({ type: 'tool_call' as const, id, name: 'weather', args: {} });
const answer = (id: string) => new ToolMessage({ content: '21', tool_call_id: id });
const chatOf = (...values: unknown[]) => {
  const chat = new GrowingChat();
  for (const value of values) chat.add(value);
  return chat;
};

describe('GrowingChat', () => {
  it('is submitted until there is content', () => {
    const chat = new GrowingChat();
    expect(chat.state.status).toBe('submitted');
    chat.add(chunk('', { id: 'm', usage_metadata: usage(3, 0) }));
    expect(chat.state).toMatchObject({ status: 'submitted', usage: usage(3, 0), text: '' });
    chat.add(chunk('gold', { id: 'm' }));
    expect(chat.state).toMatchObject({ status: 'streaming', text: 'gold' });
    chat.end('done');
    chat.end('stopped');
    chat.add(chunk('late', { id: 'm' }));
    expect(chat.state).toMatchObject({ status: 'done', text: 'gold' });
  });

  it('gives the same state as long as nothing has changed, and shares what has not', () => {
    const chat = chatOf(chunk('gold', { id: 'm', usage_metadata: usage(3, 1) }));
    const before = chat.state;
    expect(chat.state).toBe(before);
    chat.add(chunk('', { id: 'm' }));
    expect(chat.state).toBe(before);
    chat.add(chunk('', { id: 'm', tool_calls: [call('a')] }));
    const after = chat.state;
    expect(after.usage).toBe(before.usage);
    expect(after.message).not.toBe(before.message);
    chat.add(answer('a'));
    const answered = chat.state;
    expect(answered.message).toBe(after.message);
    expect(answered.usage).toBe(after.usage);
    expect(answered.toolCalls).not.toBe(after.toolCalls);
    chat.add(chunk('fish', { id: 'm2', usage_metadata: usage(0, 0) }));
    expect(chat.state.toolCalls).toBe(answered.toolCalls);
    expect(chat.state.toolCalls[0]).toBe(answered.toolCalls[0]);
  });

  it('keeps a usage that is reported again the same', () => {
    const chat = chatOf(chunk('a', { usage_metadata: usage(3, 1) }));
    const before = chat.state;
    chat.add(chunk('b', { usage_metadata: usage(3, 1) }));
    expect(chat.state.usage).toBe(before.usage);
    expect(chat.state.text).toBe('ab');
  });

  it('begins anew with another message id, as the fold does', () => {
    const { state } = chatOf(
      chunk('gold', { id: 'm', usage_metadata: usage(3, 1), tool_calls: [call('a')] }),
      chunk('silver', { id: 'n', usage_metadata: usage(3, 2) }),
    );
    expect(state).toMatchObject({ text: 'silver', usage: usage(3, 2), toolCalls: [] });
    expect(state.message?.id).toBe('n');
  });

  it('shows the turns of an agent one after the other, with all their calls and what they cost together', () => {
    const chat = chatOf(
      chunk('Let me see.', { id: 'm', usage_metadata: usage(3, 1), tool_calls: [call('a')] }),
      answer('a'),
    );
    expect(chat.state).toMatchObject({ text: 'Let me see.', toolCalls: [{ status: 'done' }] });
    chat.add(chunk('21 °C', { usage_metadata: usage(9, 2), tool_calls: [call('b')] }));
    expect(chat.state).toMatchObject({
      text: '21 °C',
      usage: usage(12, 3),
      toolCalls: [
        { id: 'a', status: 'done' },
        { id: 'b', status: 'called' },
      ],
    });
  });

  it('goes on after a turn that the provider has paused', () => {
    const { state } = chatOf(
      chunk('a', {
        id: 'm',
        usage_metadata: usage(1, 1),
        finish_reason: 'pause',
      }),
      chunk('b', { id: 'n', usage_metadata: usage(1, 1) }),
    );
    expect(state).toMatchObject({ text: 'b', usage: usage(2, 2) });
  });

  it('takes a whole message, plain data of chunks, and texts', () => {
    const whole = new AIMessage({ content: 'gold', id: 'm', usage_metadata: usage(1, 1) });
    expect(chatOf(whole).state).toMatchObject({ text: 'gold', message: whole, usage: usage(1, 1) });
    const data: unknown = JSON.parse(JSON.stringify(chunk('gold', { id: 'm' })));
    expect(chatOf(data, data).state).toMatchObject({ status: 'streaming', text: 'goldgold' });
    expect(chatOf('', 'gold', 'fish').state).toMatchObject({
      text: 'goldfish',
      message: undefined,
    });
  });

  it.each([null, undefined, 5, {}, { type: 'human' }, [], Symbol('s')])(
    'takes from %p only that it came',
    (value) => {
      expect(chatOf(value).state).toMatchObject({ status: 'streaming', text: '' });
    },
  );

  it('knows how it has ended', () => {
    const lost = new Error('lost');
    const ended = (how: 'done' | 'error' | 'stopped', error?: unknown) => {
      const chat = chatOf('gold');
      chat.end(how, error);
      const { status, text } = chat.state;
      return [status, text, chat.state.error];
    };
    expect(ended('error', lost)).toEqual(['error', 'gold', lost]);
    expect(ended('error', undefined)).toEqual(['error', 'gold', undefined]);
    expect(ended('error', null)).toEqual(['error', 'gold', null]);
    expect(ended('error', AbortSignal.abort().reason)).toEqual(['stopped', 'gold', undefined]);
    expect(ended('stopped')).toEqual(['stopped', 'gold', undefined]);
  });

  it('shows the partial message of an error where nothing else has shown it', () => {
    const partial = new AIMessage({ content: 'gold', usage_metadata: usage(3, 1) });
    const error = Object.assign(new Error('cut'), { partial });
    const chat = new GrowingChat();
    chat.end('error', error);
    expect(chat.state).toEqual({
      status: 'error',
      text: 'gold',
      message: partial,
      messages: [partial],
      parts: [{ type: 'text', text: 'gold' }],
      usage: usage(3, 1),
      toolCalls: [],
      error,
    });
    const data = new GrowingChat();
    data.end('error', JSON.parse(JSON.stringify({ partial })));
    expect(data.state.text).toBe('gold');
  });

  it('holds a call that was not finished for invalid', () => {
    const chat = chatOf(chunk('', { tool_call_chunks: [{ index: 0, id: 'a', args: '{' }] }));
    expect(chat.state.toolCalls).toMatchObject([{ status: 'growing' }]);
    chat.end('error', new Error('cut'));
    expect(chat.state.toolCalls).toMatchObject([{ status: 'invalid' }]);
  });

  describe('of events', () => {
    const inner = { run_id: 'i', parent_ids: ['r'] };

    it('takes the chunks of the root, and its ending', () => {
      const chat = chatOf(
        event('on_chain_start'),
        event('on_chat_model_start', inner),
        event('on_chat_model_stream', { ...inner, data: { chunk: chunk('inner') } }),
        streamEvent('gold', 'r', 'chain'),
        event('on_custom_event', { data: null as never }),
        event('on_chat_model_cancel', inner),
      );
      expect(chat.state).toMatchObject({ status: 'streaming', text: 'gold' });
      chat.add(event('on_chain_cancel'));
      chat.end('error', new Error('the reason of a signal'));
      expect(chat.state).toMatchObject({ status: 'stopped', text: 'gold', error: undefined });
    });

    it('has the error of a log of events, unless the source brings its own', () => {
      const recorded = { name: 'ModelError', message: 'cut' };
      const events = [
        event('on_chain_start'),
        event('on_chain_error', { data: { error: recorded } }),
      ];
      const chat = chatOf(...events);
      expect(chat.state.status).toBe('submitted');
      chat.end('done');
      expect(chat.state).toMatchObject({ status: 'error', error: recorded });
      const other = chatOf(...events);
      const own = new Error('cut');
      other.end('error', own);
      expect(other.state.error).toBe(own);
    });

    it('knows the message and the usage of a chain that ends in texts', () => {
      const output = new AIMessage({ content: 'gold', usage_metadata: usage(3, 1) });
      const ended = event('on_chat_model_end', { ...inner, data: { output } });
      const started = event('on_chat_model_start', inner);
      const { state } = chatOf(
        event('on_chain_start'),
        started,
        streamEvent('gold', 'r', 'chain'),
        ended,
        started,
        ended,
      );
      expect(state).toMatchObject({ text: 'gold', message: output, usage: usage(6, 2) });
    });

    it('does not count a model twice whose message comes whole at the root', () => {
      const output = new AIMessage({ content: 'gold', id: 'm', usage_metadata: usage(3, 1) });
      const { state } = chatOf(
        event('on_chain_start'),
        event('on_chat_model_start', inner),
        event('on_chat_model_end', { ...inner, data: { output } }),
        streamEvent(output, 'r', 'chain'),
      );
      expect(state).toMatchObject({ text: 'gold', usage: usage(3, 1) });
    });

    it('knows a result as soon as the tool has it', () => {
      const result = answer('a');
      const chat = chatOf(
        event('on_chain_start'),
        streamEvent(chunk('', { tool_calls: [call('a')] }), 'r', 'chain'),
        event('on_tool_start', inner),
        event('on_tool_end', { ...inner, data: { output: result } }),
      );
      expect(chat.state.toolCalls).toMatchObject([{ status: 'done', result }]);
    });
  });
});
