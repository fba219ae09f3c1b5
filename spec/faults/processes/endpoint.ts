import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunConfig } from '../../../lib/index.js';
import { toSseResponse, writeSse } from '../../../lib/sse/index.js';
import { measure, modelAt, wait } from './measure.js';

/** `endpoint.ts <good URL> <URL> <edge> <ms>`: a server of events whose one client takes nothing after the first bytes. */
const [goodURL = '', baseURL = '', edge = 'node', ms = '6000'] = process.argv.slice(2);
const model = modelAt(baseURL);
const source = (config: RunConfig) => model.stream$('Hi', config);
/** So many that it would show if they piled up; and longer than it takes until the client counts as gone. */
const options = { heartbeatMs: 1, stallMs: 120_000 };

async function node(): Promise<void> {
  let written: ServerResponse | undefined;
  const server = createServer((_, response) => {
    written = response;
    writeSse(response, source, options);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, host: '127.0.0.1', agent: false }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.pause();
  await wait(Number(ms));
  const waiting = written?.writableLength ?? NaN;
  asked.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  if (!(waiting < 1_000_000)) throw new Error(`${waiting} bytes wait for the client`);
}

async function web(): Promise<void> {
  const reader = toSseResponse(source, options).body?.getReader();
  await reader?.read();
  await wait(Number(ms));
  await reader?.cancel();
}

void measure(
  () => modelAt(goodURL).invoke('Hi'),
  async (count) => {
    await (edge === 'node' ? node() : web());
    count();
    return 'left';
  },
);
