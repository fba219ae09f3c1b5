import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { concat, delay, finalize, lastValueFrom, map, of, take, tap, toArray } from 'rxjs';
import { AIMessageChunk, durableRuns, toChatState } from 'rxlm';
import { RemoteChatModel, runOf, runRoutes } from 'rxlm/sse';
import { FakeChatModel } from 'rxlm/testing';

describe('a resumable remote model', () => {
  const TEXTS = Array.from({ length: 60 }, (_, at) => `${String(at)} `);

  /** A server of durable runs behind a proxy that cuts each connection after some bytes. */
  async function behindCuts(cutAfter: number): Promise<{
    url: string;
    left: jest.Mock;
    requests: string[];
    close: () => void;
  }> {
    const left = jest.fn();
    const source = () =>
      concat(
        ...TEXTS.map((text) => of(new AIMessageChunk({ id: 'm', content: text })).pipe(delay(2))),
      ).pipe(finalize(left));
    const routes = runRoutes(durableRuns(), { source, onError: () => undefined });
    const server = createServer((asked, response) => void routes.node(asked, response));
    const requests: string[] = [];
    server.on('request', ({ method, url }) => requests.push(`${String(method)} ${String(url)}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const proxy = createTcpServer((socket) => {
      const upstream = connect(port, '127.0.0.1');
      let bytes = 0;
      socket.on('data', (data) => upstream.write(data));
      upstream.on('data', (data: Buffer) => {
        const rest = data.subarray(0, Math.max(0, cutAfter - bytes));
        bytes += data.length;
        if (bytes <= cutAfter) socket.write(data);
        else
          socket.write(rest, () => {
            socket.destroy();
            upstream.destroy();
          });
      });
      for (const [one, other] of [
        [socket, upstream],
        [upstream, socket],
      ] as const) {
        one.on('error', () => undefined);
        one.on('close', () => other.destroy());
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}/runs`,
      left,
      requests,
      close: () => {
        proxy.close();
        server.closeAllConnections();
        server.close();
      },
    };
  }

  it('joins its run again whenever its connection is cut, without a value twice or missing', async () => {
    const { url, requests, close } = await behindCuts(4_000);
    try {
      const model = new RemoteChatModel(url, { resumable: true });
      const seen = await lastValueFrom(
        model.stream$('Hi').pipe(
          map(({ text }) => text),
          toArray(),
        ),
      );
      expect(seen.join('')).toBe(TEXTS.join(''));
      expect(requests[0]).toBe('POST /runs');
      expect(requests.length).toBeGreaterThan(2);
      expect(
        requests.slice(1).every((each) => /^GET \/runs\/[\w-]+\?after=\d+\.\d+$/.test(each)),
      ).toBe(true);
    } finally {
      close();
    }
  });

  it('fails as before where it is not resumable', async () => {
    const { url, close } = await behindCuts(4_000);
    try {
      await expect(new RemoteChatModel(url).invoke('Hi')).rejects.toMatchObject({
        code: expect.stringMatching(/truncated|connection/) as string,
      });
    } finally {
      close();
    }
  });

  it('is stopped, and not failed, where its run is cancelled from elsewhere', async () => {
    const runs = durableRuns();
    const model = new FakeChatModel([['gold ', 'fish ', 'on ', 'the ', 'moon']], { delayMs: 30 });
    const routes = runRoutes(runs, {
      source: (body) => runOf(model, body, { events: true }),
      onError: () => undefined,
    });
    const server = createServer((asked, response) => void routes.node(asked, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/runs`;
    try {
      let id = '';
      const fetchIt: typeof fetch = async (...asked) => {
        const response = await fetch(...asked);
        id = response.headers.get('rxlm-run-id') ?? id;
        return response;
      };
      const remote = new RemoteChatModel(url, { resumable: true, fetch: fetchIt });
      const events: string[] = [];
      const state$ = remote.stream$('Hi', { listeners: [({ event }) => events.push(event)] }).pipe(
        tap(() => void runs.cancel(id)),
        toChatState(),
      );
      expect(await lastValueFrom(state$)).toMatchObject({ status: 'stopped', error: undefined });
      expect(events.at(-1)).toBe('on_chat_model_cancel');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('cancels the run when it is unsubscribed', async () => {
    const { url, left, requests, close } = await behindCuts(1e9);
    try {
      const model = new RemoteChatModel(url, { resumable: true });
      await lastValueFrom(model.stream$('Hi').pipe(take(2)));
      for (let waits = 0; waits < 100 && left.mock.calls.length === 0; waits += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(left).toHaveBeenCalledTimes(1);
      expect(requests.at(-1)).toMatch(/^DELETE \/runs\/[\w-]+$/);
    } finally {
      close();
    }
  });
});
