import { z } from 'zod';
import { toChatRequest } from '../../../lib/openai/chat/to-chat-request';
import { compatOf } from '../../../lib/openai/compat';
import type { OpenAICallOptions } from '../../../lib/openai/openai-options';
import { coerceMessages } from '../../../lib/messages/coerce-messages';

const openai = compatOf('https://api.openai.com/v1');
const others = compatOf('http://127.0.0.1/v1');
const rules = { refusedInIds: /$^/g, contradiction: () => new Error() };
const sent = (options: OpenAICallOptions, compat = openai) =>
  toChatRequest(coerceMessages('Hi'), { model: 'gpt-4o', ...options }, compat, {
    provider: 'openai',
    rules,
  });
const add = { name: 'add', schema: { type: 'object', properties: {} } };

describe('toChatRequest', () => {
  it('sends only what was set', () => {
    expect(sent({})).toEqual({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it.each<[OpenAICallOptions, object]>([
    [{ maxTokens: 9 }, { max_completion_tokens: 9 }],
    [
      { temperature: 0, topP: 0.5, seed: 7, stop: ['x'] },
      { temperature: 0, top_p: 0.5, seed: 7, stop: ['x'] },
    ],
    [
      { frequencyPenalty: 1, presencePenalty: 2 },
      { frequency_penalty: 1, presence_penalty: 2 },
    ],
    [{ topLogprobs: 2 }, { logprobs: true, top_logprobs: 2 }],
    [{ reasoning: { effort: 'low' } }, { reasoning_effort: 'low' }],
    [{ reasoning: { budgetTokens: 2000 } }, { reasoning_effort: 'low' }],
    [{ responseFormat: { type: 'json_object' } }, { response_format: { type: 'json_object' } }],
    [
      { verbosity: 'low', serviceTier: 'flex' },
      { verbosity: 'low', service_tier: 'flex' },
    ],
    [
      { modalities: ['text', 'audio'], audio: { voice: 'x' } },
      { modalities: ['text', 'audio'], audio: { voice: 'x' } },
    ],
    [
      { store: false, promptCacheKey: 'k' },
      { store: false, prompt_cache_key: 'k' },
    ],
    [
      { invocationKwargs: { safety_identifier: 'u', temperature: 1 } },
      { safety_identifier: 'u', temperature: 1 },
    ],
  ])('%j is %j', (options, fields) => {
    expect(sent(options)).toMatchObject(fields);
  });

  it.each<[unknown, unknown]>([
    ['auto', 'auto'],
    ['none', 'none'],
    ['any', 'required'],
    ['add', { type: 'function', function: { name: 'add' } }],
    [
      { type: 'custom', custom: { name: 'x' } },
      { type: 'custom', custom: { name: 'x' } },
    ],
  ])('the tool choice %j is %j', (toolChoice, tool_choice) => {
    expect(sent({ tools: [add], toolChoice })).toMatchObject({ tool_choice });
  });

  it('sends tools, and whether several may be called only with them', () => {
    expect(
      sent({ tools: [add, { type: 'custom', custom: { name: 'x' } }], parallelToolCalls: false }),
    ).toMatchObject({
      tools: [
        { type: 'function', function: { name: 'add', parameters: add.schema } },
        { type: 'custom', custom: { name: 'x' } },
      ],
      parallel_tool_calls: false,
    });
    expect(sent({ parallelToolCalls: false })).not.toHaveProperty('parallel_tool_calls');
  });

  it('nests the schema of a format', () => {
    const schema = z.object({ a: z.number() });
    expect(sent({ responseFormat: { type: 'json_schema', schema, name: 'x' } })).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true } },
    });
  });

  describe('to other servers', () => {
    it('uses the words that they know', () => {
      expect(sent({ maxTokens: 9, tools: [{ ...add, strict: false }] }, others)).toMatchObject({
        max_tokens: 9,
        tools: [{ function: expect.not.objectContaining({ strict: false }) }],
      });
      expect(
        sent({ toolChoice: 'any', tools: [add] }, compatOf('https://api.mistral.ai/v1')),
      ).toMatchObject({
        tool_choice: 'any',
      });
      expect(
        sent({ reasoning: { budgetTokens: 9 } }, compatOf('https://openrouter.ai/api/v1')),
      ).toMatchObject({
        reasoning: { max_tokens: 9 },
      });
    });

    it('leaves out stream_options where asked to', () => {
      expect(sent({ streamUsage: false }, others)).not.toHaveProperty('stream_options');
      expect(sent({}, { ...others, streamUsage: false })).not.toHaveProperty('stream_options');
    });
  });

  it("gives OpenAI's reasoning models their system messages as the developer's", () => {
    const messages = coerceMessages([
      ['system', 'x'],
      ['human', 'Hi'],
    ]);
    const body = toChatRequest(messages, { model: 'gpt-5-mini' }, openai, {
      provider: 'openai',
      rules,
    });
    expect(body['messages']).toMatchObject([{ role: 'developer' }, { role: 'user' }]);
  });
});
