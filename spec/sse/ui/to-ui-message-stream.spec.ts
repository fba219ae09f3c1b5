import {
  asSchema,
  DefaultChatTransport,
  readUIMessageStream,
  type UIMessage,
  uiMessageChunkSchema,
} from 'ai';
import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  concat,
  from,
  lastValueFrom,
  map,
  NEVER,
  Observable,
  of,
  type OperatorFunction,
  take,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import { ChatAnthropic } from 'rxlm/anthropic';
import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import type { ChatInput } from '../../../lib/chat/chat-input.js';
import { runTools } from '../../../lib/runnables/agent/run-tools.js';
import { durableRuns } from '../../../lib/runs/durable-runs.js';
import { toUIMessageStream } from '../../../lib/sse/ui/to-ui-message-stream.js';
import { toUIMessageStreamResponse } from '../../../lib/sse/ui/to-ui-message-stream-response.js';
import type { UIMessageChunk } from '../../../lib/sse/ui/ui-message-chunk.js';
import type { UIMessageStreamOptions } from '../../../lib/sse/ui/ui-options.js';
import { goldfishSync } from '../../../lib/testing/anthropic/recordings/goldfish.js';
import { recordingOf } from '../../../lib/testing/anthropic/make-recording.js';
import { startReplayServer } from '../../../lib/testing/anthropic/replay-server.js';
import type { Recording } from '../../../lib/testing/anthropic/recording.js';
import { tool } from '../../../lib/tools/tool.js';
import { cutMessage } from '../../messages/cut-message.js';
import { marbles } from '../../operators/quartet.js';
import { Parrot } from '../../operators/some-runs.js';
import { ScriptedModel } from '../../support/scripted-model.js';

const all = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));
const types = map(({ type }: UIMessageChunk) => type);

