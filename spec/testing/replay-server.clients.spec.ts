import Anthropic from '@anthropic-ai/sdk';
import { ChatAnthropic } from '@langchain/anthropic';
import type { Chunking } from '../../lib/testing/http/chunking.js';
import { recordingOf } from '../../lib/testing/anthropic/make-recording.js';
import { goldfishAsync, goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish.js';
import { GOOD } from '../../lib/testing/anthropic/recordings/good-answer.js';
import { startReplayServer, type ReplayServer } from '../../lib/testing/anthropic/replay-server.js';
import { errorEvent, type WireEvent } from '../../lib/testing/anthropic/wire-event.js';

const tokensOf = (events: readonly WireEvent[]): string[] =>
  events.flatMap(({ delta }) => (delta as { text?: string } | undefined)?.text ?? []);

const verse = tokensOf(goldfishSync).join('');
const request = {
  model: 'claude-3-haiku-20240307',
  max_tokens: 1024,
  messages: [
    { role: 'user' as const, content: 'Write me a 1 verse song about goldfish on the moon' },
  ],
};

// Byte by byte is some ten thousand turns of the event loop, on whatever machine.
jest.setTimeout(60_000);

let server: ReplayServer;
afterEach(() => server.close());

describe('@anthropic-ai/sdk', () => {
  const client = (maxRetries = 0) =>
    new Anthropic({ apiKey: 'canary-key', baseURL: server.url, maxRetries });

  it.each<Chunking>(['event', 'byte', 'all', 3])(
    'streams the verse, chunked by %s',
    async (chunking) => {
      server = await startReplayServer({ recordings: [goldfishSync], chunking });
      const texts: string[] = [];
      const stream = await client().messages.create({ ...request, stream: true });
      for await (const event of stream) {
        if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
          texts.push(event.delta.text);
        }
      }
      expect(texts).toEqual(tokensOf(goldfishSync));
      expect(server.requests[0]).toMatchObject({
        headers: { authorization: 'Bearer canary-key' },
        body: { ...request, stream: true },
        finished: true,
        sent: { events: goldfishSync.length },
      });
    },
  );

  it('makes the message of it, with its usage', async () => {
    server = await startReplayServer({ recordings: [goldfishSync] });
    const message = await client().messages.stream(request).finalMessage();
    expect(message).toMatchObject({
      content: [{ text: verse }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 21, output_tokens: 73 },
    });
  });

  it('gets the same message without a stream', async () => {
    server = await startReplayServer({ recordings: [goldfishSync] });
    const message = await client().messages.create(request);
    expect(message).toMatchObject({
      type: 'message',
      content: [{ type: 'text', text: verse }],
      usage: { input_tokens: 21, output_tokens: 73 },
    });
    expect(message._request_id).toBe('req_000001');
  });

  it('gets tool calls either way', async () => {
    const tools = recordingOf({ content: [{ tool: 'weather', input: { city: 'Graz' } }] });
    server = await startReplayServer({ recordings: [tools], cycle: true });
    const call = { type: 'tool_use', name: 'weather', input: { city: 'Graz' } };
    expect((await client().messages.create(request)).content).toMatchObject([call]);
    const streamed = await client().messages.stream(request).finalMessage();
    expect(streamed.content).toMatchObject([call]);
  });

  it('retries what the server makes it retry', async () => {
    const overloaded = { status: 529, headers: { 'retry-after-ms': '1' }, body: {} };
    server = await startReplayServer({ recordings: [overloaded, overloaded, GOOD] });
    const message = await client(2).messages.stream(request).finalMessage();
    expect(message.content).toMatchObject([{ text: 'Hello wörld 🌍👩‍🚀!' }]);
    expect(server.requests).toHaveLength(3);
  });

  it("does not retry a test's own mistake", async () => {
    server = await startReplayServer({ recordings: [] });
    await expect(client(2).messages.create(request)).rejects.toThrow('there is no recording');
    expect(server.requests).toHaveLength(1);
  });

  it('meets an error in the stream', async () => {
    const error = errorEvent('overloaded_error', 'Overloaded');
    server = await startReplayServer({ recordings: [[...GOOD.slice(0, 3), error]] });
    await expect(client().messages.stream(request).finalMessage()).rejects.toThrow('Overloaded');
  });

  it('is seen to leave, with what it had been sent', async () => {
    server = await startReplayServer({ recordings: [goldfishSync], delayMs: 20 });
    const stream = await client().messages.create({ ...request, stream: true });
    for await (const event of stream) if (event.type === 'content_block_delta') break;
    const left = performance.now();
    const { at, by } = await server.requests[0]!.closed;
    expect(by).toBe('client');
    expect(at - left).toBeLessThan(1000);
    expect(server.requests[0]).toMatchObject({ finished: false });
    expect(server.requests[0]!.sent.events).toBeLessThan(goldfishSync.length);
  });
});

describe('@langchain/anthropic', () => {
  const model = () =>
    new ChatAnthropic({
      model: request.model,
      apiKey: 'canary-key',
      anthropicApiUrl: server.url,
      maxRetries: 0,
    });

  it.each<Chunking>(['event', 'byte'])('streams the verse, chunked by %s', async (chunking) => {
    server = await startReplayServer({ recordings: [goldfishAsync], chunking });
    const texts: string[] = [];
    for await (const chunk of await model().stream(request.messages[0]!.content)) {
      if (chunk.text !== '') texts.push(chunk.text);
    }
    expect(texts).toEqual(tokensOf(goldfishAsync));
    expect(server.requests[0]!.headers['x-api-key']).toBe('canary-key');
  });

  it('invokes without a stream', async () => {
    server = await startReplayServer({ recordings: [goldfishSync] });
    const message = await model().invoke('Hi');
    expect(message.text).toBe(verse);
    expect(message.usage_metadata).toMatchObject({ input_tokens: 21, output_tokens: 73 });
    expect(server.requests[0]!.body).not.toMatchObject({ stream: true });
  });
});
