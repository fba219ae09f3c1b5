import { toPrompt } from '../../../lib/ai-sdk/request/to-prompt';
import type { Version } from '../../../lib/ai-sdk/request/to-file-part';
import { coerceMessages, type MessagesInput } from '../../../lib/messages/coerce-messages';

const rules = {
  refusedInIds: /[^\x21-\x7e]/g,
  contradiction: (at: string, problem: string) => new Error(`${at}: ${problem}`),
};
const sent = (messages: MessagesInput, version: Version = 'v3') =>
  toPrompt(coerceMessages(messages), { version, provider: 'acme', rules });
const ask = { role: 'user', content: [{ type: 'text', text: 'Hi' }] };
const call = { id: 'a', name: 'w', args: { city: 'Oslo' }, type: 'tool_call' as const };
const answerOf = (content: unknown, fields: object = {}) =>
  ({
    role: 'assistant',
    content,
    response_metadata: { model_provider: 'acme' },
    ...fields,
  }) as never;

describe('toPrompt', () => {
  it('sends texts, calls and their results, in one tool message behind their turn', () => {
    const second = { ...call, id: 'b' };
    expect(
      sent([
        ['system', 'Be terse.'],
        'Hi',
        { role: 'assistant', content: 'I look.', tool_calls: [call, second] },
        { role: 'tool', tool_call_id: 'b', content: 'two', status: 'error' },
        { role: 'tool', tool_call_id: 'a', content: 'one' },
      ]),
    ).toEqual([
      { role: 'system', content: 'Be terse.' },
      ask,
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool-call', toolCallId: 'a', toolName: 'w', input: { city: 'Oslo' } },
          { type: 'tool-call', toolCallId: 'b', toolName: 'w', input: { city: 'Oslo' } },
        ],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 'a',
            toolName: 'w',
            output: { type: 'text', value: 'one' },
          },
          {
            type: 'tool-result',
            toolCallId: 'b',
            toolName: 'w',
            output: { type: 'error-text', value: 'two' },
          },
        ],
      },
    ]);
  });

  it('sends back what the provider attached to its own blocks', () => {
    const providerMetadata = { acme: { signature: 'S' } };
    const providerOptions = providerMetadata;
    const [, answer] = sent([
      'Hi',
      answerOf(
        [
          { type: 'thinking', thinking: 'Hm', signature: 'S', providerMetadata },
          { type: 'text', text: 'Ho', providerMetadata },
          { type: 'ai_sdk_tool_use', id: 's', name: 'search', input: { q: 1 }, providerMetadata },
          {
            type: 'ai_sdk_tool_result',
            tool_use_id: 's',
            name: 'search',
            content: [1],
            is_error: true,
          },
          { type: 'ai_sdk_tool_use', id: 'cut', name: 'search', input: {} },
          { type: 'redacted_thinking', data: 'D' },
          { type: 'custom', kind: 'acme.x', providerMetadata },
          {
            type: 'tool_use',
            id: 'a',
            name: 'sql',
            input: { input: 'x' },
            is_custom: true,
            providerMetadata,
          },
        ],
        { tool_calls: [{ ...call, name: 'sql', args: { input: 'x' } }] },
      ),
    ]);
    expect(answer).toEqual({
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Hm', providerOptions },
        { type: 'text', text: 'Ho', providerOptions },
        {
          type: 'tool-call',
          toolCallId: 's',
          toolName: 'search',
          input: { q: 1 },
          providerExecuted: true,
          providerOptions,
        },
        {
          type: 'tool-result',
          toolCallId: 's',
          toolName: 'search',
          output: { type: 'error-json', value: [1] },
        },
        { type: 'reasoning', text: '', providerOptions: { acme: { redactedData: 'D' } } },
        { type: 'custom', kind: 'acme.x', providerOptions },
        { type: 'tool-call', toolCallId: 'a', toolName: 'sql', input: 'x', providerOptions },
      ],
    });
  });

  it('leaves out what another provider has thought or run, and thoughts that led to nothing', () => {
    const foreign = { response_metadata: { model_provider: 'other' } };
    const blocks = [
      { type: 'thinking', thinking: 'Hm', signature: 'S' },
      { type: 'server_tool_use', id: 's', name: 'x', input: {} },
      { type: 'text', text: 'Ho' },
    ];
    expect(sent(['Hi', answerOf(blocks, foreign)])[1]).toEqual({
      role: 'assistant',
      content: [{ type: 'text', text: 'Ho' }],
    });
    expect(sent(['Hi', answerOf([{ type: 'thinking', thinking: 'Hm' }])])).toEqual([ask]);
  });

  it('sends media of questions and of results', () => {
    const image = { type: 'image', mimeType: 'image/png', data: 'AAAA' };
    const prompt = sent([
      { role: 'user', content: [image, { type: 'text', text: 'Hi' }] },
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'x' }, image] },
    ]);
    expect(prompt[0]).toMatchObject({ content: [{ type: 'file', data: 'AAAA' }, { text: 'Hi' }] });
    expect(prompt[2]).toMatchObject({
      content: [{ output: { type: 'content', value: [{ text: 'x' }, { type: 'image-data' }] } }],
    });
  });

  it.each<[MessagesInput, RegExp]>([
    [[['system', 'x']], /no message to answer/],
    [[{ role: 'user', content: [{ type: 'search_result' }] }], /no part of type "search_result"/],
    [
      [{ role: 'system', content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }] }, 'Hi'],
      /holds text only/,
    ],
  ])('refuses %j', (messages, message) => {
    expect(() => sent(messages)).toThrow(message);
  });
});
