import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  concat,
  finalize,
  ignoreElements,
  map,
  mergeMap,
  NEVER,
  type Observable,
  of,
  share,
  throwError,
  timer,
} from 'rxjs';

import { lambda, type RunEvent } from '../../../lib/index.js';
import {
  type EdgeErrorContext,
  primedSseResponse,
  remoteRunnable,
  type SseSource,
  toSseResponse,
  toUIMessageStreamResponse,
  writeSse,
  writeUIMessageStream,
} from '../../../lib/sse/index.js';
import { recordRun } from './measure.js';

/** `edges.ts`: answers hostile requests by every edge, and says what the edges reported, if it is still alive at the end. */
type Source = SseSource<string>;
interface Options {
  readonly headers?: Readonly<Record<string, string>>;
  readonly event?: () => string;
  readonly messageMetadata?: () => unknown;
  readonly onError?: (error: unknown, context: EdgeErrorContext) => void;
}

const send = async (made: Response | Promise<Response>, response: ServerResponse) => {
  const answer = await made;
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  const reader = answer.body?.getReader();
  response.on('close', () => {
    void reader?.cancel().catch(() => undefined);
  });
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    response.write(value);
  }
  response.end();
};
type Edge = (response: ServerResponse, source: Source, options: Options) => unknown;
const EDGES: Readonly<Record<string, Edge>> = {
  writeSse: (response, source, options) => writeSse(response, source, options),
  'writeSse primed': (response, source, options) =>
    writeSse(response, source, { ...options, primed: true }),
  toSseResponse: (response, source, options) => send(toSseResponse(source, options), response),
  primedSseResponse: (response, source, options) =>
    send(primedSseResponse(source, options), response),
  writeUIMessageStream: (response, source, options) =>
    writeUIMessageStream(response, source, options),
  toUIMessageStreamResponse: (response, source, options) =>
    send(toUIMessageStreamResponse(source, options), response),
};

const boom = (what: string) => () => {
  throw new Error(what);
};
const tearing = <T>(source$: Observable<T>) => source$.pipe(finalize(boom('teardown')));
const text$ = () => of('gold', 'fish');
/** The same, and an end in a later turn: what a finalizer throws while a source subscribes RxJS drops. */
const ending$ = () => concat(text$(), timer(1).pipe(ignoreElements()));
const endless$ = () => timer(0, 5).pipe(map((n) => String(n)));
const inside = (source: () => Observable<string>) =>
  lambda((_: string, config) => of(1).pipe(mergeMap(() => lambda(source).stream$('q', config))));
const heard =
  (listener: (event: RunEvent) => void): Source =>
  (config) =>
    lambda(text$).stream$('q', {
      ...config,
      listeners: [listener],
      onError: boom('onError of a run'),
    });

interface Case {
  readonly source: () => Source;
  readonly options?: Options;
  readonly leave?: true;
}
const CASES: Readonly<Record<string, Case>> = {
  'header undefined': { source: text$, options: { headers: { 'x-a': undefined as never } } },
  'header emoji': { source: text$, options: { headers: { 'x-a': '🐟' } } },
  'header CR LF': { source: text$, options: { headers: { 'x-a': 'a\r\nset-cookie: b' } } },
  'header name': { source: text$, options: { headers: { 'x a\n': 'a' } } },
  'failing run': { source: () => throwError(() => new Error('run')) },
  'failing later': {
    source: () => concat(text$(), timer(1).pipe(map(boom('later') as () => string))),
  },
  'source throws': { source: () => boom('source') },
  'hook throws': {
    source: text$,
    options: { event: boom('hook'), messageMetadata: boom('hook') },
  },
  'listener throws': { source: () => heard(boom('listener')) },
  'teardown at the end': { source: () => inside(() => tearing(ending$())).stream$('q') },
  'teardown, config handed on': {
    source: () => (config) => inside(() => tearing(ending$())).stream$('q', config),
  },
  'reset, teardown': { source: () => inside(() => tearing(endless$())).stream$('q'), leave: true },
  'reset, teardown, config': {
    source: () => (config) => inside(() => tearing(endless$())).stream$('q', config),
    leave: true,
  },
  'reset, bare teardown': { source: () => tearing(endless$()), leave: true },
  'reset, shared teardown': {
    source: () =>
      inside(() => tearing(endless$()))
        .stream$('q')
        .pipe(share()),
    leave: true,
  },
  'reset, silent': { source: () => concat(of('a'), NEVER).pipe(tearing), leave: true },
  'reset, synchronous': {
    source: () => of(...Array.from({ length: 5000 }, (_, n) => String(n).repeat(100))),
    leave: true,
  },
};

