import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { type AIMessage, type RunEvent } from 'rxlm';
import { type AiSdkLanguageModel, type AiSdkOptions, fromAiSdk } from 'rxlm/ai-sdk';
import { ChatAnthropic } from 'rxlm/anthropic';
import {
  anthropicWire,
  type ChatModelWire,
  googleWire,
  openaiChatWire,
  type WireAnswer,
} from 'rxlm/testing';
import { bedrockAnswer, bedrockEvents } from '../../support/bedrock-body';
import { partsOf, sdkModel } from '../../support/sdk-parts';
import {
  type Answer,
  refused,
  startWireServer,
  streamed,
  type WireServer,
} from '../../support/wire-server';

const apiKey = 'a-key';
const answer: WireAnswer = {
  reasoning: ['Hm, ', 'so.'],
  text: ['I ', 'look.'],
  calls: [{ id: 'call_1', name: 'weather', args: ['{"city":', '"Graz"}'] }],
  usage: { input: 3, output: 5 },
};

const weather = { name: 'weather', schema: { type: 'object', properties: {} } };

interface Client {
  readonly name: string;
  readonly provider: string;
  readonly make: (baseURL: string) => AiSdkLanguageModel;
  readonly play: (answer: WireAnswer) => Answer;
  /** The answer, cut before what proves it. */
  readonly cut: Answer;
}

const onWire = (wire: ChatModelWire) => ({
  play: (said: WireAnswer) => streamed(wire.answer(said).frames.join('')),
  cut: streamed(wire.answer(answer).frames.slice(0, wire.answer(answer).proof).join('')),
});
const CLIENTS: readonly Client[] = [
  {
    name: '@ai-sdk/openai-compatible',
    provider: 'acme',
    make: (baseURL) =>
      createOpenAICompatible({ name: 'acme', includeUsage: true, baseURL, apiKey })('m'),
    ...onWire(openaiChatWire),
  },
  {
    name: '@ai-sdk/anthropic',
    provider: 'anthropic',
    make: (baseURL) => createAnthropic({ baseURL, apiKey })('claude-sonnet-4-5'),
    ...onWire(anthropicWire),
  },
  {
    name: '@ai-sdk/google',
    provider: 'google',
    make: (baseURL) => createGoogleGenerativeAI({ baseURL, apiKey })('gemini-2.5-flash'),
    ...onWire(googleWire),
  },
  {
    name: '@ai-sdk/amazon-bedrock',
    provider: 'bedrock',
    make: (baseURL) => createAmazonBedrock({ region: 'r', baseURL, apiKey })('m'),
    play: bedrockAnswer,
    cut: bedrockEvents(
      ['messageStart', { role: 'assistant' }],
      ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'I ' } }],
    ),
  },
];

describe.each(CLIENTS)('a model of $name', ({ provider, make, play, cut }) => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());
  const model = (options: AiSdkOptions = {}) =>
    fromAiSdk(make(server.url), { maxRetries: 0, maxTokens: 99, ...options });

  it('streams reasoning, text and calls, with usage', async () => {
    server.answer(play(answer));
    const texts: string[] = [];
    const message = await model().invoke('Hi', {
      listeners: [
        ({ event, data }: RunEvent) => {
          if (event === 'on_chat_model_stream') texts.push((data.chunk as AIMessage).text);
        },
      ],
    });
    expect(texts.filter((text) => text !== '')).toEqual(['I ', 'look.']);
    expect(message).toMatchObject({
      text: 'I look.',
      tool_calls: [{ name: 'weather', args: { city: 'Graz' } }],
      finish_reason: 'tool_call',
      usage_metadata: { input_tokens: 3, output_tokens: 5 },
      response_metadata: { model_provider: provider },
    });
    expect(message.content).toMatchObject([{ type: 'thinking', thinking: 'Hm, so.' }, {}]);
  });

  it('takes its own answer back, as it is and through JSON', async () => {
    server.answer(play(answer), play({ text: ['Yes.'] }), play({ text: ['Yes.'] }));
    const message = await model().invoke('Hi');
    for (const sent of [message, JSON.parse(JSON.stringify(message)) as AIMessage]) {
      // Without tools Bedrock's package leaves calls out.
      await model({ tools: [weather] }).invoke([['human', 'Hi'], sent, ['human', 'Go on']]);
      const body = JSON.stringify(server.requests.at(-1)?.body);
      for (const text of ['I look.', 'Graz', 'was not run', 'Go on']) expect(body).toContain(text);
    }
  });

  it('fails as truncated where the stream is cut, with what came before', async () => {
    server.answer(cut);
    await expect(model().invoke('Hi')).rejects.toMatchObject({
      code: 'truncated',
      provider,
      partial: { text: expect.stringMatching(/^I /) as string },
    });
  });

  it('fails by what the server refuses, and asks again where that may help', async () => {
    const error = { error: { message: 'busy', type: 'overloaded_error' }, message: 'busy' };
    server.answer(refused(503, error));
    await expect(model().invoke('Hi')).rejects.toMatchObject({
      status: 503,
      retryable: true,
      message: expect.stringContaining('busy') as string,
    });
    server.answer(refused(503, error), play({ text: ['Yes.'] }));
    expect((await model({ maxRetries: 1 }).invoke('Hi')).text).toBe('Yes.');
    server.answer(refused(401, { error: { message: 'no' }, message: 'no' }));
    await expect(model({ maxRetries: 1 }).invoke('Hi')).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  it('closes the connection when it is unsubscribed', async () => {
    server.answer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': open\n\n');
    });
    const before = server.aborted();
    const subscription = model().stream$('Hi').subscribe();
    await new Promise((resolve) => setTimeout(resolve, 100));
    subscription.unsubscribe();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.aborted()).toBe(before + 1);
  });
});

