import { coerceMessages, type MessagesInput } from '../../../lib/messages/coerce-messages';
import type { OllamaCallOptions } from '../../../lib/ollama/ollama-options';
import { toOllamaRequest } from '../../../lib/ollama/internal/to-ollama-request';

const rules = { refusedInIds: /$^/g, contradiction: () => new Error() };
const sent = (options: OllamaCallOptions = {}, messages: MessagesInput = 'Hi') =>
  toOllamaRequest(coerceMessages(messages), { model: 'm', ...options }, rules);
const call = { id: 'a', name: 'w', args: { city: 'Oslo' }, type: 'tool_call' as const };

describe('toOllamaRequest', () => {
  it('sends only what was set', () => {
    expect(sent()).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    });
  });

  it.each<[OllamaCallOptions, object]>([
    [
      { temperature: 0, topP: 0.5, topK: 3, seed: 1, maxTokens: 9, stop: ['x'] },
      { options: { temperature: 0, top_p: 0.5, top_k: 3, seed: 1, num_predict: 9, stop: ['x'] } },
    ],
    [{ modelOptions: { num_ctx: 8 } }, { options: { num_ctx: 8 } }],
    [{ keepAlive: '5m' }, { keep_alive: '5m' }],
    [{ reasoning: { effort: 'none' } }, { think: false }],
    [{ reasoning: { effort: 'high' } }, { think: 'high' }],
    [{ reasoning: { effort: 'max' } }, { think: 'max' }],
    [{ reasoning: { effort: 'minimal' } }, { think: 'low' }],
    [{ topLogprobs: 2 }, { logprobs: true, top_logprobs: 2 }],
    [{ responseFormat: { type: 'json_object' } }, { format: 'json' }],
    [
      { responseFormat: { type: 'json_schema', schema: { type: 'object' } } },
      { format: { type: 'object' } },
    ],
    [{ invocationKwargs: { truncate: false } }, { truncate: false }],
  ])('%j is %j', (options, fields) => {
    expect(sent(options)).toMatchObject(fields);
  });

  it('sends calls with objects for arguments, and results with the name of their tool', () => {
    const messages = sent({}, [
      ['system', 'x'],
      'Hi',
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: 'rain' },
    ])['messages'];
    expect(messages).toEqual([
      { role: 'system', content: 'x' },
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'a', function: { name: 'w', arguments: { city: 'Oslo' } } }],
      },
      { role: 'tool', content: 'rain', tool_name: 'w', tool_call_id: 'a' },
    ]);
  });

  it('sends pictures beside the text, and thinking back', () => {
    const messages = sent({}, [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See' },
          { type: 'image', mimeType: 'image/png', data: 'AAAA' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm' },
          { type: 'text', text: 'Yes' },
        ],
      },
      'Why?',
    ])['messages'];
    expect(messages).toMatchObject([
      { content: 'See', images: ['AAAA'] },
      { content: 'Yes', thinking: 'Hm' },
      {},
    ]);
  });

  it('leaves out tools that may not be called, and cannot force one', () => {
    const tools = [{ name: 'w', schema: { type: 'object' } }];
    expect(sent({ tools, toolChoice: 'none' })).not.toHaveProperty('tools');
    expect(() => sent({ tools, toolChoice: 'any' })).toThrow(
      /toolChoice must be 'auto' or 'none', got "any"/,
    );
  });

  it.each([
    [[['system', 'x']], /no message to answer/],
    [
      [
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: 'https://a.example/x.png' } }],
        },
      ],
      /by their data only/,
    ],
    [
      [{ role: 'user', content: [{ type: 'audio', mimeType: 'audio/mpeg', data: 'AA' }] }],
      /takes no audio/,
    ],
  ])('refuses %j', (messages, message) => {
    expect(() => sent({}, messages as never)).toThrow(message);
  });
});
