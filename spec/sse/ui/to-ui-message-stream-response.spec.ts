import { serve } from '@hono/node-server';
import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { concat, Observable, of, throwError } from 'rxjs';
import { ModelError } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { recordingOf, startReplayServer } from 'rxlm/testing';
import type { SseSource } from '../../../lib/sse/server/sse-source.js';
import { toUIMessageStreamResponse } from '../../../lib/sse/ui/to-ui-message-stream-response.js';

/** What the AI SDK's own client makes of it, over a real socket. */
async function readByAiSdk(source: SseSource<never>): Promise<UIMessage | undefined> {
  const server = serve({
    fetch: () => toUIMessageStreamResponse(source),
    port: 0,
    hostname: '127.0.0.1',
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stream = await new DefaultChatTransport({
    api: `http://127.0.0.1:${String(port)}/`,
  }).sendMessages({
    chatId: '1',
    messageId: undefined,
    messages: [],
    trigger: 'submit-message',
    abortSignal: undefined,
  });
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream, onError: () => undefined }))
    last = message;
  server.close();
  return last;
}

describe('toUIMessageStreamResponse', () => {
  it('is read by the transport of the AI SDK: reasoning, text, a tool call', async () => {
    const provider = await startReplayServer({
      strict: true,
      recordings: [
        recordingOf({
          content: [
            { thinking: ['Hm.'], signature: 'c2ln' },
            { text: ['I ', 'look.'] },
            { tool: 'weather', input: { city: 'Graz' } },
          ],
        }),
      ],
    });
    const model = new ChatAnthropic({ model: 'm', apiKey: 'any-key-1', baseURL: provider.url });
    const message = await readByAiSdk((config) => model.stream$('Hi', config) as never);
    expect(message?.parts).toMatchObject([
      { type: 'step-start' },
      { type: 'reasoning', text: 'Hm.' },
      { type: 'text', text: 'I look.' },
      { input: { city: 'Graz' } },
    ]);
    await provider.close();
  });

  it('[4][21] ends with a safe error and [DONE], and has the headers of the protocol', async () => {
    const error = new ModelError('sk-secret', { code: 'overloaded', provider: 'anthropic' });
    const response = toUIMessageStreamResponse(
      concat(
        of('gold'),
        throwError(() => error),
      ),
      { headers: { 'x-run': '7' } },
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-vercel-ai-ui-message-stream': 'v1',
      'x-run': '7',
    });
    const text = await response.text();
    expect(text).toMatch(/data: {"type":"error"[^]*\n\ndata: \[DONE\]\n\n$/);
    expect(text).not.toContain('secret');
  });

  it('[1][2] begins when it is read, and unsubscribes from the run when the body is cancelled', async () => {
    let subscribed = 0;
    let left = 0;
    const run$ = new Observable<string>((subscriber) => {
      subscribed += 1;
      subscriber.next('gold');
      return () => (left += 1);
    });
    const response = toUIMessageStreamResponse(run$);
    expect(subscribed).toBe(0);
    const reader = response.body!.getReader();
    await reader.read();
    await reader.cancel();
    expect([subscribed, left]).toEqual([1, 1]);
  });

  it('refuses what is no source', () => {
    expect(() => toUIMessageStreamResponse(5 as never)).toThrow(
      /what is sent must be an Observable/,
    );
  });
});
