import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { concatMap, delay, from, lastValueFrom, map, type Observable, of, toArray } from 'rxjs';
import { durableRuns, runTools, tool } from 'rxlm';
import { remoteAgent, remoteRunnable, runOf, runRoutes } from 'rxlm/sse';
import { FakeChatModel } from 'rxlm/testing';
import { z } from 'zod';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

/** A server behind a proxy that cuts each connection once it has passed `size` bytes of answers; a shorter answer is whole. */
async function behindCuts(listener: RequestListener, size: number) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const proxy = createTcpServer((socket) => {
    const upstream = connect(port, '127.0.0.1');
    let passed = 0;
    socket.on('data', (data) => upstream.write(data));
    upstream.on('data', (data: Buffer) => {
      if (socket.destroyed || passed >= size) return;
      const part = data.subarray(0, size - passed);
      passed += part.length;
      if (passed < size) socket.write(part);
      else {
        cuts += 1;
        socket.write(part, () => socket.destroy());
      }
    });
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}/runs`,
    cuts: () => cuts,
  };
}

/** Sizes of answers that end within the head, the frames and their ids, each at another byte of a frame. */
const SIZES = [620, 641, 667, 701, 733, 777, 850, 977, 1_201, 1_999];

describe('[39] a resumable remote run whose connections are cut', () => {
  it.each(SIZES)(
    'gives every value once, in order, where each breaks after %i bytes',
    async (size) => {
      const values = Array.from({ length: 60 }, (_, at) => ({ at, text: 'ü🐟' }));
      const source = () => from(values).pipe(concatMap((value) => of(value).pipe(delay(1))));
      const routes = runRoutes(durableRuns(), { source, onError: () => undefined });
      const { url, cuts } = await behindCuts((request, response) => {
        void routes.node(request, response);
      }, size);
      const run = remoteRunnable<string>(url, { resumable: true });
      const seen = await lastValueFrom(run.stream$('Hi').pipe(toArray()));
      expect(seen).toEqual(values);
      expect(cuts()).toBeGreaterThan(1);
    },
  );

  it.each([1_499, 1_777, 2_001, 2_777])(
    'gives an agent’s messages and events once, where each breaks after %i bytes',
    async (size) => {
      const answers = () => [
        ['I look. ', { name: 'depth', args: { sea: 'Lunar Sea' }, id: 'call-1' }],
        ['It ', 'is ', 'dry, ', 'and ', 'has ', 'always ', 'been.'],
      ];
      const depth = tool({
        name: 'depth',
        schema: z.object({ sea: z.string() }),
        func: ({ sea }) => `${sea}: 0 m`,
      });
      const agentOf = () =>
        runTools(new FakeChatModel(answers() as never, { delayMs: 2 }), [depth]);
      const agent = agentOf();
      const routes = runRoutes(durableRuns(), {
        source: (body) => runOf(agent, body, { events: true, toolResults: true }),
        onError: () => undefined,
      });
      const { url, cuts } = await behindCuts((request, response) => {
        void routes.node(request, response);
      }, size);
      const remote = remoteAgent(url, { resumable: true });
      const texts = (run$: Observable<unknown>) =>
        lastValueFrom(
          run$.pipe(
            map((chunk) => (chunk as { text?: string }).text ?? ''),
            toArray(),
          ),
        );
      const events: string[] = [];
      const listeners = [
        ({ event, run_id }: { event: string; run_id: string }) => {
          if (!event.endsWith('_stream')) events.push(`${event} ${run_id}`);
        },
      ];
      const seen = await texts(remote.stream$('How deep?', { listeners }));
      expect(seen.join('')).toBe((await texts(agentOf().stream$('How deep?'))).join(''));
      expect(new Set(events).size).toBe(events.length);
      const starts = events.filter((each) => each.includes('_start'));
      expect(events).toHaveLength(starts.length * 2);
      expect(cuts()).toBeGreaterThan(1);
    },
  );
});
