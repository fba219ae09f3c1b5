import 'reflect-metadata';
import { All, Controller, type INestApplication, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { DefaultChatTransport } from 'ai';
import { lastValueFrom, toArray } from 'rxjs';
import { durableRuns } from 'rxlm';
import {
  chatRoutes,
  fromUIMessages,
  type NodeResponse,
  type NodeRunRequest,
  RemoteChatModel,
  runOf,
  runRoutes,
} from 'rxlm/sse';
import { FakeChatModel } from 'rxlm/testing';
import { PageChat } from '../support/page-chat.js';
import { decorate, decorateMethod } from './decorate.js';

const runs = durableRuns();
const model = new FakeChatModel(Array.from({ length: 3 }, () => ['gold ', 'fish']));
const routes = runRoutes(runs, { source: (body) => runOf(model, body), onError: () => undefined });
const chats = chatRoutes(runs, {
  source: ({ messages }) => {
    const history = fromUIMessages(messages as []);
    return (config) => model.stream$(history, config);
  },
});

/** The recipe of docs/durable-runs.md. */
class DurableController {
  runs(request: NodeRunRequest, response: NodeResponse) {
    return routes.node(request, response);
  }

  chat(request: NodeRunRequest, response: NodeResponse) {
    return chats.node(request, response);
  }
}
decorate(DurableController, Controller());
const asNode = [Req(), Res()];
decorateMethod(DurableController, 'runs', [All(['runs', 'runs/:id'])], asNode);
decorateMethod(DurableController, 'chat', [All(['api/chat', 'api/chat/:id/stream'])], asNode);

let app: INestApplication;
let url: string;
beforeAll(async () => {
  class App {}
  decorate(App, Module({ controllers: [DurableController] }));
  app = await NestFactory.create(App, new ExpressAdapter(), {
    logger: false,
    forceCloseConnections: true,
  });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

describe('the routes of durable runs in Nest', () => {
  it('serve a resumable model', async () => {
    const remote = new RemoteChatModel(`${url}/runs`, { resumable: true });
    const chunks = await lastValueFrom(remote.stream$('Hi').pipe(toArray()));
    expect(chunks.map(({ text }) => text).join('')).toBe('gold fish');
  });

  it('answer with the statuses of a start, a repetition and an unknown run', async () => {
    const post = () =>
      fetch(`${url}/runs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': '0123456789abcdef' },
        body: JSON.stringify({ input: 'Hi' }),
      });
    expect([(await post()).status, (await post()).status]).toEqual([201, 200]);
    expect((await fetch(`${url}/runs/none`)).status).toBe(404);
    expect((await fetch(`${url}/runs/none`, { method: 'DELETE' })).status).toBe(404);
  });

  it('serve useChat, whose page joins its answer again', async () => {
    const transport = new DefaultChatTransport({ api: `${url}/api/chat` });
    const page = new PageChat({ id: 'chat', transport });
    await page.resumeStream();
    expect(page.messages).toEqual([]);
    await page.sendMessage({ text: 'Hi' });
    const again = new PageChat({ id: 'chat', transport });
    await again.resumeStream();
    for (const each of [page, again])
      expect(each.parts.at(-1)).toMatchObject({ type: 'text', text: 'gold fish' });
  });
});
