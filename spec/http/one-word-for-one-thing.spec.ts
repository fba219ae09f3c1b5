import { type ChatModel, runTools, tool, withStructuredOutput } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ChatGoogle } from 'rxlm/google';
import { ChatOllama } from 'rxlm/ollama';
import { ChatOpenAI } from 'rxlm/openai';
import { chatStream, namedStream } from '../support/decode-stream';
import { type Answer, startWireServer, streamed, type WireServer } from '../support/wire-server';

/** How one provider says a text, and asks for a tool. */
interface Wire {
  readonly name: string;
  readonly model: (baseURL: string) => ChatModel;
  readonly text: (text: string) => Answer;
  readonly call: (name: string, args: object) => Answer;
  /** What a request with all of the shared options has. */
  readonly asked: object;
  readonly reasoned: object;
  readonly formatted: object;
}

const SCHEMA = {
  type: 'object',
  properties: { sum: { type: 'number' } },
  required: ['sum'],
  additionalProperties: false,
} as const;

const anthropic = (block: object, delta: object, stop_reason: string): Answer =>
  streamed(
    namedStream(
      {
        type: 'message_start',
        message: {
          id: 'm',
          type: 'message',
          role: 'assistant',
          content: [],
          model: 'm',
          usage: { input_tokens: 1, output_tokens: 1 },
        },
      } as never,
      { type: 'content_block_start', index: 0, content_block: block } as never,
      { type: 'content_block_delta', index: 0, delta } as never,
      { type: 'content_block_stop', index: 0 } as never,
      { type: 'message_delta', delta: { stop_reason }, usage: { output_tokens: 2 } } as never,
      { type: 'message_stop' },
    ),
  );
const chat = (delta: object, finish_reason: string): Answer =>
  streamed(chatStream({ id: 'c', choices: [{ index: 0, delta, finish_reason }] }, '[DONE]'));
const responses = (item: object): Answer =>
  streamed(
    namedStream(
      { type: 'response.output_item.done', output_index: 0, item } as never,
      { type: 'response.completed', response: { id: 'r', output: [item] } } as never,
    ),
  );
const google = (part: object): Answer =>
  streamed(chatStream({ candidates: [{ content: { parts: [part] }, finishReason: 'STOP' }] }));
const ollama = (message: object): Answer =>
  streamed(
    `${JSON.stringify({ message, done: true, done_reason: 'stop' })}\n`,
    'application/x-ndjson',
  );

