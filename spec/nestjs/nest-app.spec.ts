import 'reflect-metadata';
import {
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  HttpCode,
  type INestApplication,
  Module,
  type NestInterceptor,
  RequestMethod,
  Res,
  Sse,
  SseSignal,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { finalize, map, NEVER, type Observable } from 'rxjs';
import { ChatAnthropic } from 'rxlm/anthropic';
import { InjectModel } from '../../lib/nestjs/inject-model.js';
import { primedForNest } from '../../lib/nestjs/primed-for-nest.js';
import { RxlmModule } from '../../lib/nestjs/rxlm-module.js';
import type { ResponseWithHeaders } from '../../lib/nestjs/to-http-exception.js';
import { toMessageEvents } from '../../lib/nestjs/to-message-events.js';
import { goldfishSync } from '../../lib/testing/anthropic/recordings/goldfish.js';
import { recordingOf } from '../../lib/testing/anthropic/make-recording.js';
import { type ReplayServer, startReplayServer } from '../../lib/testing/anthropic/replay-server.js';
import { runOf } from '../../lib/sse/server/run-of.js';
import type { Reply } from '../../lib/testing/anthropic/reply.js';
import { decorate, decorateMethod } from './decorate.js';

/** What the interceptor and the quiet route have seen. */
const seen: string[] = [];

class Guard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    return headers['x-forbidden'] === undefined;
  }
}

class Watch implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(finalize(() => seen.push('let go')));
  }
}

class ChatController {
  constructor(private readonly model: ChatAnthropic) {}

  verse() {
    return this.model.stream$('A verse').pipe(
      map(({ text }) => text),
      toMessageEvents(),
    );
  }

  events({ text }: { text: string }) {
    return this.model.events$(text).pipe(toMessageEvents());
  }

  quiet() {
    return NEVER.pipe(toMessageEvents({ heartbeatMs: 20 }));
  }
}
decorate(ChatController, Controller(), UseGuards(Guard), UseInterceptors(Watch));
InjectModel('fast')(ChatController, undefined as never, 0);

/** Without an interceptor: Nest would answer before the promise has settled. */
class PrimedController {
  constructor(private readonly model: ChatAnthropic) {}

  ask(body: unknown) {
    return runOf(this.model, body)({}).pipe(toMessageEvents());
  }

  async prime(signal: AbortSignal, response: ResponseWithHeaders) {
    return (await primedForNest(this.model.events$('A verse'), { signal, response })).pipe(
      toMessageEvents(),
    );
  }
}
decorate(PrimedController, Controller());
InjectModel('fast')(PrimedController, undefined as never, 0);
decorateMethod(ChatController, 'verse', [Sse('verse')]);
decorateMethod(
  ChatController,
  'events',
  [Sse('events', { method: RequestMethod.POST }), HttpCode(200)],
  [Body()],
);
decorateMethod(
  PrimedController,
  'ask',
  [Sse('ask', { method: RequestMethod.POST }), HttpCode(200)],
  [Body()],
);
decorateMethod(
  PrimedController,
  'prime',
  [Sse('prime')],
  [SseSignal(), Res({ passthrough: true })],
);
decorateMethod(ChatController, 'quiet', [Sse('quiet')]);

let app: INestApplication;
let replay: ReplayServer;
let url: string;
/** What the next request to the model is answered. */
let reply: Reply | Promise<Reply> = goldfishSync;

beforeAll(async () => {
  replay = await startReplayServer({ strict: true, recordings: () => reply, delayMs: 2 });
  const fast = new ChatAnthropic({
    model: 'claude-3-haiku-20240307',
    maxTokens: 1024,
    apiKey: 'sk-key',
    baseURL: replay.url,
    maxRetries: 0,
  });
  class App {}
  const imports = [RxlmModule.forRoot({ models: { fast } })];
  decorate(App, Module({ imports, controllers: [ChatController, PrimedController] }));
  app = await NestFactory.create(App, new ExpressAdapter(), {
    logger: false,
    forceCloseConnections: true,
  });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});

afterAll(async () => {
  await app.close();
  await replay.close();
});

afterEach(() => {
  reply = goldfishSync;
  seen.length = 0;
});

/** The frames of a response, as a parser that is not ours reads them, and its comments. */
async function framesOf(response: Response, enough = Infinity) {
  const frames: EventSourceMessage[] = [];
  const comments: string[] = [];
  const parser = createParser({
    onEvent: (frame) => frames.push(frame),
    onComment: (comment) => comments.push(comment),
  });
  const text = new TextDecoder();
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    parser.feed(text.decode(bytes, { stream: true }));
    if (frames.length + comments.length >= enough) break;
  }
  return { frames, comments };
}

