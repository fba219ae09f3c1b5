import { type ContentRules, toContents } from '../../../lib/google/request/to-contents';
import { coerceMessages, type MessagesInput } from '../../../lib/messages/coerce-messages';

const rules: ContentRules = {
  provider: 'google',
  needsSignatures: false,
  refusedInIds: /[^\x21-\x7e]/g,
  contradiction: (at, problem) => new Error(`${at}: ${problem}`),
};
const sent = (messages: MessagesInput, own: Partial<ContentRules> = {}) =>
  toContents(coerceMessages(messages), { ...rules, ...own });
const ask = { role: 'user', parts: [{ text: 'Hi' }] };
const call = { id: 'a', name: 'w', args: { city: 'Oslo' }, type: 'tool_call' as const };
const functionCall = { name: 'w', args: { city: 'Oslo' } };
const answerOf = (content: unknown, fields: object = {}) =>
  ({
    role: 'assistant',
    content,
    response_metadata: { model_provider: 'google' },
    ...fields,
  }) as never;

describe('toContents', () => {
  it('puts system messages beside the contents, and neighbours of one role together', () => {
    expect(sent([['system', 'A'], 'Hi', ['system', 'B'], ['human', 'You?'], ['ai', 'Ho']])).toEqual(
      {
        systemInstruction: { parts: [{ text: 'A' }, { text: 'B' }] },
        contents: [
          { role: 'user', parts: [{ text: 'Hi' }, { text: 'You?' }] },
          { role: 'model', parts: [{ text: 'Ho' }] },
        ],
      },
    );
  });

  it('sends calls in one content and their results in the next, by name, with no id of its own', () => {
    const second = { ...call, id: 'b', name: 'v' };
    const { contents } = sent([
      'Hi',
      { role: 'assistant', content: 'I look.', tool_calls: [call, second] },
      { role: 'tool', tool_call_id: 'b', content: 'two' },
      { role: 'tool', tool_call_id: 'a', content: 'one', status: 'error' },
    ]);
    expect(contents).toEqual([
      ask,
      {
        role: 'model',
        parts: [
          { text: 'I look.' },
          { functionCall },
          { functionCall: { ...functionCall, name: 'v' } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { name: 'w', response: { error: 'one' } } },
          { functionResponse: { name: 'v', response: { output: 'two' } } },
        ],
      },
    ]);
  });

  it('answers calls without a result, and marks those of another model', () => {
    const { contents } = sent(
      ['Hi', { role: 'assistant', content: '', tool_calls: [call, { ...call, id: 'b' }] }],
      {
        needsSignatures: true,
      },
    );
    expect(contents[1]).toEqual({
      role: 'model',
      parts: [
        { functionCall, thoughtSignature: 'skip_thought_signature_validator' },
        { functionCall },
      ],
    });
    expect(JSON.stringify(contents[2])).toContain('was not run');
  });

  it('sends back signatures on their parts, and ids of Google', () => {
    const answer = answerOf(
      [
        { type: 'thinking', thinking: 'Hm', signature: 'S0' },
        { type: 'text', text: 'Ho', thoughtSignature: 'S1' },
        { type: 'text', text: '', thoughtSignature: 'S2' },
        {
          type: 'tool_use',
          id: 'a',
          name: 'w',
          input: { city: 'Oslo' },
          functionCallId: 'own',
          thoughtSignature: 'S3',
        },
      ],
      { tool_calls: [call] },
    );
    const { contents } = sent(['Hi', answer, { role: 'tool', tool_call_id: 'a', content: 'one' }], {
      needsSignatures: true,
    });
    expect(contents.slice(1)).toEqual([
      {
        role: 'model',
        parts: [
          { text: 'Hm', thought: true, thoughtSignature: 'S0' },
          { text: 'Ho', thoughtSignature: 'S1' },
          { text: '', thoughtSignature: 'S2' },
          { functionCall: { id: 'own', ...functionCall }, thoughtSignature: 'S3' },
        ],
      },
      {
        role: 'user',
        parts: [{ functionResponse: { id: 'own', name: 'w', response: { output: 'one' } } }],
      },
    ]);
  });

  it('sends code that was executed back as it came, and leaves out what others have thought or run', () => {
    const code = { language: 'PYTHON', code: '1' };
    const own = [
      { type: 'executableCode', executableCode: code, thoughtSignature: 'S' },
      { type: 'text', text: 'One' },
    ];
    const foreign = [
      { type: 'thinking', thinking: 'Hm', signature: 'of another' },
      { type: 'server_tool_use', id: 'x', name: 'web_search', input: {} },
      { type: 'text', text: 'One' },
    ];
    expect(sent(['Hi', answerOf(own)]).contents[1]).toEqual({
      role: 'model',
      parts: [{ executableCode: code, thoughtSignature: 'S' }, { text: 'One' }],
    });
    const answer = answerOf(foreign, { response_metadata: { model_provider: 'anthropic' } });
    expect(sent(['Hi', answer]).contents[1]).toEqual({ role: 'model', parts: [{ text: 'One' }] });
  });

  it('leaves out thoughts that led to nothing', () => {
    expect(sent(['Hi', answerOf([{ type: 'thinking', thinking: 'Hm' }])]).contents).toEqual([ask]);
  });

  it('begins with a question where a trimmed history begins with a call', () => {
    const { contents } = sent([{ role: 'assistant', content: '', tool_calls: [call] }]);
    expect(contents.map(({ role }) => role)).toEqual(['user', 'model', 'user']);
    expect(sent([['ai', 'Ho'], 'Hi']).contents.map(({ role }) => role)).toEqual(['model', 'user']);
  });

  it('sends pictures of questions, answers and results', () => {
    const image = { type: 'image', mimeType: 'image/png', data: 'AAAA' };
    const inlineData = { mimeType: 'image/png', data: 'AAAA' };
    const { contents } = sent([
      { role: 'user', content: [image, { type: 'text', text: 'Hi' }] },
      answerOf([image], { tool_calls: [call] }),
      { role: 'tool', tool_call_id: 'a', content: [image] },
    ]);
    expect(contents).toEqual([
      { role: 'user', parts: [{ inlineData }, { text: 'Hi' }] },
      { role: 'model', parts: [{ inlineData }, { functionCall }] },
      {
        role: 'user',
        parts: [
          { functionResponse: { name: 'w', response: { output: 'The result follows.' } } },
          { inlineData },
        ],
      },
    ]);
  });

  it.each<[MessagesInput, RegExp]>([
    [[['system', 'A']], /no message to answer/],
    [
      [{ role: 'user', content: [{ type: 'search_result', x: 1 }] }],
      /no part of type "search_result"/,
    ],
    [
      [{ role: 'system', content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }] }, 'Hi'],
      /a system message holds text only/,
    ],
  ])('refuses %j', (messages, message) => {
    expect(() => sent(messages)).toThrow(message);
  });
});
