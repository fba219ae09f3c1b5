import { lastValueFrom, toArray } from 'rxjs';
import { RemoteChatModel } from '../../lib/sse/remote-chat-model';
import { goldfishSync } from '../../lib/testing/recordings/goldfish';
import { startReplayServer } from '../../lib/testing/replay-server';
import { startSampleServer } from '../support/sample-server';

jest.setTimeout(60_000);

describe.each(['express', 'fastify', 'hono'])('samples/frameworks/%s', (framework) => {
  it('hands a model on to its client, chunks and events', async () => {
    const provider = await startReplayServer({
      strict: true,
      recordings: [goldfishSync, goldfishSync],
    });
    const server = await startSampleServer(`samples/frameworks/${framework}.ts`, {
      ANTHROPIC_BASE_URL: provider.url,
    });
    const remote = new RemoteChatModel(`${server.url}/chat`);
    expect((await remote.invoke('Hi')).text).toMatch(/^Here is a 1 verse song[^]*lunar sea\.$/);
    const events = await lastValueFrom(remote.events$('Hi').pipe(toArray()));
    expect(events[0]).toMatchObject({ event: 'on_chat_model_start', name: 'ChatAnthropic' });
    expect(events.at(-1)).toMatchObject({ event: 'on_chat_model_end' });
    if (framework !== 'hono') {
      const response = await fetch(`${server.url}/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"input":{"role":"nobody"}}',
      });
      expect(response.status).toBe(400);
    }
    await server.close();
    await provider.close();
  });
});