describe('signatures', () => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());
  const thinking = { type: 'thinking', thinking: 'Hm', signature: 'S' };

  it('go back to Bedrock, and from a model of the AI SDK to rxlm’s own and back', async () => {
    const anthropic = anthropicWire.answer({ text: ['Yes.'] }).frames.join('');
    server.answer(bedrockAnswer(answer), bedrockAnswer({ text: ['Yes.'] }));
    const bedrock = fromAiSdk(
      createAmazonBedrock({ region: 'r', baseURL: server.url, apiKey })('m'),
    );
    const message = await bedrock.invoke('Hi');
    await bedrock.invoke([['human', 'Hi'], message]);
    expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('"signature":"S"');
    const block = (content: object) => ({
      role: 'assistant' as const,
      content: [content, { type: 'text', text: 'Ho' }],
      response_metadata: { model_provider: 'anthropic' },
    });
    server.answer(streamed(anthropic), streamed(anthropic));
    const sdk = fromAiSdk(createAnthropic({ baseURL: server.url, apiKey })('claude-sonnet-4-5'), {
      providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } },
    });
    await sdk.invoke(['Hi', block(thinking), ['human', 'Go on']]);
    expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('"signature":"S"');
    const own = new ChatAnthropic({ model: 'm', maxTokens: 99, baseURL: server.url, apiKey });
    const { signature, ...bare } = thinking;
    const attached = { ...bare, providerMetadata: { anthropic: { signature } } };
    await own.invoke(['Hi', block(attached), ['human', 'Go on']]);
    expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('"signature":"S"');
  });
});

describe('AiSdkModel', () => {
  it('reports retries, chunks of the provider and parts that it does not know', async () => {
    const busy = [{ type: 'error', error: { type: 'overloaded_error', message: 'busy' } }];
    const noisy = [
      { type: 'raw', rawValue: { a: 1 } },
      { type: 'of-the-future' },
      ...partsOf({ text: ['Hi'] }),
    ];
    const scripted = sdkModel([busy, noisy]);
    const names: unknown[] = [];
    const listeners = [
      ({ event, name, data }: RunEvent) => {
        if (event === 'on_custom_event') names.push([name, data]);
        if (event === 'on_chat_model_retry') names.push([event, data.attempt]);
      },
    ];
    const model = fromAiSdk(scripted, { maxRetries: 1, raw: true, listeners });
    expect((await model.invoke('Hi')).text).toBe('Hi');
    expect(names).toEqual([
      ['on_chat_model_retry', 1],
      ['provider_raw', { a: 1 }],
      ['provider_event', { type: 'of-the-future' }],
    ]);
    expect(scripted.calls[0]?.options).toMatchObject({ includeRawChunks: true });
  });

  it('keeps the clocks for the response and for the whole', async () => {
    const silent = sdkModel([() => new Promise<never>(() => undefined)]);
    const late = fromAiSdk(silent, { timeouts: { headers: 20 }, maxRetries: 0 });
    await expect(late.invoke('Hi')).rejects.toMatchObject({ code: 'timeout', phase: 'headers' });
    expect(silent.calls[0]?.options.abortSignal.aborted).toBe(true);
    const open = sdkModel([partsOf({ text: ['Hi'] }).slice(0, 4)], { open: true });
    const long = fromAiSdk(open, { timeouts: { total: 30 } });
    await expect(long.invoke('Hi')).rejects.toMatchObject({ code: 'timeout', phase: 'total' });
  });

  it('says what it is, and merges the options of its places', async () => {
    const scripted = sdkModel([partsOf({ text: ['Hi'] })], { provider: 'amazon-bedrock' });
    const metadata: unknown[] = [];
    const model = fromAiSdk(scripted, { temperature: 0, providerOptions: { a: { x: 1 } } });
    await model
      .bind({ providerOptions: { b: { y: 1 } }, temperature: 1 })
      .invoke('Hi', { listeners: [(event) => metadata.push(event.metadata)] });
    expect(metadata[0]).toEqual({
      ls_provider: 'bedrock',
      ls_model_name: 'm',
      ls_model_type: 'chat',
      ls_temperature: 1,
    });
    expect(scripted.calls[0]?.options).toMatchObject({
      temperature: 1,
      providerOptions: { a: { x: 1 }, b: { y: 1 } },
    });
  });
});
