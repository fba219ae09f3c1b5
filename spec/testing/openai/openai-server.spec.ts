import { startOpenAIServer } from '../../../lib/testing/openai/openai-server.js';

const ask = async (
  body: unknown,
  { path = '/v1/chat/completions', strict = true, key = 'k' } = {},
) => {
  const server = await startOpenAIServer({ strict, answers: ['data: [DONE]\n\n'] });
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: key === '' ? {} : { authorization: `Bearer ${key}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  await server.close();
  return { status: response.status, text, said: server.unplanned };
};

const user = { role: 'user', content: 'Hi' };
const chat = (more: object) => ({ model: 'm', messages: [user], ...more });
const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } };
const asks = { role: 'assistant', tool_calls: [call] };
const result = { role: 'tool', tool_call_id: 'a', content: '1' };
const f = (own: object) => ({ type: 'function', function: { name: 'f', ...own } });
const loose = { type: 'object', properties: { a: { type: 'string' } } };

describe('startOpenAIServer', () => {
  it('leaves it to the client whether a planned error is asked for again', async () => {
    const server = await startOpenAIServer({ answers: [{ status: 500, body: {} }] });
    const body = JSON.stringify(chat({}));
    const planned = await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body });
    const wrong = await fetch(`${server.url}/v1/chat/completions`, { method: 'POST', body: '{' });
    await server.close();
    expect([planned.status, planned.headers.get('x-should-retry')]).toEqual([500, null]);
    expect([wrong.status, wrong.headers.get('x-should-retry')]).toEqual([400, 'false']);
  });

  it.each<[string, object]>([
    ['a model', { model: undefined }],
    ['Missing required parameter', { messages: undefined }],
    ['empty array', { messages: [] }],
    ["Invalid value: 'robot'", { messages: [{ role: 'robot', content: '' }] }],
    ['expected a string, got null', { messages: [{ role: 'user', content: null }] }],
    ["Invalid value: 'image'", { messages: [{ role: 'user', content: [{ type: 'image' }] }] }],
    ['image_url.url', { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }],
    ["must be a response to a preceeding message with 'tool_calls'", { messages: [user, result] }],
    ['did not have response messages: a', { messages: [user, asks] }],
    ['did not have response messages: a', { messages: [user, asks, user] }],
    ["tool_calls': empty array", { messages: [user, { role: 'assistant', tool_calls: [] }] }],
    [
      "function.arguments': expected a string, but got an object",
      {
        messages: [
          { role: 'assistant', tool_calls: [{ ...call, function: { name: 'f', arguments: {} } }] },
          result,
        ],
      },
    ],
    ['string too long', { messages: [{ ...asks, tool_calls: [{ ...call, id: 'a'.repeat(41) }] }] }],
    ['does not match pattern', { tools: [{ type: 'function', function: { name: 'a b' } }] }],
    ['must be unique', { tools: [f({}), f({})] }],
    ["Invalid value: 'search'", { tools: [{ type: 'search' }] }],
    ["'tool_choice' is only allowed", { tool_choice: 'auto' }],
    ["'parallel_tool_calls' is only allowed", { parallel_tool_calls: true }],
    ["'additionalProperties' is required", { tools: [f({ strict: true, parameters: loose })] }],
    [
      "Missing 'a'",
      {
        response_format: {
          type: 'json_schema',
          json_schema: {
            name: 'x',
            strict: true,
            schema: { type: 'array', items: { ...loose, additionalProperties: false } },
          },
        },
      },
    ],
    ['array too long', { stop: ['a', 'b', 'c', 'd', 'e'] }],
    ["only allowed when 'stream'", { stream_options: { include_usage: true } }],
    ["Use 'max_completion_tokens'", { model: 'o3', max_tokens: 5 }],
  ])('refuses with %s', async (message, more) => {
    const { status, text } = await ask(chat(more));
    expect([status, JSON.parse(text)]).toMatchObject([
      400,
      { error: { type: 'invalid_request_error', message: expect.stringContaining(message) } },
    ]);
  });

  const item = (type: string, own: object) => ({ type, ...own });
  const called = item('function_call', { call_id: 'a', name: 'f', arguments: '{}' });
  const output = item('function_call_output', { call_id: 'a', output: '1' });
  const thought = item('reasoning', { id: 'rs_1', summary: [] });

  it.each<[string, object]>([
    ["Unknown parameter: 'stop'", { stop: ['a'] }],
    ["Missing required parameter: 'input'", { input: undefined }],
    ["Invalid value: 'text'", { input: [{ role: 'user', content: [{ type: 'text' }] }] }],
    [
      "Invalid value: 'input_text'",
      { input: [{ role: 'assistant', content: [{ type: 'input_text' }] }] },
    ],
    ["Invalid value: 'thinking'", { input: [item('thinking', {})] }],
    ['No tool call found for function call output with call_id a', { input: [output] }],
    ['No tool output found for function call a', { input: [called] }],
    ['expected a string, but got an object', { input: [{ ...called, arguments: {} }, output] }],
    ['without its required following item', { input: [thought, user] }],
    ['without its required following item', { input: [thought] }],
    [
      "'additionalProperties' is required",
      { tools: [{ type: 'function', name: 'f', parameters: loose }] },
    ],
  ])('refuses a response with %s', async (message, more) => {
    const { status, text } = await ask(
      { model: 'm', input: [user], ...more },
      { path: '/responses' },
    );
    expect([status, text]).toEqual([400, expect.stringContaining(message)]);
  });

  it.each([
    [chat({ messages: [user, asks, result, user], tools: [f({ parameters: loose })] }), undefined],
    [{ model: 'm', input: [user, thought, called, output] }, '/v1/responses'],
    [{ model: 'm', input: [output], previous_response_id: 'r' }, '/v1/responses'],
  ])('answers what the service takes', async (body, path) => {
    expect(await ask(body, { path: path ?? '/v1/chat/completions' })).toMatchObject({
      status: 200,
      text: 'data: [DONE]\n\n',
    });
  });

  it('wants a key, a known path and JSON; anything else only where it is strict', async () => {
    expect((await ask(chat({}), { key: '' })).status).toBe(401);
    expect((await ask(chat({}), { path: '/v1/models' })).status).toBe(404);
    expect((await ask('{')).status).toBe(400);
    expect((await ask(chat({ messages: [result] }), { strict: false, key: '' })).status).toBe(200);
  });

  it('gives a status and a body, and says what was not planned', async () => {
    const refused = { status: 429, body: { error: { message: 'slow' } } };
    const server = await startOpenAIServer({ answers: [refused] });
    const post = () => fetch(`${server.url}/responses`, { method: 'POST', body: '{}' });
    expect((await post()).status).toBe(429);
    expect((await post()).status).toBe(500);
    await server.close();
    expect(server.unplanned).toEqual(['there is no answer for request 2']);
    await expect(startOpenAIServer({ answers: 1 as never })).rejects.toThrow(TypeError);
  });
});
