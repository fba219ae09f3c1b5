import type { ChatModel } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatOpenAI } from 'rxlm/openai';
import { fetchLlama, type LlamaServer, type Saying, startLlama } from '../support/llama-server';

jest.setTimeout(60_000);

type Make = (url: string, maxTokens?: number) => ChatModel;
const models: readonly (readonly [string, Make])[] = [
  [
    'Chat Completions',
    (url, maxTokens = 200) => new ChatOpenAI({ model: 'm', baseURL: `${url}/v1`, maxTokens }),
  ],
  [
    'Responses',
    (url, maxTokens = 200) =>
      new ChatOpenAI({ model: 'm', baseURL: `${url}/v1`, maxTokens, api: 'responses' }),
  ],
  [
    'Messages',
    (url, maxTokens = 200) =>
      new ChatAnthropic({ model: 'm', apiKey: 'any', baseURL: url, maxTokens }),
  ],
];
const TEXT = 'Goldfish swim on the moon, café 🐟.';
const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const;

beforeAll(() => {
  fetchLlama();
}, 300_000);

function withServer(saying: Saying): () => string {
  let server: LlamaServer | undefined;
  beforeAll(async () => (server = await startLlama(saying)));
  afterAll(() => server?.close());
  return () => server?.url ?? '';
}

describe('a text of llama.cpp’s own server', () => {
  const url = withServer('text');

  it.each(models)('%s: the text, its usage and its end', async (_, make) => {
    const message = await make(url()).invoke('Hi');
    expect(message.text).toBe(TEXT);
    expect(message.finish_reason).toBe('stop');
    expect(message.usage_metadata?.output_tokens).toBeGreaterThan(10);
    expect(message.usage_metadata?.input_tokens).toBeGreaterThan(0);
  });

  it.each(models)('%s: the end where tokens run out', async (name, make) => {
    const message = await make(url(), 3).invoke('Hi');
    expect(message.finish_reason).toBe(name === 'Responses' ? 'stop' : 'length');
    expect(TEXT.startsWith(message.text)).toBe(true);
    expect(message.text).not.toBe(TEXT);
  });

  it('its Responses never say that tokens ran out', async () => {
    const response = await fetch(`${url()}/v1/responses`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', input: 'Hi', max_output_tokens: 3, stream: true }),
    });
    const body = await response.text();
    expect(body).toContain('response.completed');
    expect(body).not.toContain('incomplete');
  });

  it.each(models)('%s: an answer as history, and what comes after it', async (_, make) => {
    const model = make(url());
    const answer = await model.invoke('Hi');
    const after = await model.invoke([['human', 'Hi'], answer, ['human', 'Go on']]);
    expect(after.text).toBe(TEXT);
  });

  it.each(models)('%s: a prompt that is too long is an error of its status', async (_, make) => {
    const tooLong = make(url()).invoke('word '.repeat(20_000));
    await expect(tooLong).rejects.toMatchObject({ status: 400, retryable: false });
  });
});

describe('a call of llama.cpp’s own server', () => {
  const url = withServer('tool');

  it.each(models)('%s: the call, and its result sent back', async (_, make) => {
    const model = make(url()).bind({ tools: [weather] });
    const message = await model.invoke('Hi');
    expect(message.tool_calls).toMatchObject([{ name: 'get_weather', args: { city: 'Paris' } }]);
    expect(message.finish_reason).toBe('tool_call');
    const result = { role: 'tool', content: 'sunny', tool_call_id: message.tool_calls[0]!.id! };
    const after = await model.invoke([['human', 'Hi'], message, result]);
    expect(after.tool_calls).toHaveLength(1);
  });
});

describe('a thought of llama.cpp’s own server', () => {
  const url = withServer('think');

  it.each(models)('%s: the thought apart from the text', async (_, make) => {
    const message = await make(url()).invoke('Hi');
    expect(message.text.trim()).toBe('Goldfish.');
    expect(JSON.stringify(message.content)).toContain('Let me see.');
  });
});
