import { compatOf } from '../../../lib/openai/compat';
import { toChatMessages } from '../../../lib/openai/chat/to-chat-messages';
import { coerceMessages, type MessagesInput } from '../../../lib/messages/coerce-messages';

const rules = {
  refusedInIds: /[^\x21-\x7e]/g,
  contradiction: (at: string, problem: string) => new Error(`${at}: ${problem}`),
};
const openai = compatOf('https://api.openai.com/v1');
const others = compatOf('http://127.0.0.1/v1');
const sent = (messages: MessagesInput, compat = openai) =>
  toChatMessages(coerceMessages(messages), compat, { provider: 'openai', rules });

const call = { id: 'a', name: 'w', args: { city: 'Oslo' }, type: 'tool_call' as const };
const sentCall = {
  id: 'a',
  type: 'function',
  function: { name: 'w', arguments: '{"city":"Oslo"}' },
};
const question = { role: 'user', content: 'Hi' };

describe('toChatMessages', () => {
  it('sends texts as strings, and system messages by the role of the dialect', () => {
    expect(
      sent([
        ['system', 'Be terse.'],
        ['human', 'Hi'],
      ]),
    ).toEqual([{ role: 'system', content: 'Be terse.' }, question]);
    expect(sent([['system', 'x'], 'Hi'], { ...openai, systemRole: 'developer' })[0]).toMatchObject({
      role: 'developer',
    });
  });

  it('sends calls with their arguments as text, and results behind them in their order', () => {
    const second = { ...call, id: 'b' };
    const messages = sent([
      'Hi',
      { role: 'assistant', content: '', tool_calls: [call, second] },
      { role: 'tool', tool_call_id: 'b', content: 'two' },
      { role: 'tool', tool_call_id: 'a', content: 'one' },
    ]);
    expect(messages).toEqual([
      question,
      { role: 'assistant', tool_calls: [sentCall, { ...sentCall, id: 'b' }] },
      { role: 'tool', tool_call_id: 'a', content: 'one' },
      { role: 'tool', tool_call_id: 'b', content: 'two' },
    ]);
  });

  it('answers a call without a result as not run, and drops a result without its call', () => {
    const messages = sent([
      'Hi',
      { role: 'assistant', content: 'Let me see.', tool_calls: [call] },
      'Never mind.',
      { role: 'tool', tool_call_id: 'gone', content: 'x' },
    ]);
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'user']);
    expect(messages[2]).toMatchObject({
      tool_call_id: 'a',
      content: expect.stringContaining('not run'),
    });
  });

  it('says in the text of a result that it is an error', () => {
    const messages = sent([
      'Hi',
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: 'no such city', status: 'error' },
    ]);
    expect(messages[2]).toMatchObject({ content: 'Error: no such city' });
  });

  describe("takes an answer of Anthropic's", () => {
    const answer = {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 'S' },
        { type: 'text', text: 'Let me see.', citations: [{ type: 'x' }] },
        { type: 'tool_use', id: 'toolu_1', name: 'w', input: { city: 'Oslo' } },
      ],
    };
    it('without its thinking', () => {
      const result = { role: 'tool', tool_call_id: 'toolu_1', content: 'rain' };
      expect(sent(['Hi', answer, result], others)).toEqual([
        question,
        { role: 'assistant', content: 'Let me see.', tool_calls: [{ ...sentCall, id: 'toolu_1' }] },
        { role: 'tool', tool_call_id: 'toolu_1', content: 'rain' },
      ]);
    });
  });

  it.each(['reasoning', 'reasoning_content', 'reasoning_details'])(
    'sends reasoning back in %s, where the server takes it',
    (field) => {
      const answer = { role: 'assistant', content: 'Hi', additional_kwargs: { [field]: 'Hm' } };
      expect(sent(['Hi', answer, 'Why?'], others)[1]).toEqual({
        role: 'assistant',
        content: 'Hi',
        [field]: 'Hm',
      });
      expect(sent(['Hi', answer, 'Why?'], openai)[1]).toEqual({ role: 'assistant', content: 'Hi' });
    },
  );

  it('sends back what a server has put beside a call', () => {
    const extra_content = { google: { thought_signature: 's' } };
    const messages = sent([
      'Hi',
      {
        role: 'assistant',
        content: '',
        tool_calls: [call],
        additional_kwargs: { tool_call_extras: { a: extra_content } },
      },
      { role: 'tool', tool_call_id: 'a', content: 'x' },
    ]);
    expect(messages[1]).toMatchObject({ tool_calls: [{ ...sentCall, extra_content }] });
  });

  it('sends pictures, sounds and files as parts', () => {
    const [message] = sent([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See' },
          { type: 'image', mimeType: 'image/png', data: 'AAAA' },
          { type: 'image_url', image_url: { url: 'https://a.example/x.png', detail: 'low' } },
          { type: 'audio', mimeType: 'audio/mpeg', data: 'AAAA' },
          { type: 'file', mimeType: 'application/pdf', data: 'AAAA' },
          { type: 'file', mimeType: 'text/plain', data: 'aGk=' },
        ],
      },
    ]);
    expect(message?.['content']).toEqual([
      { type: 'text', text: 'See' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      { type: 'image_url', image_url: { url: 'https://a.example/x.png', detail: 'low' } },
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
      {
        type: 'file',
        file: { filename: 'file.pdf', file_data: 'data:application/pdf;base64,AAAA' },
      },
      { type: 'text', text: expect.any(String) },
    ]);
  });

  it('sends the pictures of a result in a message behind it', () => {
    const messages = sent([
      'Hi',
      { role: 'assistant', content: '', tool_calls: [call] },
      {
        role: 'tool',
        tool_call_id: 'a',
        content: [{ type: 'image', mimeType: 'image/png', data: 'AAAA' }],
      },
    ]);
    expect(messages[2]).toMatchObject({ role: 'tool', content: 'The result follows.' });
    expect(messages[3]).toMatchObject({ role: 'user', content: [{ type: 'image_url' }] });
  });

  it('leaves out empty texts and answers without anything', () => {
    expect(sent(['Hi', { role: 'assistant', content: '' }, ['human', '']])).toEqual([question]);
  });

  it.each([
    [[['system', 'x']], /no message to answer/],
    [[{ role: 'user', content: [{ type: 'hologram' }] }], /messages\[0\]\.content\[0\].*hologram/],
    [
      [{ role: 'user', content: [{ type: 'audio', mimeType: 'audio/ogg', data: 'AA' }] }],
      /WAV or MP3/,
    ],
  ])('refuses %j', (messages, message) => {
    expect(() => sent(messages as never)).toThrow(message);
  });
});
