import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectTypeOf } from 'expect-type';
import {
  type ChatModel,
  ModelError,
  runTools,
  type RunEvent,
  tool,
  withFallbacks,
  withRetry,
  withStructuredOutput,
} from 'rxlm';
import { FakeChatModel } from 'rxlm/testing';
import { z } from 'zod';
import { RemoteChatModel } from '../../../lib/sse/client/remote-chat-model.js';
import { runOf } from '../../../lib/sse/server/run-of.js';
import { writeSse } from '../../../lib/sse/server/write-sse.js';
import { faultsOf, record } from '../../support/run-events.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const TRUSTING = {
  events: true,
  toolResults: true,
  history: 'unchecked',
  clientConfig: ['tags', 'metadata', 'runName', 'runId'],
} as const;
/** A server that runs the model, and what it was asked with. */
async function serve(model: ChatModel) {
  const asked: { config: Record<string, unknown>; input: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as (typeof asked)[number];
      asked.push(body);
      writeSse(response, runOf(model, body, TRUSTING), { primed: true });
    });
  });
  closers.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  return { url, asked };
}

const add = tool({
  name: 'add',
  description: 'Adds.',
  schema: z.object({ a: z.number(), b: z.number() }),
  func: ({ a, b }) => a + b,
});
const calling = [{ name: 'add', args: { a: 1, b: 2 } }];

describe('RemoteChatModel', () => {
  it('is a chat model', () => {
    const remote = new RemoteChatModel('/chat');
    expectTypeOf(remote).toExtend<ChatModel>();
    expect([remote.name, remote.runType]).toEqual(['RemoteChatModel', 'chat_model']);
    expect(new RemoteChatModel('/chat', { name: 'poet' }).name).toBe('poet');
    expect(() => remote.stream$(7 as never)).toThrow(TypeError);
  });

  it('is the model of an agent: the tools go to the server as plain data, and are run here', async () => {
    const { url, asked } = await serve(new FakeChatModel([calling, ['3']]));
    const { events, listener } = record();
    const agent = runTools(new RemoteChatModel(url), [add]);
    const result = await agent.invoke('1 + 2?', { listeners: [listener] });
    expect(result).toMatchObject({ output: { text: '3' }, steps: 2 });
    expect(asked[0]?.config['tools']).toEqual([
      { name: 'add', description: 'Adds.', schema: expect.objectContaining({ type: 'object' }) },
    ]);
    expect(faultsOf(events)).toEqual([]);
    const models = events.filter(({ event }) => event === 'on_chat_model_end');
    expect(models.map(({ name }) => name)).toEqual(['FakeChatModel', 'FakeChatModel']);
  });

  it('takes bound call options and those of a call to the server', async () => {
    const { url, asked } = await serve(new FakeChatModel([['a']]));
    await new RemoteChatModel(url)
      .bind({ stop: ['x'], temperature: 1 })
      .invoke('q', { temperature: 0 });
    expect(asked[0]?.config).toMatchObject({ stop: ['x'], temperature: 0 });
  });

  it('is the model of structured output, of fallbacks and of a retry', async () => {
    const extracted = [{ name: 'extract', args: { title: 'Goldfish' } }];
    const { url } = await serve(new FakeChatModel([extracted, extracted, extracted]));
    const remote = new RemoteChatModel(url);
    const broken = new FakeChatModel([new Error('overloaded')]);
    for (const model of [remote, withRetry(remote), withFallbacks(broken, [remote])]) {
      const structured = withStructuredOutput(model, z.object({ title: z.string() }));
      expect(await structured.invoke('q')).toEqual({ title: 'Goldfish' });
    }
  });

  it('is in no hurry with a timeout that no timer has', async () => {
    const { url } = await serve(new FakeChatModel([['a']]));
    expect((await new RemoteChatModel(url).invoke('q', { timeout: Infinity })).text).toBe('a');
  });

  it('errors as models do where it takes too long', async () => {
    const { url } = await serve(new FakeChatModel([['a']], { delayMs: 10_000 }));
    const error: unknown = await new RemoteChatModel(url)
      .invoke('q', { timeout: 30 })
      .catch((reason: unknown) => reason);
    expect(ModelError.is(error)).toBe(true);
    expect(error).toMatchObject({ code: 'timeout', phase: 'total', retryable: true });
  });

  it('has listeners of its own, which hear the runs on the server once', async () => {
    const { url } = await serve(new FakeChatModel([['a'], ['b']]));
    const heard: RunEvent[] = [];
    const listener = (event: RunEvent) => {
      heard.push(event);
    };
    const remote = new RemoteChatModel(url, { listeners: [listener] });
    await remote.invoke('q');
    expect(heard.map(({ event }) => event)).toEqual([
      'on_chat_model_start',
      'on_chat_model_stream',
      'on_chat_model_end',
    ]);
    heard.length = 0;
    await remote.invoke('q', { listeners: [listener] });
    expect(heard).toHaveLength(3);
  });
});
