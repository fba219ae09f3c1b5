import { toInputItems } from '../../../lib/openai/responses/to-input-items';
import { coerceMessages, type MessagesInput } from '../../../lib/messages/coerce-messages';

const rules = {
  refusedInIds: /[^\x21-\x7e]/g,
  contradiction: (at: string, problem: string) => new Error(`${at}: ${problem}`),
};
const items = (messages: MessagesInput) =>
  toInputItems(coerceMessages(messages), { provider: 'openai', rules });

const question = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] };
const call = { id: 'a', name: 'w', args: { city: 'Oslo' }, type: 'tool_call' as const };
const reasoning = { id: 'rs', type: 'reasoning', summary: [], encrypted_content: 'gAAA' };
const thinking = { type: 'thinking', thinking: '', item: { ...reasoning, status: 'completed' } };
const response_metadata = { model_provider: 'openai' };

describe('toInputItems', () => {
  it('sends messages, calls and results as items', () => {
    expect(
      items([
        ['system', 'Be terse.'],
        'Hi',
        { role: 'assistant', content: 'Let me see.', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'a', content: 'rain' },
      ]),
    ).toEqual([
      { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'Be terse.' }] },
      question,
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'Let me see.', annotations: [] }],
      },
      { type: 'function_call', call_id: 'a', name: 'w', arguments: '{"city":"Oslo"}' },
      { type: 'function_call_output', call_id: 'a', output: 'rain' },
    ]);
  });

  it('sends reasoning back as it came, directly before its call', () => {
    const answer = {
      role: 'assistant',
      content: [thinking, { ...call }],
      tool_calls: [call],
      response_metadata,
    };
    const sent = items(['Hi', answer, { role: 'tool', tool_call_id: 'a', content: 'x' }]);
    expect(sent.map(({ type }) => type)).toEqual([
      'message',
      'reasoning',
      'function_call',
      'function_call_output',
    ]);
    expect(sent[1]).toEqual(reasoning);
  });

  it('leaves out reasoning that nothing follows, and the thinking of others', () => {
    const cut = { role: 'assistant', content: [thinking], response_metadata };
    const others = {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 'S' },
        { type: 'text', text: 'Yes.' },
      ],
    };
    expect(items(['Hi', cut, 'Hi'])).toEqual([question, question]);
    expect(items(['Hi', others, 'Hi']).map(({ type }) => type)).toEqual([
      'message',
      'message',
      'message',
    ]);
  });

  it('answers a call without a result as not run', () => {
    const sent = items(['Hi', { role: 'assistant', content: '', tool_calls: [call] }, 'Hi']);
    expect(sent[2]).toMatchObject({ call_id: 'a', output: expect.stringContaining('not run') });
  });

  it('sends back the items of built-in tools, and refusals', () => {
    const search = { type: 'web_search_call', id: 'ws', status: 'completed' };
    const answer = {
      role: 'assistant',
      content: [search, { type: 'refusal', refusal: 'No.' }],
      response_metadata,
    };
    expect(items(['Hi', answer, 'Why?']).slice(1, 3)).toEqual([
      search,
      { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
    ]);
  });

  it('sends pictures and files', () => {
    const [message] = items([
      {
        role: 'user',
        content: [
          { type: 'image', mimeType: 'image/png', data: 'AAAA' },
          { type: 'image_url', image_url: { url: 'https://a.example/x.png', detail: 'low' } },
          { type: 'file', mimeType: 'application/pdf', data: 'AAAA' },
        ],
      },
    ]);
    expect(message?.['content']).toEqual([
      { type: 'input_image', detail: 'auto', image_url: 'data:image/png;base64,AAAA' },
      { type: 'input_image', detail: 'low', image_url: 'https://a.example/x.png' },
      { type: 'input_file', filename: 'file.pdf', file_data: 'data:application/pdf;base64,AAAA' },
    ]);
  });

  it.each([
    [[['system', 'x']], /no message to answer/],
    [
      [{ role: 'user', content: [{ type: 'audio', mimeType: 'audio/mpeg', data: 'AA' }] }],
      /takes no audio/,
    ],
    [[{ role: 'user', content: [{ type: 'hologram' }] }], /hologram/],
  ])('refuses %j', (messages, message) => {
    expect(() => items(messages as never)).toThrow(message);
  });
});
