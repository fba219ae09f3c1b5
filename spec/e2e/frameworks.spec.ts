import { lastValueFrom, toArray } from 'rxjs';
import { RemoteChatModel } from '../../lib/sse/client/remote-chat-model';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import { startReplayServer } from '../../lib/testing/anthropic/replay-server';
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
    // The run is told by the client: the server shows no events.
    expect(events[0]).toMatchObject({ event: 'on_chat_model_start', name: 'RemoteChatModel' });
    expect(events.at(-1)).toMatchObject({ event: 'on_chat_model_end' });
    const ask = async (body: string, headers: Record<string, string> = {}) => {
      const all = { 'content-type': 'application/json', ...headers };
      return (await fetch(`${server.url}/chat`, { method: 'POST', headers: all, body })).status;
    };
    expect(await ask('{"input":{"role":"nobody"}}')).toBe(400);
    expect(await ask('{"input":[["system","x"],"y"]}')).toBe(400);
    expect(await ask('{"input":')).toBe(400);
    expect(await ask('{"input":"a"}', { origin: 'https://evil.bc' })).toBe(403);
    expect(await ask('{"input":"a"}', { 'content-type': 'text/plain' })).toBe(415);
    expect(await ask(JSON.stringify({ input: 'a'.repeat(2 ** 20) }))).toBe(413);
    await server.close();
    await provider.close();
  });
});
