import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { RemoteChatModel } from '../../lib/sse/client/remote-chat-model';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server';
import type { SampleServer } from './sample-server';

/** Checks a server that hands a model on at `path`, whatever it is made with: its client, and what it refuses. */
export async function checkChatServer(
  start: (env: Readonly<Record<string, string>>) => Promise<SampleServer>,
  path: string,
): Promise<void> {
  const provider = await startReplayServer({
    strict: true,
    recordings: [goldfishSync],
    cycle: true,
    delayMs: 5,
  });
  const server = await start({ ANTHROPIC_BASE_URL: provider.url });
  try {
    const url = server.url + path;
    await checkClient(url, provider);
    await checkRefusals(url);
    expect(provider.requests).toHaveLength(3);
  } finally {
    await server.close();
    await provider.close();
  }
}

async function checkClient(url: string, provider: ReplayServer): Promise<void> {
  const remote = new RemoteChatModel(url);
  expect((await remote.invoke('Hi')).text).toMatch(/^Here is a 1 verse song[^]*lunar sea\.$/);
  const events = await lastValueFrom(remote.events$('Hi').pipe(toArray()));
  // The run is reported by the client: the server shows no events.
  expect(events[0]).toMatchObject({ event: 'on_chat_model_start', name: 'RemoteChatModel' });
  expect(events.at(-1)).toMatchObject({ event: 'on_chat_model_end' });
  // A client that disconnects closes the provider's socket.
  await firstValueFrom(remote.stream$('Hi'));
  expect(await provider.requests[2]!.closed).toMatchObject({ by: 'client' });
}

async function checkRefusals(url: string): Promise<void> {
  const ask = async (body: string, headers: Record<string, string> = {}) => {
    const all = { 'content-type': 'application/json', ...headers };
    const response = await fetch(url, { method: 'POST', headers: all, body });
    // Some frameworks answer invalid JSON themselves; what they say is JSON as well.
    expect(typeof (await response.json())).toBe('object');
    return response.status;
  };
  expect(await ask('{"input":{"role":"nobody"}}')).toBe(400);
  expect(await ask('{"input":[["system","x"],"y"]}')).toBe(400);
  expect(await ask('{"input":')).toBe(400);
  expect(await ask('')).toBe(400);
  expect(await ask('[]')).toBe(400);
  expect(await ask('{"input":"a"}', { origin: 'https://evil.bc' })).toBe(403);
  expect(await ask('{"input":"a"}', { 'content-type': 'text/plain' })).toBe(415);
  expect(await ask(JSON.stringify({ input: 'a'.repeat(2 ** 20) }))).toBe(413);
}
