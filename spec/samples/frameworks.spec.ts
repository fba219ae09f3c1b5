import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lastValueFrom, toArray } from 'rxjs';
import { RemoteChatModel } from '../../lib/sse/remote-runnable';
import { goldfishSync } from '../../lib/testing/recordings/goldfish';
import { startReplayServer } from '../../lib/testing/replay-server';

const ROOT = join(__dirname, '../..');
jest.setTimeout(60_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe.each(['express', 'fastify', 'hono'])('samples/frameworks/%s', (framework) => {
  it('hands a model on to its client, chunks and events', async () => {
    const provider = await startReplayServer({
      recordings: [goldfishSync, goldfishSync],
    });
    const port = await freePort();
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', `samples/frameworks/${framework}.ts`],
      {
        cwd: ROOT,
        env: {
          ...process.env,
          PORT: String(port),
          ANTHROPIC_BASE_URL: provider.url,
          ANTHROPIC_API_KEY: 'key-for-samples',
        },
        stdio: 'inherit',
      },
    );
    const url = `http://127.0.0.1:${String(port)}/chat`;
    for (let turn = 0; turn < 400; turn += 1) {
      if (
        await fetch(url).then(
          () => true,
          () => false,
        )
      )
        break;
      await wait(50);
    }
    const remote = new RemoteChatModel(url);
    expect((await remote.invoke('Hi')).text).toMatch(/^Here is a 1 verse song[^]*lunar sea\.$/);
    const events = await lastValueFrom(remote.events$('Hi').pipe(toArray()));
    expect(events[0]).toMatchObject({ event: 'on_chat_model_start', name: 'ChatAnthropic' });
    expect(events.at(-1)).toMatchObject({ event: 'on_chat_model_end' });
    child.kill();
    await once(child, 'exit');
    await provider.close();
  });
});
