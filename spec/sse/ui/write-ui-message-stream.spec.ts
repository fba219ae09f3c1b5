import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { concat, of, throwError } from 'rxjs';
import { ModelError } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { startFaultServer } from 'rxlm/testing';
import type { SseSource } from '../../../lib/sse/server/sse-source';
import { writeUIMessageStream } from '../../../lib/sse/ui/write-ui-message-stream';

/** A server of Node that answers each request with a run. */
async function serving(source: SseSource<never>) {
  const server = createServer((_, response) => {
    writeUIMessageStream(response, source, { headers: { 'x-run': '7' } });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ask = (abortSignal?: AbortSignal) =>
    new DefaultChatTransport({ api: `http://127.0.0.1:${String(port)}/` }).sendMessages({
      chatId: '1',
      messageId: undefined,
      messages: [],
      trigger: 'submit-message',
      abortSignal,
    });
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { ask, url: `http://127.0.0.1:${String(port)}/`, close };
}

describe('writeUIMessageStream', () => {
  it('is read by the transport of the AI SDK', async () => {
    const server = await serving(of('gold', 'fish') as never);
    let last: UIMessage | undefined;
    for await (const message of readUIMessageStream({ stream: await server.ask() })) last = message;
    expect(last?.parts).toEqual([
      { type: 'step-start' },
      { type: 'text', text: 'goldfish', state: 'done' },
    ]);
    server.close();
  });

  it('[4][21] ends with a safe error and [DONE], and has the headers of the protocol', async () => {
    const error = new ModelError('sk-secret', { code: 'overloaded', provider: 'anthropic' });
    const failing$ = concat(
      of('gold'),
      throwError(() => error),
    );
    const server = await serving(failing$ as never);
    const response = await fetch(server.url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-vercel-ai-ui-message-stream': 'v1',
      'x-run': '7',
    });
    const text = await response.text();
    expect(text).toMatch(/data: {"type":"error"[^]*\n\ndata: \[DONE\]\n\n$/);
    expect(text).not.toContain('secret');
    server.close();
  });

  it('[2] (T094) unsubscribes from the run when the client stops', async () => {
    const provider = await startFaultServer();
    const model = new ChatAnthropic({
      model: 'm',
      apiKey: 'any-key-1',
      baseURL: provider.baseUrl('stall'),
    });
    const server = await serving(((config) => model.stream$('Hi', config)) as SseSource<never>);
    const stop = new AbortController();
    const reader = (await server.ask(stop.signal)).getReader();
    await reader.read();
    await reader.read();
    stop.abort();
    const request = await provider.request(0);
    expect((await request.closed).by).toBe('client');
    await provider.close();
    server.close();
  });
});
