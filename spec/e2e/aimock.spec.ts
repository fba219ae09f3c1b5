import { LLMock } from '@copilotkit/aimock';
import type { ChatModel } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatGoogle } from 'rxlm/google';
import { ChatOllama } from 'rxlm/ollama';
import { ChatOpenAI } from 'rxlm/openai';

// A server that nobody here wrote, with all wires: https://aimock.copilotkit.dev
const TEXT = 'Goldfish swim on the moon, café 🐟.';
const usage = { prompt_tokens: 3, completion_tokens: 5, input_tokens: 3, output_tokens: 5 };
const options = { model: 'm', apiKey: 'any', maxTokens: 200, maxRetries: 0 };
const wires: readonly (readonly [string, (url: string) => ChatModel])[] = [
  ['Chat Completions', (url) => new ChatOpenAI({ ...options, baseURL: `${url}/v1` })],
  ['Responses', (url) => new ChatOpenAI({ ...options, baseURL: `${url}/v1`, api: 'responses' })],
  ['Messages', (url) => new ChatAnthropic({ ...options, baseURL: url })],
  ['Gemini', (url) => new ChatGoogle({ ...options, baseURL: `${url}/v1beta` })],
  ['Ollama', (url) => new ChatOllama({ ...options, baseURL: url })],
];
const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const;

describe.each(wires)('aimock’s %s', (name, connect) => {
  const mock = new LLMock({ port: 0, chunkSize: 7 });
  const model = () => connect(mock.url);

  beforeAll(() => mock.start());
  afterAll(() => mock.stop());
  beforeEach(() => {
    mock.reset();
    mock.onMessage('a song', { content: TEXT, usage });
    mock.onMessage('a thought', { content: TEXT, reasoning: 'Let me see.' });
  });

  it('a text in pieces, its usage and its end', async () => {
    const message = await model().invoke('Write a song');
    expect(message.text).toBe(TEXT);
    expect(message.finish_reason).toBe('stop');
    // Its Ollama reports zeros, whatever the fixture says.
    expect(message.usage_metadata).toMatchObject(
      name === 'Ollama' ? { total_tokens: 0 } : { input_tokens: 3, output_tokens: 5 },
    );
  });

  it('a thought apart from the text', async () => {
    const message = await model().invoke('Write a thought');
    expect(message.text).toBe(TEXT);
    // Its Ollama sends `reasoning_content`, which Ollama itself never does.
    if (name === 'Ollama') expect(message.content).toBe(TEXT);
    else
      expect(message.content).toContainEqual(
        expect.objectContaining({ type: 'thinking', thinking: 'Let me see.' }),
      );
  });

  it('two calls, and their results sent back', async () => {
    mock.on(
      { predicate: ({ messages }) => messages.every(({ role }) => role !== 'tool') },
      {
        toolCalls: [
          { name: 'get_weather', arguments: '{"city":"Paris"}' },
          { name: 'get_weather', arguments: '{"city":"Rome"}' },
        ],
      },
    );
    mock.on(
      { predicate: ({ messages }) => messages.some(({ role }) => role === 'tool') },
      { content: 'Warm.' },
    );
    const asked = model().bind({ tools: [weather] });
    const message = await asked.invoke('Compare the cities');
    expect(message.tool_calls).toMatchObject([
      { name: 'get_weather', args: { city: 'Paris' } },
      { name: 'get_weather', args: { city: 'Rome' } },
    ]);
    expect(message.finish_reason).toBe('tool_call');
    const results = message.tool_calls.map(({ id, name }) => ({
      role: 'tool' as const,
      content: 'sunny',
      tool_call_id: id!,
      name,
    }));
    const after = await asked.invoke([['human', 'Compare the cities'], message, ...results]);
    expect(after.text).toBe('Warm.');
  });

  it.each([
    [429, true],
    [401, false],
    [503, true],
  ])('a refusal with %i', async (status, retryable) => {
    mock.nextRequestError(status, { message: 'No goldfish today', type: 'some_error' });
    await expect(model().invoke('Write a song')).rejects.toMatchObject({
      status,
      retryable,
      message: expect.stringContaining('No goldfish today') as string,
    });
  });

  it('a connection cut within the answer', async () => {
    mock.on({ userMessage: 'a cut' }, { content: TEXT.repeat(9) }, { truncateAfterChunks: 5 });
    await expect(model().invoke('Write a cut')).rejects.toMatchObject({ retryable: true });
  });
});
