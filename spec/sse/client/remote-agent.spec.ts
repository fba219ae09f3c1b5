import { of } from 'rxjs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runTools, type RunToolsOptions, tool } from 'rxlm';
import { z } from 'zod';
import { remoteAgent } from '../../../lib/sse/client/remote-agent';
import { RemoteChatModel } from '../../../lib/sse/client/remote-chat-model';
import { runOf, type RunOfOptions } from '../../../lib/sse/server/run-of';
import { writeSse } from '../../../lib/sse/server/write-sse';
import { callOf, endOf, ScriptedModel } from '../../support/scripted-model';

type Turns = ConstructorParameters<typeof ScriptedModel>;

const echo = tool({
  name: 'echo',
  schema: { type: 'object' },
  responseFormat: 'content_and_artifact',
  func: () => ['echo', { secret: 1 }],
});
const agentOf = (turns: Turns, options: RunToolsOptions = {}) =>
  runTools(
    new ScriptedModel(...turns),
    [echo, { name: 'on_page', input_schema: { type: 'object' } }],
    options,
  );

/** What an agent gives here, and what one at a server does. */
async function both(turns: Turns, options: RunToolsOptions = {}, shown: RunOfOptions = {}) {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as unknown;
      writeSse(response, runOf(agentOf(turns, options), body, shown));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const remote = await remoteAgent(`http://127.0.0.1:${String(port)}/`).invoke('Hi');
    return { remote, here: await agentOf(turns, options).invoke('Hi') };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const turns: Turns = [of('I look.', endOf([callOf('c1')])), of('Done.')];

describe('an agent at a server, by invoke', () => {
  it('gives what it would give here, but artifacts', async () => {
    const { remote, here } = await both(turns, {}, { toolResults: true });
    expect([remote.steps, remote.finish, remote.output.text]).toEqual([2, 'done', 'Done.']);
    const shown = ({ messages }: typeof here) =>
      messages.map(({ type, text, name }) => [type, text, name]);
    expect(shown(remote)).toEqual(shown(here));
    expect(remote.usage).toEqual(here.usage);
    expect(JSON.stringify(remote)).not.toContain('secret');
  });

  it.each([{ events: true }, { toolResults: true }, {}])(
    'gives the answer, with %j',
    async (shown) => {
      const answer = [endOf([callOf('c2', 'give_answer', { city: ' Graz ' })])];
      const options = { responseFormat: z.object({ city: z.string().trim() }) };
      const { remote, here } = await both([[endOf([callOf('c1')])], answer], options, shown);
      expect(here).toMatchObject({ structured: { city: 'Graz' }, finish: 'done', steps: 2 });
      expect(remote).toMatchObject({ structured: { city: 'Graz' }, finish: 'done', steps: 2 });
    },
  );

  it.each([{ toolResults: true }, {}])('has the pending calls, with %j', async (shown) => {
    const { remote, here } = await both(
      [of('Go.', endOf([callOf('c1'), callOf('c2', 'on_page')]))],
      { approve: () => of('pending' as const) },
      shown,
    );
    const ids = ({ pending }: typeof here) => pending.map(({ id }) => id);
    expect([remote.finish, ids(remote)]).toEqual(['pending', ['c1', 'c2']]);
    expect([here.finish, ids(here)]).toEqual(['pending', ['c1', 'c2']]);
    expect(remote.messages).toHaveLength(1);
  });

  it('says that it was stopped where a limit of the server has ended it', async () => {
    const { remote, here } = await both(turns, { maxSteps: 1 });
    expect([here.finish, remote.finish]).toEqual(['max_steps', 'stop_when']);
    expect(remote.messages.map(({ type }) => type)).toEqual(['ai', 'tool']);
  });
});

describe('a server that sends something else than messages', () => {
  it.each(['{}', '"text"', '5', '{"type":"weird","content":"a"}', '{"content":[{}]}'])(
    'is a broken stream for an agent and for a model: %s',
    async (json) => {
      const response = () =>
        new Response(`data: ${json}\n\nevent: end\ndata: {}\n\n`, {
          headers: { 'content-type': 'text/event-stream' },
        });
      const fetch = () => Promise.resolve(response());
      const url = 'http://127.0.0.1/';
      for (const remote of [remoteAgent(url, { fetch }), new RemoteChatModel(url, { fetch })])
        for (const listeners of [[], [() => undefined]])
          await expect(remote.invoke('Hi', { listeners })).rejects.toMatchObject({
            name: 'ModelError',
            code: 'bad_stream',
          });
    },
  );
});
