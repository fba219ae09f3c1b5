import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { ModelError } from 'rxlm';
import { RemoteChatModel } from '../../lib/sse/client/remote-chat-model';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish';
import { startReplayServer, type ReplayServer } from '../../lib/testing/anthropic/replay-server';
import { type SampleServer, startSampleServer } from '../support/sample-server';

jest.setTimeout(60_000);

const authorization = 'Bearer token-of-the-app';
let provider: ReplayServer;
let server: SampleServer;
beforeAll(async () => {
  provider = await startReplayServer({
    strict: true,
    recordings: [goldfishSync],
    cycle: true,
    delayMs: 5,
  });
  server = await startSampleServer('samples/nestjs/main.ts', {
    ANTHROPIC_BASE_URL: provider.url,
    CHAT_TOKEN: 'token-of-the-app',
    MAX_STREAMS: '2',
    TSX_TSCONFIG_PATH: 'samples/nestjs/tsconfig.json',
    // The log of the framework is not what is looked at.
    NO_COLOR: '1',
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const model = (headers: Record<string, string> = { authorization }) =>
  new RemoteChatModel(`${server.url}/chat`, { headers });
const failure = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => error as ModelError,
  );

describe('samples/nestjs, an application of Nest 12 (T093)', () => {
  it('hands a model on to its client, chunks and events, through a guard', async () => {
    expect((await model().invoke('Hi')).text).toMatch(/^Here is a 1 verse song[^]*lunar sea\.$/);
    const events = await lastValueFrom(model().events$('Hi').pipe(toArray()));
    expect(events[0]).toMatchObject({ event: 'on_chat_model_start', name: 'RemoteChatModel' });
    expect(events.at(-1)).toMatchObject({ event: 'on_chat_model_end' });
  });

  it('(T095) asks the model nothing for who has no token', async () => {
    const asked = provider.requests.length;
    for (const headers of [{}, { authorization: 'Bearer other' }])
      expect(await failure(model(headers).invoke('Hi'))).toMatchObject({ status: 403 });
    expect(provider.requests).toHaveLength(asked);
  });

  it('[2] (T094) closes the provider’s socket when the client leaves', async () => {
    const asked = provider.requests.length;
    await firstValueFrom(model().stream$('Hi'));
    expect(await provider.requests[asked]!.closed).toMatchObject({ by: 'client' });
    expect(provider.requests[asked]!.finished).toBe(false);
  });

  it('(T095) has no more streams open than it may, and counts those that are left', async () => {
    const asked = provider.requests.length;
    const runs = [model().stream$('Hi'), model().stream$('Hi')].map((run$) => run$.subscribe());
    while (provider.requests.length < asked + 2) await new Promise((go) => setTimeout(go, 5));
    expect(await failure(model().invoke('Hi'))).toMatchObject({ code: 'rate_limited' });
    const refused = await fetch(`${server.url}/chat`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ input: 'Hi' }),
    });
    expect(refused.status).toBe(429);
    for (const run of runs) run.unsubscribe();
    await Promise.all(provider.requests.slice(asked).map(({ closed }) => closed));
    expect((await model().invoke('Hi')).text).toContain('lunar sea');
  });
});