describe('toUIMessageStream', () => {
  it(
    'reports the start at once, chunks as they come, and the finish',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('  -----a----b----|');
      const expected = '      s----(xyz)z----(efg|)';
      expectObservable(source$.pipe(toUIMessageStream(), types)).toBe(expected, {
        s: 'start',
        x: 'start-step',
        y: 'text-start',
        z: 'text-delta',
        e: 'text-end',
        f: 'finish-step',
        g: 'finish',
      });
      expectSubscriptions(source$.subscriptions).toBe('^--------------!');
    }),
  );

  it(
    '[4] reports an error after what came before it, and completes',
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-a-#').pipe(take(0), toUIMessageStream(), types)).toBe('(sg|)', {
        s: 'start',
        g: 'finish',
      });
      expectObservable(cold('-#').pipe(toUIMessageStream(), types)).toBe('s(e|)', {
        s: 'start',
        e: 'error',
      });
    }),
  );

  it(
    '[2] unsubscribes from its source when it is released',
    marbles(({ cold, expectObservable, expectSubscriptions, flush }) => {
      const source$ = cold('-a-------|');
      expectObservable(source$.pipe(toUIMessageStream()), '---!');
      flush();
      expectSubscriptions(source$.subscriptions).toBe('    ^--!');
    }),
  );

  it('stops a synchronous source as soon as its listener has had enough', () => {
    let given = 0;
    const firehose$ = new Observable<string>((subscriber) => {
      for (; !subscriber.closed && given < 1000; given++) subscriber.next('a');
    });
    firehose$.pipe(toUIMessageStream(), take(3)).subscribe();
    expect(given).toBe(1);
  });

  describe('[4] reports an error, and ends as the protocol has it, where', () => {
    const call = { type: 'tool_call', id: 't', name: 'n', args: {} } as const;
    const answered = [
      new AIMessageChunk({ id: 'a', content: '', tool_calls: [call] }),
      new ToolMessage({ content: '{}', tool_call_id: 't' }),
    ];
    const fail = (): never => {
      throw new Error('secret');
    };
    it.each<[string, ChatInput[], UIMessageStreamOptions]>([
      [
        'metadata fails at the finish',
        ['a'],
        { messageMetadata: ({ phase }) => (phase === 'finish' ? fail() : undefined) },
      ],
      ['metadata has no words in JSON', ['a'], { messageMetadata: () => ({ n: 1n }) }],
      ['a result has none', answered, { toolOutput: () => ({ n: 1n }) }],
      [
        'a result fails, and the text of the error too',
        answered,
        { toolOutput: fail, errorText: fail },
      ],
    ])('%s', async (_, values, options) => {
      const text = await toUIMessageStreamResponse(from(values), options).text();
      const frames = text.split('\n\n').map((frame) => frame.replace(/^(: ok|id: \d+)\n?/, ''));
      expect(text).not.toMatch(/secret|event: error/);
      expect(frames.at(-3)).toBe('data: {"type":"error","errorText":"Something went wrong."}');
      expect(frames.at(-2)).toBe('data: [DONE]');
    });
  });

  it('keeps nothing between subscriptions', async () => {
    let ids = 0;
    const chunk$ = of('a').pipe(toUIMessageStream({ messageId: () => String((ids += 1)) }));
    const [[first, ...firstRest], [second, ...secondRest]] = [await all(chunk$), await all(chunk$)];
    expect([first, second]).toEqual([
      { type: 'start', messageId: '1' },
      { type: 'start', messageId: '2' },
    ]);
    expect(secondRest).toEqual(firstRest);
  });

  it('reports chunks that the AI SDK’s own schema takes, of any message, and all of its text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(cutMessage, { maxLength: 2 }),
        fc.boolean(),
        async (messages, fails) => {
          const chunks = messages.flatMap((message) => message.chunks);
          const source$ = concat(from(chunks), fails ? throwError(() => new Error('lost')) : of());
          const recorded = await all(source$.pipe(toUIMessageStream()));
          for (const chunk of recorded) expect(await objection(chunk)).toBeUndefined();
          expect(recorded.at(-1)!.type).toBe(fails ? 'error' : 'finish');
          const texts = recorded.flatMap((chunk) =>
            chunk.type === 'text-delta' ? [chunk.delta] : [],
          );
          expect(texts.join('')).toBe(messages.map(({ message }) => message.text).join(''));
          // The client throws for pieces of what has not begun, so that it has to have begun.
          const { errors } = await read(from(recorded));
          expect(errors).toHaveLength(fails ? 1 : 0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each([[5], [{ errorText: 5 }]])('takes no %p for options', (options) => {
    expect(() => toUIMessageStream(options as object)).toThrow(TypeError);
  });

  it('has types', () => {
    expectTypeOf(toUIMessageStream()).toEqualTypeOf<OperatorFunction<ChatInput, UIMessageChunk>>();
    expectTypeOf(new Parrot().events$('a').pipe(toUIMessageStream())).toEqualTypeOf<
      Observable<UIMessageChunk>
    >();
  });
});

describe('the AI SDK’s own client, over a socket', () => {
  it('reads the goldfish verse', async () => {
    const { message, errors, chunks } = await ask((model) => model.events$('Hi'), [goldfishSync]);
    const deltas = goldfishSync.map(
      ({ delta }) => (delta as { text?: string } | undefined)?.text ?? '',
    );
    expect(textOf(message.parts)).toBe(deltas.join(''));
    expect(textOf(message.parts)).toMatch(/goldfish/i);
    expect(errors).toEqual([]);
    expect(message.parts.map(({ type }) => type)).toEqual(['step-start', 'text']);
    expect(message.parts.at(-1)).toMatchObject({ state: 'done' });
    expect(chunks.at(-1)).toEqual({ type: 'finish', finishReason: 'stop' });
  });

  it('reads reasoning, and the text after it', async () => {
    const recording = recordingOf({
      content: [{ thinking: ['Let me', ' think'], signature: 'EqQB' }, { text: ['It is', ' 1.'] }],
    });
    const { message } = await ask((model) => model.stream$('Hi'), [recording]);
    expect(message.parts).toMatchObject([
      { type: 'step-start' },
      { type: 'reasoning', text: 'Let me think', state: 'done' },
      { type: 'text', text: 'It is 1.', state: 'done' },
    ]);
  });

  const called = recordingOf({
    content: [
      { text: ['Let me', ' see.'] },
      { tool: 'add', id: 'toolu_1', input: ['{"a":1,', '"b":2}'] },
    ],
    stopReason: 'tool_use',
  });
  const add = (func: (input: { a: number; b: number }) => unknown) =>
    tool({ name: 'add', schema: { type: 'object' }, func: func as (input: unknown) => unknown });

  it.each(['stream$', 'events$'] as const)(
    'reads a tool call and its result, of %s',
    async (view) => {
      const { message, errors } = await ask(
        (model) =>
          runTools(model, [add(({ a, b }) => ({ sum: a + b }))])[view](
            'Hi',
          ) as Observable<ChatInput>,
        [called, recordingOf({ content: [{ text: ['It is 3.'] }] })],
      );
      expect(errors).toEqual([]);
      expect(message.parts).toMatchObject([
        { type: 'step-start' },
        { type: 'text', text: 'Let me see.' },
        {
          type: 'tool-add',
          toolCallId: 'toolu_1',
          state: 'output-available',
          input: { a: 1, b: 2 },
          output: { sum: 3 },
        },
        { type: 'step-start' },
        { type: 'text', text: 'It is 3.' },
      ]);
    },
  );

  it('reads that a tool failed, and not why', async () => {
    const failing = add(() => {
      throw new Error('no access to 10.0.0.1 with sk-secret');
    });
    const { message, body } = await ask(
      (model) => runTools(model, [failing]).events$('Hi'),
      [called, recordingOf({ content: [{ text: ['Sorry.'] }] })],
    );
    expect(message.parts[2]).toMatchObject({
      state: 'output-error',
      errorText: 'The tool has failed.',
      input: { a: 1, b: 2 },
    });
    expect(body).not.toContain('sk-secret');
  });

  it('[4] reads a safe error after the text that came before it', async () => {
    const cut = goldfishSync.slice(0, 6);
    const { message, errors, body } = await ask((model) => model.events$('Hi'), [cut]);
    expect(textOf(message.parts).length).toBeGreaterThan(0);
    expect(errors).toEqual([new Error('The answer was cut off. Try again.')]);
    expect(body).not.toMatch(/127\.0\.0\.1|sk-key/);
  });

  it('reads an abort', async () => {
    const controller = new AbortController();
    const silent = new ScriptedModel(concat(of('gold'), NEVER));
    const { chunks } = await ask(() => {
      setTimeout(() => controller.abort(), 20);
      return silent.events$('Hi', { signal: controller.signal });
    }, []);
    expect(chunks.at(-1)).toEqual({ type: 'abort' });
  });

  it('reads the cancellation of a durable run as an abort, behind all that came', async () => {
    const runs = durableRuns();
    await runs.start('run', () => concat(of('gold'), NEVER));
    const values$ = runs.join$<string>('run').pipe(
      map(({ value }) => value),
      tap(() => void runs.cancel('run')),
    );
    const chunks = await lastValueFrom(values$.pipe(toUIMessageStream(), toArray()));
    expect(chunks.map(({ type }) => type)).toEqual([
      ...['start', 'start-step', 'text-start', 'text-delta', 'text-end', 'abort'],
    ]);
  });
});

const textOf = (parts: UIMessage['parts']): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

/** What the AI SDK’s client reads of what a server answers with a model that plays recordings. */
async function ask(
  source$: (model: ChatAnthropic) => Observable<ChatInput>,
  recordings: readonly Recording[],
  options?: UIMessageStreamOptions,
) {
  const replay = await startReplayServer({ strict: true, recordings });
  const model = new ChatAnthropic({
    model: 'claude-3-haiku-20240307',
    maxTokens: 1024,
    apiKey: 'sk-key',
    baseURL: replay.url,
    maxRetries: 0,
  });
  let body = '';
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const write = (data: string) => {
      body += data;
      response.write(`data: ${data}\n\n`);
    };
    request.resume().on('end', () => {
      source$(model)
        .pipe(toUIMessageStream(options))
        .subscribe({
          next: (chunk) => write(JSON.stringify(chunk)),
          complete: () => {
            write('[DONE]');
            response.end();
          },
        });
    });
  });
  try {
    const stream = await new DefaultChatTransport({ api: await urlOf(server) }).sendMessages({
      trigger: 'submit-message',
      chatId: 'chat',
      messageId: undefined,
      messages: [],
      abortSignal: undefined,
    });
    const chunks: UIMessageChunk[] = [];
    for await (const chunk of stream as unknown as AsyncIterable<UIMessageChunk>)
      chunks.push(chunk);
    for (const chunk of chunks) expect(await objection(chunk)).toBeUndefined();
    return { chunks, body, ...(await read(from(chunks))) };
  } finally {
    server.close();
    server.closeAllConnections();
    await replay.close();
  }
}

async function urlOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

/** What the AI SDK's schema has against a chunk. */
async function objection(chunk: unknown): Promise<unknown> {
  const result = await asSchema(uiMessageChunkSchema).validate!(JSON.parse(JSON.stringify(chunk)));
  return result.success ? undefined : result.error;
}

/** What the AI SDK makes of some chunks. */
async function read(chunk$: Observable<UIMessageChunk>) {
  const errors: unknown[] = [];
  const chunks = await all(chunk$);
  const stream = new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  let message: UIMessage = { id: '', role: 'assistant', parts: [] };
  for await (const each of readUIMessageStream({
    stream: stream as Parameters<typeof readUIMessageStream>[0]['stream'],
    onError: (error) => errors.push(error),
  }))
    message = each;
  return { message, errors };
}
