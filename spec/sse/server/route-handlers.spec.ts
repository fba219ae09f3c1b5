import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { routeHandlers } from '../../../lib/sse/server/route-handlers.js';

describe('routeHandlers', () => {
  const reported: unknown[] = [];
  const { fetch: answer, node } = routeHandlers(
    'anyRoutes',
    async ({ method, url, header }) => {
      if (method === 'PUT') throw new Error('a secret');
      return method === 'GET'
        ? { status: 204 }
        : {
            status: 200,
            json: { method, url: new URL(url, 'http://x').pathname, is: header('x-is') },
          };
    },
    { onError: (error, context) => reported.push([(error as Error).message, context]) },
  );

  it.each(['GET', 'POST', 'PUT'])('answer %s alike for Node and for Fetch', async (method) => {
    const server = createServer((request, response) => void node(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/a/b`;
    const init = { method, headers: { 'x-is': 'here' } };
    const answers = [await fetch(url, init), await answer(new Request(url, init))];
    const seen = await Promise.all(
      answers.map(async (each) => [
        each.status,
        each.headers.get('cache-control'),
        each.headers.get('content-type'),
        await each.text(),
      ]),
    );
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]![0]).toBe({ GET: 204, POST: 200, PUT: 500 }[method]);
    expect(JSON.stringify(seen)).not.toContain('secret');
    server.closeAllConnections();
    server.close();
  });

  it('report what fails, under their name', () => {
    expect(reported).toEqual([
      ['a secret', { edge: 'anyRoutes', when: 'run', status: 500 }],
      ['a secret', { edge: 'anyRoutes', when: 'run', status: 500 }],
    ]);
  });
});
