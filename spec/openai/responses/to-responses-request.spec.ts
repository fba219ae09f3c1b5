import { compatOf } from '../../../lib/openai/compat';
import type { OpenAICallOptions } from '../../../lib/openai/openai-options';
import { toResponsesRequest } from '../../../lib/openai/responses/to-responses-request';
import { coerceMessages } from '../../../lib/messages/coerce-messages';

const rules = { refusedInIds: /$^/g, contradiction: () => new Error() };
const sent = (options: OpenAICallOptions) =>
  toResponsesRequest(
    coerceMessages('Hi'),
    { model: 'gpt-5', ...options },
    compatOf('https://api.openai.com/v1'),
    { provider: 'openai', rules },
  );
const add = { name: 'add', schema: { type: 'object', properties: {} } };

describe('toResponsesRequest', () => {
  it('sends only what was set', () => {
    expect(sent({})).toEqual({
      model: 'gpt-5',
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
      stream: true,
    });
  });

  it.each<[OpenAICallOptions, object]>([
    [{ maxTokens: 9 }, { max_output_tokens: 9 }],
    [
      { reasoning: { effort: 'low', summary: 'auto' } },
      { reasoning: { effort: 'low', summary: 'auto' } },
    ],
    [
      { responseFormat: { type: 'json_object' }, verbosity: 'low' },
      { text: { format: { type: 'json_object' }, verbosity: 'low' } },
    ],
    [{ store: false }, { store: false, include: ['reasoning.encrypted_content'] }],
    [
      { logprobs: true, topLogprobs: 2 },
      { include: ['message.output_text.logprobs'], top_logprobs: 2 },
    ],
    [{ previousResponseId: 'r' }, { previous_response_id: 'r' }],
    [
      { tools: [add], toolChoice: 'any' },
      { tools: [{ type: 'function', name: 'add', strict: false }], tool_choice: 'required' },
    ],
    [
      { tools: [{ type: 'web_search' }], toolChoice: 'add' },
      { tools: [{ type: 'web_search' }], tool_choice: { type: 'function', name: 'add' } },
    ],
    [{ invocationKwargs: { truncation: 'auto' } }, { truncation: 'auto' }],
  ])('%j is %j', (options, fields) => {
    expect(sent(options)).toMatchObject(fields);
  });

  it.each<[keyof OpenAICallOptions, unknown]>([
    ['stop', ['x']],
    ['seed', 7],
    ['frequencyPenalty', 1],
  ])('refuses %s, which the API has no field for', (name, value) => {
    expect(() => sent({ [name]: value })).toThrow(
      new RegExp(`^${name} is no option of the Responses API`),
    );
  });
});
