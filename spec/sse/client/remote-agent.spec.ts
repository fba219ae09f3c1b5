import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { of } from 'rxjs';
import { runTools, tool } from 'rxlm';
import { remoteAgent } from '../../../lib/sse/client/remote-agent';
import { runOf } from '../../../lib/sse/server/run-of';
import { writeSse } from '../../../lib/sse/server/write-sse';
import { callOf, endOf, ScriptedModel } from '../../support/scripted-model';

it('gives by invoke what the agent at the server has come to', async () => {
  const agent = () =>
    runTools(new ScriptedModel(of('I look.', endOf([callOf('c1')])), of('Done.')), [
      tool({ name: 'echo', schema: { type: 'object' }, func: () => 'echo' }),
    ]);
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString()) as unknown;
      writeSse(response, runOf(agent(), body, { toolResults: true }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const remote = await remoteAgent(`http://127.0.0.1:${String(port)}/`).invoke('Hi');
    const here = await agent().invoke('Hi');
    expect([remote.steps, remote.finish, remote.output.text]).toEqual([2, 'done', 'Done.']);
    const shown = ({ messages }: typeof here) => messages.map(({ type, text }) => [type, text]);
    expect(shown(remote)).toEqual(shown(here));
    expect(shown(remote).map(([type]) => type)).toEqual(['ai', 'tool', 'ai']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
