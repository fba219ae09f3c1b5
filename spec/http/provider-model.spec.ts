import { lastValueFrom, Subject, take, takeUntil, toArray } from 'rxjs';
import type { AnyMessage, ModelError, RunEvent } from 'rxlm';
import {
  type DecoderContext,
  MessageWriter,
  type ModelRequest,
  ProviderModel,
  type ProviderSettings,
  type StreamDecoder,
} from 'rxlm/provider';
import { begun, refused, startWireServer, streamed, type WireServer } from '../support/wire-server';

/** A wire as simple as can be: each event is a text, and `END` ends the message. */
class Toy implements StreamDecoder {
  complete = false;
  readonly #message: MessageWriter;
  constructor(private readonly context: DecoderContext) {
    this.#message = new MessageWriter(context);
  }
  event(name: string, data: string): boolean {
    if (name === 'ping') return false;
    if (name === 'error') throw this.context.reported({ error: { type: data, message: 'no' } });
    if (name === 'odd') this.context.unknown({ data });
    else if (data === 'END') this.complete = true;
    else this.#message.text(data);
    return true;
  }
  end(): boolean {
    return this.complete;
  }
}

class ChatToy extends ProviderModel {
  constructor(
    private readonly url: string,
    settings: Partial<ProviderSettings> = {},
  ) {
    super({
      provider: 'toy',
      maxRetries: 0,
      errors: { busy: { code: 'overloaded', status: 529, retryable: true } },
      ...settings,
    });
    this.secrets.add('sk-canary-1');
  }
  protected override toRequest(messages: readonly AnyMessage[]): ModelRequest {
    if (messages[0]?.text === 'bad') throw new TypeError('bad question');
    return {
      url: this.url,
      headers: { 'x-key': 'sk-canary-1' },
      body: { ask: messages.map(({ text }) => text) },
    };
  }
  protected override decoder(context: DecoderContext): StreamDecoder {
    return new Toy(context);
  }
}

const events = (...data: readonly string[]) => data.map((each) => `data: ${each}\n\n`).join('');

describe('ProviderModel', () => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());
  const model = (settings?: Partial<ProviderSettings>) => new ChatToy(server.url, settings);
  const fails = (settings?: Partial<ProviderSettings>, question = 'Hi') =>
    model(settings)
      .invoke(question)
      .then(
        () => Promise.reject(new Error('it succeeded')),
        (error: unknown) => error as ModelError,
      );

  it('sends nothing before it is subscribed to, and one request for each subscription', async () => {
    server.answer(streamed(events('a', 'END')), streamed(events('b', 'END')));
    const before = server.requests.length;
    const stream$ = model().stream$('Hi');
    expect(server.requests.length).toBe(before);
    await lastValueFrom(stream$);
    expect((await lastValueFrom(stream$.pipe(toArray()))).map(({ text }) => text)).toEqual(['b']);
    expect(server.requests.slice(before).map(({ body }) => body)).toEqual([
      { ask: ['Hi'] },
      { ask: ['Hi'] },
    ]);
  });

  it('closes the connection when it is unsubscribed', async () => {
    server.answer(begun(events('a', 'b')));
    const before = server.aborted();
    await lastValueFrom(model().stream$('Hi').pipe(take(1)));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.aborted()).toBe(before + 1);
  });

  it('fails by what the provider reports, with the message so far', async () => {
    server.answer(streamed(`${events('a')}event: error\ndata: busy\n\n`));
    expect(await fails()).toMatchObject({
      code: 'overloaded',
      status: 529,
      provider: 'toy',
      emitted: true,
      partial: { content: 'a' },
    });
  });

  it('fails by an end that proves nothing', async () => {
    server.answer(streamed(events('a')));
    expect(await fails()).toMatchObject({ code: 'truncated', partial: { content: 'a' } });
  });

  it('fails by a wrong request before anything is sent', async () => {
    const before = server.requests.length;
    expect(await fails({ maxRetries: 2 }, 'bad')).toMatchObject({
      name: 'TypeError',
      message: 'bad question',
    });
    expect(server.requests.length).toBe(before);
  });

  it('tries again while nothing has been emitted, and reports each attempt', async () => {
    server.answer(
      refused(503, { error: { message: 'sk-canary-1' } }, { 'retry-after': '0' }),
      streamed('event: error\ndata: busy\n\n'),
      streamed(events('a', 'END')),
    );
    const seen = await lastValueFrom(model({ maxRetries: 2 }).events$('Hi').pipe(toArray()));
    const retries = seen.filter(({ event }) => event === 'on_chat_model_retry');
    expect(retries.map(({ data }) => (data as { attempt: number }).attempt)).toEqual([1, 2]);
    expect(JSON.stringify(seen)).not.toContain('canary');
    expect(seen.at(-1)).toMatchObject({ data: { output: { content: 'a' } } });
  });

  it('reports an unknown event without secrets', async () => {
    server.answer(streamed(`event: odd\ndata: sk-canary-1\n\n${events('END')}`));
    const seen: RunEvent[] = [];
    await model().invoke('Hi', { listeners: [(event) => seen.push(event)] });
    expect(seen).toContainEqual(
      expect.objectContaining({
        event: 'on_custom_event',
        name: 'provider_event',
        data: { data: '[redacted]' },
      }),
    );
  });

  it.each([
    ['headers', { headers: 50 }, () => undefined],
    ['idle', { idle: 50 }, begun(events('a'))],
    ['content', { content: 60 }, begun(events('a'))],
    ['total', { total: 50 }, begun(events('a'))],
  ] as const)('keeps the %s clock', async (phase, timeouts, answer) => {
    server.answer(answer);
    expect(await fails({ timeouts })).toMatchObject({ code: 'timeout', phase });
  });

  it('uses a fetch of the caller’s', async () => {
    const fetch = jest.fn(() =>
      Promise.resolve(
        new Response(events('a', 'END'), { headers: { 'content-type': 'text/event-stream' } }),
      ),
    );
    expect((await model({ fetch }).invoke('Hi')).text).toBe('a');
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('reads a line of JSON an event where that is the media type', async () => {
    server.answer(streamed('a\n\nb\nEND', 'application/x-ndjson'));
    class Lines extends ChatToy {
      protected override decoder(context: DecoderContext): StreamDecoder {
        const toy = new Toy(context);
        return {
          get complete() {
            return toy.complete;
          },
          event: (name, data) => toy.event(name, data),
          end: (rest) => rest !== undefined && toy.event(rest.name, rest.data) && toy.complete,
        };
      }
    }
    const lines = new Lines(server.url, { mediaType: 'application/x-ndjson' });
    expect((await lines.invoke('Hi')).text).toBe('ab');
  });

  it('begins nothing where it is unsubscribed in the same turn', async () => {
    const before = server.requests.length;
    const stop$ = new Subject<void>();
    model().stream$('Hi').pipe(takeUntil(stop$)).subscribe();
    stop$.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.requests.length).toBe(before);
  });

  it('leaves no rejection unhandled where making the request unsubscribes and fails', async () => {
    const stop$ = new Subject<void>();
    class Late extends ChatToy {
      protected override toRequest(): never {
        stop$.next();
        return Promise.reject(new Error('too late')) as never;
      }
    }
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    new Late(server.url).stream$('Hi').pipe(takeUntil(stop$)).subscribe();
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