const get = (path: string, init: RequestInit = {}) => fetch(`${url}/${path}`, init);
const post = (path: string, body: object) =>
  get(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function until(condition: () => boolean): Promise<void> {
  for (let n = 0; n < 200 && !condition(); n++) await new Promise((go) => setTimeout(go, 5));
  expect(condition()).toBe(true);
}

describe('a Nest application (T093)', () => {
  it('streams a verse with @Sse: every frame has data and our id, and the last one says that it is the last', async () => {
    const response = await get('verse');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    const { frames } = await framesOf(response);
    expect(frames.map(({ id }) => id)).toEqual(frames.map((_, n) => String(n + 1)));
    expect(frames.at(-1)).toMatchObject({ event: 'end', data: '{}' });
    const texts = frames.slice(0, -1).map(({ data }) => JSON.parse(data) as string);
    const deltas = goldfishSync.map(
      ({ delta }) => (delta as { text?: string } | undefined)?.text ?? '',
    );
    expect(texts.join('')).toBe(deltas.join(''));
    expect(seen).toEqual(['let go']);
  });

  it('streams events with @Sse and POST', async () => {
    const response = await post('events', { text: 'Say hello' });
    expect(response.status).toBe(200);
    const { frames } = await framesOf(response);
    const events = frames.slice(0, -1).map(({ data }) => JSON.parse(data) as { event: string });
    expect(events[0]).toMatchObject({
      event: 'on_chat_model_start',
      data: { input: 'Say hello' },
    });
    expect(events.at(-1)).toMatchObject({ event: 'on_chat_model_end' });
  });

  it('asks the model nothing where the guard refuses', async () => {
    const asked = replay.requests.length;
    const response = await get('verse', { headers: { 'x-forbidden': '1' } });
    expect(response.status).toBe(403);
    expect(replay.requests).toHaveLength(asked);
    expect(seen).toEqual([]);
  });

  it('[2] closes the model’s socket when the client leaves, through interceptors', async () => {
    reply = recordingOf({ tokens: Array<string>(2000).fill('word ') });
    const asked = replay.requests.length;
    await framesOf(await get('verse'), 5);
    const { by } = await replay.requests[asked]!.closed;
    expect(by).toBe('client');
    expect(replay.requests[asked]!.finished).toBe(false);
    await until(() => seen.length > 0);
  });

  it('[2] closes it when the client leaves while the run is being primed', async () => {
    reply = new Promise<Reply>(() => {});
    const asked = replay.requests.length;
    const controller = new AbortController();
    const response = get('prime', { signal: controller.signal }).catch(() => 'left');
    await until(() => replay.requests.length > asked);
    controller.abort();
    expect(await response).toBe('left');
    expect(await replay.requests[asked]!.closed).toMatchObject({ by: 'client' });
  });

  it.each([
    [429, { 'retry-after': '7' }, 429, 'rate_limited'],
    [529, {}, 503, 'overloaded'],
    [401, {}, 502, 'unauthorized'],
  ])(
    '(T091) answers what is primed with a real status for a %p',
    async (status, headers: Record<string, string>, recorded, code) => {
      const error = { type: 'error', error: { type: 'x', message: 'sk-key at 10.0.0.1' } };
      reply = { status, headers, body: error };
      const response = await get('prime');
      expect(response.status).toBe(recorded);
      expect(response.headers.get('retry-after')).toBe(headers['retry-after'] ?? null);
      const body = await response.text();
      expect(JSON.parse(body)).toMatchObject({ statusCode: recorded, code });
      expect(body).not.toMatch(/sk-key|10\.0|127\.0/);
    },
  );

  it.each([{}, [], { input: 5 }])('answers 400 for the body %j', async (body) => {
    const response = await fetch(`${url}/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
  });

  it('streams what is primed, from its first event on', async () => {
    const { frames } = await framesOf(await get('prime'));
    expect(JSON.parse(frames[0]!.data)).toMatchObject({ event: 'on_chat_model_start' });
    expect(frames.at(-1)).toMatchObject({ event: 'end' });
  });

  it('[4] reports an error after the first frame as one last typed frame, with nothing secret in it', async () => {
    reply = goldfishSync.slice(0, 6);
    const { frames } = await framesOf(await get('verse'));
    expect(frames.length).toBeGreaterThan(2);
    expect(frames.at(-1)).toMatchObject({ event: 'error', id: String(frames.length) });
    expect(JSON.parse(frames.at(-1)!.data)).toEqual({
      name: 'ModelError',
      provider: 'anthropic',
      code: 'truncated',
      message: 'The answer was cut off. Try again.',
      retryable: expect.any(Boolean) as boolean,
    });
    expect(frames.filter(({ event }) => event === 'end')).toEqual([]);
  });

  it('(T089) sends comments without an id while there is nothing to say', async () => {
    const { frames, comments } = await framesOf(await get('quiet'), 3);
    expect(comments).toEqual(['ping', 'ping', 'ping']);
    expect(frames).toEqual([]);
    await until(() => seen.length > 0);
  });
});