const WIRES: readonly Wire[] = [
  {
    name: 'Anthropic',
    model: (baseURL) =>
      new ChatAnthropic({ model: 'claude-sonnet-4-6', baseURL, apiKey: 'k', maxRetries: 0 }),
    text: (text) => anthropic({ type: 'text', text: '' }, { type: 'text_delta', text }, 'end_turn'),
    call: (name, args) =>
      anthropic(
        { type: 'tool_use', id: 'a', name, input: {} },
        { type: 'input_json_delta', partial_json: JSON.stringify(args) },
        'tool_use',
      ),
    asked: { max_tokens: 500, stop_sequences: ['END'], tool_choice: { type: 'tool', name: 'add' } },
    reasoned: { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
    formatted: { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
  },
  {
    name: 'OpenAI',
    model: (baseURL) => new ChatOpenAI({ model: 'm', baseURL, maxRetries: 0 }),
    text: (content) => chat({ content }, 'stop'),
    call: (name, args) =>
      chat(
        {
          tool_calls: [{ index: 0, id: 'a', function: { name, arguments: JSON.stringify(args) } }],
        },
        'tool_calls',
      ),
    asked: {
      max_tokens: 500,
      stop: ['END'],
      tool_choice: { type: 'function', function: { name: 'add' } },
    },
    reasoned: { reasoning_effort: 'low' },
    formatted: {
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: SCHEMA } },
    },
  },
  {
    name: 'Responses',
    model: (baseURL) => new ChatOpenAI({ model: 'm', baseURL, maxRetries: 0, api: 'responses' }),
    text: (text) =>
      responses({
        id: 'i',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text }],
      }),
    call: (name, args) =>
      responses({
        id: 'i',
        type: 'function_call',
        call_id: 'a',
        name,
        arguments: JSON.stringify(args),
      }),
    asked: { max_output_tokens: 500, tool_choice: { type: 'function', name: 'add' } },
    reasoned: { reasoning: { effort: 'low' } },
    formatted: { text: { format: { type: 'json_schema', name: 'answer', schema: SCHEMA } } },
  },
  {
    name: 'Google',
    model: (baseURL) => new ChatGoogle({ model: 'm', baseURL, maxRetries: 0 }),
    text: (text) => google({ text }),
    call: (name, args) => google({ functionCall: { name, args } }),
    asked: {
      generationConfig: { maxOutputTokens: 500, stopSequences: ['END'] },
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['add'] } },
    },
    reasoned: { generationConfig: { thinkingConfig: { thinkingLevel: 'low' } } },
    formatted: {
      generationConfig: { responseMimeType: 'application/json', responseJsonSchema: SCHEMA },
    },
  },
  {
    name: 'Ollama',
    model: (baseURL) => new ChatOllama({ model: 'm', baseURL, maxRetries: 0 }),
    text: (content) => ollama({ role: 'assistant', content }),
    call: (name, args) =>
      ollama({
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'a', function: { name, arguments: args } }],
      }),
    asked: { options: { num_predict: 500, stop: ['END'] } },
    reasoned: { think: 'low' },
    formatted: { format: SCHEMA },
  },
];

describe.each(WIRES)('a model of $name', (wire) => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());
  const add = tool({
    name: 'add',
    description: 'adds',
    schema: { type: 'object', properties: { a: { type: 'number' } } } as never,
    func: () => '3',
  });
  const last = () => server.requests.at(-1)?.body;

  it('runs the same agent', async () => {
    server.answer(wire.call('add', { a: 1 }), wire.text('It is 3'));
    const result = await runTools(wire.model(server.url), [add]).invoke('1 + 2?');
    expect([result.output.text, result.steps]).toEqual(['It is 3', 2]);
    expect(result.output.finish_reason).toBe('stop');
    expect(JSON.stringify(last())).toContain('3');
  });

  it('takes the same options', async () => {
    const model = wire.model(server.url);
    const isOllama = wire.name === 'Ollama';
    server.answer(wire.text('3'), wire.text('3'), wire.text('3'));
    const shared = { maxTokens: 500, ...(wire.name === 'Responses' ? {} : { stop: ['END'] }) };
    await model
      .bindTools([add], isOllama ? {} : { toolChoice: 'add' })
      .bind(shared)
      .invoke('?');
    expect(last()).toMatchObject(wire.asked);
    await model.bind({ reasoning: { effort: 'low' } }).invoke('?');
    expect(last()).toMatchObject(wire.reasoned);
    await model.bind({ responseFormat: { type: 'json_schema', schema: SCHEMA } }).invoke('?');
    expect(last()).toMatchObject(wire.formatted);
  });

  it('gives the same structured output, by its format', async () => {
    server.answer(wire.text('{"sum":3}'));
    const options = { method: 'json_schema' } as const;
    const sum = withStructuredOutput(wire.model(server.url), SCHEMA, options);
    expect(await sum.invoke('1 + 2?')).toEqual({ sum: 3 });
    expect(last()).toMatchObject(wire.formatted);
  });

  it('gives the same structured output by the way that it has', async () => {
    const model = wire.model(server.url);
    const isNative = model.structuredOutputMethod() === 'json_schema';
    expect(isNative).toBe(wire.name === 'Ollama');
    server.answer(isNative ? wire.text('{"sum":3}') : wire.call('extract', { sum: 3 }));
    expect(await withStructuredOutput(model, SCHEMA).invoke('1 + 2?')).toEqual({ sum: 3 });
  });
});
