import express from 'express';
import {
  createServer,
  type IncomingMessage,
  request,
  type RequestListener,
  type Server,
} from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { concat, defer, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { lambda } from 'rxlm';
import { ChatAnthropic } from 'rxlm/anthropic';
import { goldfishSync, startFaultServer, startReplayServer } from 'rxlm/testing';
import { ModelError } from '../../../lib/errors/model-error.js';
import type { EdgeErrorContext } from '../../../lib/sse/frames/edge-errors.js';
import { runOf } from '../../../lib/sse/server/run-of.js';
import { type NodeResponse, writeSse } from '../../../lib/sse/server/write-sse.js';
import { emittedWarnings } from '../../support/emitted-warnings.js';
import { parseSse } from '../sse-events.js';

const servers: { close(): unknown; closeAllConnections?(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.();
    server.close();
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
const serve = (listener: RequestListener) => listen(createServer(listener));

/** A client that reads at the given pace. */
function ask(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, resolve).on('error', reject).end();
  });
}
const settled = async (condition: () => boolean) => {
  for (let turn = 0; turn < 200 && !condition(); turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
};
const keyed = (baseURL: string, options = {}) =>
  new ChatAnthropic({ model: 'm', apiKey: 'sk-canary-key', baseURL, maxRetries: 0, ...options });

describe('writeSse', () => {
  it('(T088) answers with the headers of an event stream and something at once, though the model is silent', async () => {
    const url = await serve((_, response) => {
      writeSse(response, NEVER);
    });
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const { value } = await response.body!.getReader().read();
    expect(new TextDecoder().decode(value)).toBe(': ok\n\n');
  });

  it('sends the events of a model, each with an id, read by another parser', async () => {
    const provider = await startReplayServer({ strict: true, recordings: [goldfishSync] });
    const model = keyed(provider.url);
    const url = await serve((_, response) => {
      writeSse(response, (config) => model.events$('Hi', config));
    });
    const frames = parseSse(await (await fetch(url)).text());
    const values = frames.slice(0, -1).map(({ data }) => JSON.parse(data) as { event: string });
    expect(frames.map(({ id }) => id)).toEqual(frames.map((_, index) => String(index + 1)));
    expect(frames.at(-1)).toMatchObject({ event: 'end', data: '{}' });
    expect(values[0]).toMatchObject({ event: 'on_chat_model_start' });
    expect(values.at(-1)).toMatchObject({ event: 'on_chat_model_end' });
    await provider.close();
  });

  it('[2] (T094) unsubscribes from the run when the client disconnects, and the provider sees it', async () => {
    const provider = await startFaultServer();
    const model = keyed(provider.baseUrl('stall'));
    const url = await serve((_, response) => {
      writeSse(response, model.stream$('Hi'));
    });
    const response = await ask(url);
    response.resume();
    await settled(() => provider.requests.length === 1);
    response.destroy();
    await settled(() => provider.requests[0]?.closedAt !== undefined);
    await provider.close();
  });

  it('[2] (T094) also while a drain is pending', async () => {
    let left = false;
    const endless$ = new Observable<string>((subscriber) => {
      const timer = setInterval(() => {
        subscriber.next('x'.repeat(100_000));
        subscriber.next({ no: 'neighbour' } as unknown as string);
      }, 1);
      return () => {
        left = true;
        clearInterval(timer);
      };
    });
    const url = await serve((_, response) => {
      writeSse(response, endless$, { maxBuffered: 1e9 });
    });
    const response = await ask(url);
    response.pause();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(left).toBe(false);
    response.destroy();
    await settled(() => left);
  });

  it('[19] (T083) bounds a client that takes nothing, and never slows another of the same run', async () => {
    const run$ = new Subject<{ text: string }>();
    const url = await serve((_, response) => {
      writeSse(response, run$);
    });
    const stuck = await ask(url);
    stuck.pause();
    const fast = await ask(url);
    let seen = '';
    fast.setEncoding('utf8').on('data', (text: string) => (seen += text));
    await settled(() => seen.includes('ok'));
    for (let index = 0; index < 400; index += 1) {
      run$.next({ text: `${String(index)} ${'x'.repeat(50_000)}` });
      await new Promise((resolve) => setImmediate(resolve));
    }
    run$.complete();
    await settled(() => seen.includes('event: end'));
    expect(parseSse(seen)).toHaveLength(401);
    const end = new Promise((resolve) => {
      stuck.on('error', resolve).on('close', resolve);
    });
    let got = '';
    stuck.setEncoding('utf8').on('data', (text: string) => (got += text));
    stuck.resume();
    await end;
    const last = parseSse(got).at(-1);
    expect(last?.event).toBeUndefined();
    expect(Number(last?.id)).toBeLessThan(400);
  });

  it.each([
    ['rate_limited', 429],
    ['overloaded', 503],
    ['unauthorized', 502],
  ] as const)('(T091) with primed, %s before the first value is %d', async (code, status) => {
    const error = new ModelError('sk-canary-key', {
      code,
      provider: 'anthropic',
      retryAfterMs: 2000,
    });
    const url = await serve((_, response) => {
      writeSse(
        response,
        throwError(() => error),
        { primed: true },
      );
    });
    const response = await fetch(url);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe('2');
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ error: { code } });
    expect(body).not.toContain('canary');
  });

  it('[2] with primed, unsubscribes from a run whose client leaves before the first value', async () => {
    let left = 0;
    const silent$ = new Observable<never>(() => () => (left += 1));
    const url = await serve((_, response) => {
      writeSse(response, silent$, { primed: true });
    });
    const asked = request(url, { agent: false }).on('error', () => undefined);
    asked.end();
    await new Promise((resolve) => setTimeout(resolve, 100));
    asked.destroy();
    await settled(() => left === 1);
  });

  it('(T094) works in Express, and leaves the connection for the next request', async () => {
    const app = express();
    app.post('/chat', (_, response) => {
      writeSse(response, of('gold', 'fish'));
    });
    const url = await listen(createServer(app));
    for (let round = 0; round < 3; round += 1) {
      const response = await fetch(`${url}/chat`, { method: 'POST' });
      expect(parseSse(await response.text()).map(({ data }) => data)).toEqual([
        '"gold"',
        '"fish"',
        '{}',
      ]);
    }
  });

  it('(T094) works over HTTP/2, where a reset stream unsubscribes from the run', async () => {
    let left = 0;
    const run$ = concat(of('gold'), new Observable<never>(() => () => (left += 1)));
    const server = createHttp2Server((_, response) => {
      writeSse(response as unknown as NodeResponse, run$);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const session = connectHttp2(
      `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    );
    const stream = session.request({ ':path': '/' });
    let text = '';
    stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    await settled(() => text.includes('gold'));
    stream.close();
    await settled(() => left === 1);
    session.destroy();
    server.close();
  });

  it('begins nothing for a client that has left already', async () => {
    let begun = 0;
    let done = false;
    const url = await serve((_, response) => {
      response.on('close', () => {
        expect(writeSse(response, () => of((begun += 1))).closed).toBe(true);
        done = true;
      });
    });
    const asked = request(url, { agent: false }).on('error', () => undefined);
    asked.end();
    await new Promise((resolve) => setTimeout(resolve, 50));
    asked.destroy();
    await settled(() => done);
    expect(begun).toBe(0);
  });

  it('(T094) begins nothing for a client of HTTP/2 that has left already', async () => {
    let begun = 0;
    let sent: boolean | undefined;
    const server = createHttp2Server((_, response) => {
      response.stream.on('close', () => {
        sent = writeSse(response as unknown as NodeResponse, () => of((begun += 1))).closed;
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const session = connectHttp2(
      `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    );
    const stream = session.request({ ':path': '/' });
    stream.on('error', () => undefined);
    setTimeout(() => {
      stream.close(8);
    }, 50);
    await settled(() => sent !== undefined);
    expect([sent, begun]).toEqual([true, 0]);
    session.destroy();
    server.close();
  });

  it.each([
    ['a line end', 'a\nb'],
    ['an emoji', '🐟'],
    ['nothing', undefined],
    ['an array', ['a']],
    ['a number', 5],
  ])('[6] answers 500 for a header that is %s, reports it, and runs nothing', async (_, value) => {
    const reported: unknown[] = [];
    let begun = 0;
    const run$ = defer(() => of((begun += 1)));
    for (const primed of [true, false]) {
      const url = await serve((_request, response) => {
        const headers = { 'x-bad': value as string };
        writeSse(response, run$, {
          primed,
          headers,
          onError: (error, context) => reported.push([(error as Error).message, context]),
        });
      });
      expect((await fetch(url)).status).toBe(500);
      expect(reported.pop()).toEqual([
        expect.stringMatching(/the header "x-bad" must/),
        { edge: 'writeSse', when: 'edge', status: 500 },
      ]);
    }
    expect([begun, reported]).toEqual([0, []]);
  });

  it('sends its headers with an answer that says a status, too', async () => {
    const busy = new ModelError('busy', {
      code: 'rate_limited',
      provider: 'x',
      retryAfterMs: 2000,
    });
    const heard: unknown[] = [];
    const url = await serve((_, response) => {
      writeSse(
        response,
        throwError(() => busy),
        {
          primed: true,
          headers: { 'Access-Control-Allow-Origin': 'https://a.bc' },
          onError: (...given) => heard.push(given),
        },
      );
    });
    const response = await fetch(url);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2']);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://a.bc');
    expect(heard).toEqual([[busy, { edge: 'writeSse', when: 'run', status: 429 }]]);
  });

  it.each([true, false])('answers 400 for a refused body, primed: %p', async (primed) => {
    const heard: unknown[] = [];
    const url = await serve((_, response) => {
      const options = {
        primed,
        onError: (_error: unknown, { when }: EdgeErrorContext) => heard.push(when),
      };
      writeSse(response, runOf(lambda(String), {}), options);
    });
    const response = await fetch(url);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/stack|at /);
    expect(heard).toEqual(['request']);
  });

  it('reports an error of the run to onError, and goes on to report the client what is safe', async () => {
    const secret = new TypeError('of my own code');
    const heard: unknown[] = [];
    const url = await serve((_, response) => {
      writeSse(
        response,
        concat(
          of('gold'),
          throwError(() => secret),
        ),
        {
          onError: (...given) => {
            heard.push(given);
            throw new Error('and this one as well');
          },
        },
      );
    });
    const warnings = emittedWarnings();
    const frames = parseSse(await (await fetch(url)).text());
    expect(frames.map(({ event }) => event)).toEqual([undefined, 'error']);
    expect(heard).toEqual([[secret, { edge: 'writeSse', when: 'run' }]]);
    expect(warnings()).toMatchObject([{ name: 'RxlmEdgeWarning', code: 'RXLM_EDGE' }]);
  });

  it('answers with the headers that hooks of Fastify have set', async () => {
    const app = fastify();
    app.addHook('onRequest', (_request, reply, done) => {
      void reply
        .header('access-control-allow-origin', 'https://a.bc')
        .header('set-cookie', ['a=1', 'b=2']);
      done();
    });
    app.get('/', (_request, reply) => {
      writeSse(reply, of('gold'));
    });
    const response = await fetch(await app.listen({ port: 0, host: '127.0.0.1' }));
    expect(response.headers.get('access-control-allow-origin')).toBe('https://a.bc');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    expect(parseSse(await response.text())).toHaveLength(2);
    await app.close();
  });

  it('is released by its subscription, which ends the response', async () => {
    const run$ = new Subject<string>();
    const url = await serve((_, response) => {
      const sent = writeSse(response, run$);
      setTimeout(() => {
        sent.unsubscribe();
      }, 20);
    });
    await (await fetch(url)).text();
    expect(run$.observed).toBe(false);
  });

  it('with primed, unsubscribed before the first value, answers 503 and says why to onError', async () => {
    const run$ = new Subject<string>();
    const onError = jest.fn();
    const url = await serve((_, response) => {
      const sent = writeSse(response, run$, { primed: true, onError });
      setTimeout(() => {
        sent.unsubscribe();
      }, 20);
    });
    const response = await fetch(url);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ error: { code: 'overloaded' } });
    expect(run$.observed).toBe(false);
    expect(onError).toHaveBeenCalledTimes(1);
    const [error, context] = onError.mock.calls[0] as [Error, object];
    expect(error.message).toMatch(/^writeSse: .* unsubscribed before .* 503\. Unsubscribe it /);
    expect(context).toEqual({ edge: 'writeSse', when: 'run', status: 503 });
  });

  it.each([undefined, {}, 5])('refuses %j as a response', (response) => {
    expect(() => writeSse(response as never, of(1))).toThrow(/writeSse takes a response of Node/);
  });

  it('reports what fails first as a frame where the handler has sent the headers', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      writeSse(
        response,
        throwError(() => new Error('no')),
        { primed: true },
      );
    });
    const frames = parseSse(await (await fetch(url)).text());
    expect(frames.map(({ event }) => event)).toEqual(['error']);
  });

  it('ends the answer for a value or an error that throws when it is looked at, and nothing else', async () => {
    const fail = () => {
      throw new Error('sk-canary');
    };
    const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf'].map((name) => [name, fail]);
    const trap = new Proxy({}, Object.fromEntries(traps) as ProxyHandler<object>);
    const value$ = new Observable<unknown>((subscriber) => {
      subscriber.next(trap);
      subscriber.complete();
    });
    for (const source of [value$, throwError(() => trap)])
      for (const primed of [true, false]) {
        let heard = 0;
        const onError = () => {
          heard += 1;
        };
        const url = await serve((_, response) => writeSse(response, source, { primed, onError }));
        const response = await fetch(url);
        const text = await response.text();
        expect([response.status, text]).toEqual([
          primed && source !== value$ ? 500 : 200,
          expect.stringContaining('internal') as string,
        ]);
        expect(text).not.toContain('sk-canary');
        expect(heard).toBe(1);
      }
  });

  it('answers HEAD with the head, and runs nothing', async () => {
    let runs = 0;
    const url = await serve((_, response) => {
      writeSse(response, () => of((runs += 1)), { primed: runs > 0 });
    });
    const { status, headers } = await fetch(url, { method: 'HEAD' });
    expect([status, headers.get('content-type'), runs]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      0,
    ]);
  });
});
