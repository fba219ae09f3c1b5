import { AIMessage, type MessagesInput, ToolMessage } from 'rxlm';
import { coerceMessages } from 'rxlm/provider';
import { z } from 'zod';
import type { AnthropicCallOptions } from '../../../lib/anthropic/anthropic-options';
import { toRequest } from '../../../lib/anthropic/request/to-request';

const requestOf = (messages: MessagesInput, options: AnthropicCallOptions = {}) =>
  toRequest(coerceMessages(messages), { model: 'm', ...options });
const bodyOf = (messages: MessagesInput, options?: AnthropicCallOptions) =>
  requestOf(messages, options).body;

describe('toRequest', () => {
  it('asks for a stream, and for 4096 tokens where nothing else is said', () => {
    expect(bodyOf('Hi')).toEqual({
      model: 'm',
      max_tokens: 4096,
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    });
  });

  it('sends leading system messages as system, and later ones where they were said', () => {
    expect(
      bodyOf([
        ['system', 'Be terse.'],
        ['human', 'Hi'],
        ['system', 'In French now.'],
      ]),
    ).toMatchObject({
      system: 'Be terse.',
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'system', content: 'In French now.' },
      ],
    });
    const cached = { type: 'text', text: 'b', cache_control: { type: 'ephemeral' } };
    expect(
      bodyOf([['system', 'a'], { role: 'system', content: [cached] }, ['human', 'Hi']]),
    ).toMatchObject({ system: [{ type: 'text', text: 'a' }, cached] });
  });

  it('sends every option under its name on the wire', () => {
    const { body, headers } = requestOf('Hi', {
      maxTokens: 0,
      temperature: 0,
      topP: 0.5,
      topK: 3,
      stop: ['END'],
      thinking: { type: 'disabled' },
      cacheControl: { type: 'ephemeral' },
      betas: ['a-beta', 'b-beta'],
      headers: { 'x-of-mine': '1' },
      invocationKwargs: { service_tier: 'auto', max_tokens: 7 },
    });
    expect(body).toEqual({
      model: 'm',
      max_tokens: 7,
      temperature: 0,
      top_p: 0.5,
      top_k: 3,
      stop_sequences: ['END'],
      thinking: { type: 'disabled' },
      cache_control: { type: 'ephemeral' },
      service_tier: 'auto',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    });
    expect(headers).toEqual({ 'anthropic-beta': 'a-beta,b-beta', 'x-of-mine': '1' });
  });

  it('sends the JSON Schema side of a Standard Schema as format of the output', () => {
    const schema = z.object({ title: z.string() });
    expect(
      bodyOf('Hi', { outputConfig: { effort: 'low', format: { type: 'json_schema', schema } } }),
    ).toMatchObject({
      output_config: {
        effort: 'low',
        format: {
          type: 'json_schema',
          schema: {
            type: 'object',
            properties: { title: { type: 'string' } },
            required: ['title'],
          },
        },
      },
    });
  });

  it('sends results of parallel calls in one turn, failures marked', () => {
    expect(
      bodyOf([
        ['human', 'Add.'],
        new AIMessage({
          content: '',
          tool_calls: [
            { type: 'tool_call', id: 'a', name: 'add', args: { x: 1 } },
            { type: 'tool_call', id: 'b', name: 'now', args: {} },
          ],
        }),
        new ToolMessage({ tool_call_id: 'a', content: '3' }),
        new ToolMessage({ tool_call_id: 'b', content: 'no clock', status: 'error' }),
      ]).messages,
    ).toEqual([
      { role: 'user', content: 'Add.' },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'add', input: { x: 1 } },
          { type: 'tool_use', id: 'b', name: 'now', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: '3' },
          { type: 'tool_result', tool_use_id: 'b', content: 'no clock', is_error: true },
        ],
      },
    ]);
  });

  it('[17] sends blocks back as they came, also those that are new to rxlm', () => {
    const hostile = JSON.parse(
      '{"type":"hologram","__proto__":{"polluted":true},"index":7}',
    ) as object;
    const blocks = [
      { type: 'thinking', thinking: 'hm', signature: 'a+/=', index: 0 },
      { type: 'redacted_thinking', data: 'ENC' },
      hostile,
      { type: 'tool_use', id: 't', name: 'add', input: { x: [1] }, caller: { type: 'direct' } },
    ];
    const answer = {
      role: 'ai',
      content: blocks,
      response_metadata: { model_provider: 'anthropic' },
    };
    const [, turn] = bodyOf([['human', 'Hi'], answer]).messages as [unknown, { content: object[] }];
    expect(JSON.stringify(turn.content)).toBe(
      '[{"type":"thinking","thinking":"hm","signature":"a+/="},{"type":"redacted_thinking","data":"ENC"},' +
        '{"type":"hologram","__proto__":{"polluted":true},"index":7},' +
        '{"type":"tool_use","id":"t","name":"add","input":{"x":[1]},"caller":{"type":"direct"}}]',
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('sends the input of a call that was cut off as the object that the API insists on', () => {
    const message = {
      role: 'ai',
      content: [{ type: 'tool_use', id: 't', name: 'add', input: '{"x":' }],
    };
    expect(bodyOf([['human', 'Hi'], message]).messages).toMatchObject([
      { role: 'user' },
      { content: [{ input: { INVALID_JSON: '{"x":' } }] },
      { content: [{ type: 'tool_result', tool_use_id: 't', is_error: true }] },
    ]);
  });

  it('leaves out a turn without content', () => {
    expect(
      bodyOf([
        ['human', 'Hi'],
        ['ai', ''],
        ['human', 'Still there?'],
      ]).messages,
    ).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'user', content: 'Still there?' },
    ]);
  });
});
