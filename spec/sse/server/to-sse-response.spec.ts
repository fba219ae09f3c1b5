import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { concat, Observable, of, range, Subject, throwError } from 'rxjs';
import { GATE, type Gate } from '../../../lib/core/demand/gate.js';
import { ModelError } from '../../../lib/errors/model-error.js';
import { primedSseResponse, toSseResponse } from '../../../lib/sse/server/to-sse-response.js';
import { parseSse } from '../sse-events.js';

const quiet = { heartbeatMs: false } as const;
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('toSseResponse', () => {
  it('(T088) is a response with the headers of an event stream, and more if asked', async () => {
    const response = toSseResponse(of('gold'), { ...quiet, headers: { 'x-run': '7' } });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-run': '7',
    });
    expect(parseSse(await response.text())).toMatchObject([
      { id: '1', data: '"gold"' },
      { id: '2', event: 'end' },
    ]);
  });

  it('[1][2] begins when it is read, and unsubscribes from the run when the body is cancelled', async () => {
    let subscribed = 0;
    let left = 0;
    const run$ = new Observable<string>((subscriber) => {
      subscribed += 1;
      subscriber.next('gold');
      return () => (left += 1);
    });
    const response = toSseResponse(run$, quiet);
    await turn();
    expect(subscribed).toBe(0);
    const reader = response.body!.getReader();
    await reader.read();
    expect([subscribed, left]).toEqual([1, 0]);
    await reader.cancel();
    expect(left).toBe(1);
  });

  it('[19] asks a source that can wait to wait while nobody reads', async () => {
    let gate: Gate | undefined;
    const run$ = new Subject<object>();
    const response = toSseResponse((config) => {
      gate = config[GATE];
      gate?.heed();
      return run$;
    }, quiet);
    const reader = response.body!.getReader();
    await reader.read();
    for (let index = 0; gate?.closed === false && index < 1000; index += 1)
      run$.next({ text: 'x'.repeat(1000) });
    expect(gate?.closed).toBe(true);
    // The last read finds nothing there, and waits.
    void (async () => {
      while (!(await reader.read()).done);
    })();
    for (let count = 0; gate?.closed === true && count < 200; count += 1) await turn();
    expect(gate?.closed).toBe(false);
    await reader.cancel();
  });

  it('ends when all has been read, also where more waits than a body holds', async () => {
    const text = 'x'.repeat(100_000);
    const response = toSseResponse(of({ text }, { text }, { text }), quiet);
    await turn();
    expect(parseSse(await response.text())).toMatchObject([{}, {}, {}, { event: 'end', id: '4' }]);
  });

  it('sends every value as it is to who reads on', async () => {
    const text = await toSseResponse(range(0, 1000), quiet).text();
    expect(parseSse(text)).toHaveLength(1001);
  });

  it('works in Hono, where a client that leaves unsubscribes from the run', async () => {
    let left = 0;
    const run$ = concat(of('gold'), new Observable<never>(() => () => (left += 1)));
    const app = new Hono().get('/chat', () => toSseResponse(run$, quiet));
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const controller = new AbortController();
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${String(port)}/chat`, {
      signal: controller.signal,
    });
    const reader = response.body!.getReader();
    let seen = '';
    while (!seen.includes('gold')) seen += new TextDecoder().decode((await reader.read()).value);
    controller.abort();
    for (let count = 0; left === 0 && count < 50; count += 1) await turn();
    expect(left).toBe(1);
    (server as Server).closeAllConnections();
    server.close();
  });
});

describe.each([
  ['toSseResponse', toSseResponse],
  ['primedSseResponse', primedSseResponse],
] as const)('%s', (_, respond) => {
  it('refuses at the call what is invalid', async () => {
    const call = async (...args: unknown[]) => respond(...(args as [Observable<unknown>]));
    await expect(call(5)).rejects.toThrow(/what is sent must be an Observable .*, got 5/);
    await expect(call(of(1), { stallMs: -1 })).rejects.toThrow(/stallMs must be .*, got -1/);
  });
});

describe('primedSseResponse', () => {
  it('(T091) is a real status where the run fails before its first value', async () => {
    const error = new ModelError('sk-secret', {
      code: 'rate_limited',
      provider: 'anthropic',
      retryAfterMs: 900,
    });
    const response = await primedSseResponse(throwError(() => error));
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.text()).not.toContain('secret');
  });

  it('is the stream otherwise', async () => {
    const response = await primedSseResponse(of('gold', 'fish'), quiet);
    expect(parseSse(await response.text()).map(({ data }) => data)).toEqual([
      '"gold"',
      '"fish"',
      '{}',
    ]);
  });

  it('[2] unsubscribes from a run whose client leaves before the first value', async () => {
    let left = 0;
    const controller = new AbortController();
    const response = primedSseResponse(new Observable<never>(() => () => (left += 1)), {
      signal: controller.signal,
    });
    controller.abort();
    expect((await response).status).toBe(500);
    expect(left).toBe(1);
  });

  it('[2] unsubscribes from a run whose answer is never read', async () => {
    let left = 0;
    const run$ = concat(of(1), new Observable<never>(() => () => (left += 1)));
    const { body } = await primedSseResponse(run$);
    expect(left).toBe(0);
    await body?.cancel();
    expect(left).toBe(1);
  });
});