const FRAMES: Readonly<Record<string, string>> = {
  'no JSON': 'data: {\n\n',
  'odd message':
    'data: {"type":"ai","content":{"a":1},"additional_kwargs":5,"response_metadata":[]}\n\n',
  'odd calls':
    'data: {"type":"ai","content":[null],"additional_kwargs":{},"response_metadata":{},"tool_calls":7,"tool_call_chunks":null}\n\n',
  'null error': 'event: error\ndata: null\n\n',
  'poisoned error': 'event: error\ndata: {"name":"__proto__","code":"constructor","message":7}\n\n',
  nothing: '',
};

async function main(): Promise<void> {
  const reports: Record<string, string[]> = {};
  const seen: Record<string, { status: number; body: string }> = {};
  for (const throws of [false, true]) {
    for (const [edge, answer] of Object.entries(EDGES)) {
      for (const [name, { source, options, leave }] of Object.entries(CASES)) {
        const key = `${edge} | ${name}${throws ? ' | onError throws' : ''}`;
        reports[key] = [];
        const onError = (error: unknown, { when }: EdgeErrorContext) => {
          reports[key]?.push(`${when}: ${(error as Error).message.slice(0, 40)}`);
          if (throws) throw new Error('onError');
        };
        const server = createServer((_, response) => {
          // As a framework does, which ends an answer whose body fails.
          Promise.resolve(answer(response, source(), { ...options, onError })).catch(() =>
            response.destroy(),
          );
        });
        seen[key] = await ask(server, leave === true);
      }
    }
  }
  for (const [name, frames] of Object.entries(FRAMES)) {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`: ok\n\ndata: "a"\n\n${frames}`);
    });
    await listening(server);
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}`;
    const remote = remoteRunnable<string, string>(url);
    reports[`upstream | ${name}`] = [
      await remote.invoke('q').then(
        () => 'ended',
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      ),
    ];
    const edge = createServer((_, response) => {
      writeSse(response, (config) => remote.stream$('q', config), { primed: true });
    });
    seen[`upstream | ${name}`] = await ask(edge, false);
    server.closeAllConnections();
    server.close();
  }
  process.stdout.write(`${JSON.stringify({ reports, seen })}\n`);
  recordRun({ outcome: 'alive' });
}

const listening = (server: ReturnType<typeof createServer>) =>
  new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

/** What a client gets, or, if it leaves, the beginning of that. */
async function ask(
  server: ReturnType<typeof createServer>,
  leave: boolean,
): Promise<{ status: number; body: string }> {
  await listening(server);
  const { port } = server.address() as AddressInfo;
  const result = await new Promise<{ status: number; body: string }>((resolve) => {
    const asked = request(
      { port, host: '127.0.0.1', agent: false },
      (incoming: IncomingMessage) => {
        let body = '';
        const done = () => {
          resolve({ status: incoming.statusCode ?? 0, body: body.slice(0, 500) });
        };
        incoming.on('data', (data: Buffer) => {
          body += data.toString();
          if (leave && body.length > 20) incoming.socket.resetAndDestroy();
        });
        incoming.on('end', done).on('error', done).on('close', done);
      },
    );
    asked.on('error', () => {
      resolve({ status: 0, body: '' });
    });
    asked.end();
  });
  // The server learns of a reset in a later turn.
  await new Promise((resolve) => setTimeout(resolve, leave ? 15 : 0));
  server.closeAllConnections();
  server.close();
  return result;
}

void main();
