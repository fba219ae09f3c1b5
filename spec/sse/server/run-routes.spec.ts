import fc from 'fast-check';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finalize, of, Subject } from 'rxjs';
import { durableRuns } from 'rxlm';
import { runOf, runRoutes } from 'rxlm/sse';
import { FakeChatModel } from 'rxlm/testing';

const JSON_TYPE = { 'content-type': 'application/json' };
const request = (method: string, path: string, headers = {}, body?: unknown) =>
  new Request(`http://localhost${path}`, {
    method,
    headers: { ...(body === undefined ? {} : JSON_TYPE), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const source = () => of('gold', 'fish');
const KEY = { 'idempotency-key': '0123456789abcdef' };
const datas = (text: string): string[] => text.match(/(?<=^data: ).*/gm) ?? [];
const idOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { id: string }).id;

describe('runRoutes', () => {
  const quiet = { onError: () => undefined };

  it('starts a run, sends it to any number of viewers, from any place', async () => {
    const { fetch } = runRoutes(durableRuns(), { source });
    const posted = await fetch(request('POST', '/runs', {}, {}));
    const id = await idOf(posted);
    expect([posted.status, posted.headers.get('location')]).toEqual([201, `/runs/${id}`]);
    for (let viewers = 0; viewers < 2; viewers += 1) {
      const text = await (await fetch(request('GET', `/runs/${id}`))).text();
      expect(datas(text)).toEqual(['"gold"', '"fish"', '{}']);
      const [first] = /(?<=^id: ).*/m.exec(text)!;
      for (const joined of [
        request('GET', `/runs/${id}?after=${first}`),
        request('GET', `/runs/${id}`, { 'last-event-id': first }),
      ])
        expect(datas(await (await fetch(joined)).text())).toEqual(['"fish"', '{}']);
    }
  });

  it('keeps the last value’s id on the last frame, so that a client that joins again has a place', async () => {
    const { fetch } = runRoutes(durableRuns(), { source });
    const text = await (
      await fetch(request('POST', '/runs', { accept: 'text/event-stream' }, {}))
    ).text();
    const ids = text.match(/(?<=^id: ).*/gm)!;
    expect(ids).toHaveLength(3);
    expect(ids[2]).toBe(ids[1]);
  });

  it('starts the run of an idempotency key once, one for each owner', async () => {
    const sources = jest.fn(source);
    const runs = durableRuns();
    const owner = (asked: Request) => asked.headers.get('x-user') ?? undefined;
    const { fetch } = runRoutes<Request>(runs, { source: sources, owner });
    const post = (user: string) => fetch(request('POST', '/runs', { ...KEY, 'x-user': user }, {}));
    const [first, again, other] = [await post('a'), await post('a'), await post('b')];
    expect([first.status, again.status, other.status]).toEqual([201, 200, 201]);
    const [one, two, three] = [await idOf(first), await idOf(again), await idOf(other)];
    expect(one).toBe(two);
    expect(one).not.toBe(three);
    // A source is made for each request, and run for the first one alone.
    expect((await fetch(request('GET', `/runs/${one}`, { 'x-user': 'a' }))).status).toBe(200);
  });

  it.each([undefined, null, ''])(
    'starts nothing for the owner %j, and shows it nothing',
    async (nobody) => {
      const sources = jest.fn(source);
      const runs = durableRuns();
      await runs.start('orphan', source, { meta: { owner: nobody } });
      const { fetch } = runRoutes(runs, { source: sources, owner: () => nobody, ...quiet });
      for (const headers of [{}, KEY, { ...KEY, accept: 'text/event-stream' }])
        expect((await fetch(request('POST', '/runs', headers, {}))).status).toBe(401);
      expect(sources).not.toHaveBeenCalled();
      for (const method of ['GET', 'DELETE'])
        expect((await fetch(request(method, '/runs/orphan'))).status).toBe(404);
    },
  );

  it('answers 500 for an owner that is no text, and says so to onError', async () => {
    const onError = jest.fn();
    const owner = () => ({ id: 'a' }) as never;
    const { fetch } = runRoutes(durableRuns(), { source, owner, onError });
    expect((await fetch(request('POST', '/runs', {}, {}))).status).toBe(500);
    expect((await fetch(request('GET', '/runs/a'))).status).toBe(500);
    expect(String(onError.mock.calls[0]?.[0])).toMatch(/owner must return a string or nothing/);
  });

  it('asks authorize before a repeated request gets the run that was started', async () => {
    let isAllowed = true;
    const { fetch } = runRoutes(durableRuns(), { source, authorize: () => isAllowed, ...quiet });
    const post = (headers = {}) => fetch(request('POST', '/runs', { ...KEY, ...headers }, {}));
    expect([(await post()).status, (await post()).status]).toEqual([201, 200]);
    isAllowed = false;
    const answers = [await post(), await post({ accept: 'text/event-stream' })];
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('gold');
    }
  });

  it('answers 404 for a run that is not there, and the very same for one that is another’s', async () => {
    const runs = durableRuns();
    const owner = (asked: Request) => asked.headers.get('x-user') ?? undefined;
    const { fetch } = runRoutes<Request>(runs, { source, owner, ...quiet });
    const id = await idOf(await fetch(request('POST', '/runs', { 'x-user': 'a' }, {})));
    const answers = await Promise.all(
      ['GET', 'DELETE'].flatMap((method) =>
        [
          request(method, `/runs/${id}`, { 'x-user': 'b' }),
          request(method, `/runs/${id}`),
          request(method, '/runs/none', { 'x-user': 'a' }),
          request(method, '/runs/__proto__', { 'x-user': 'a' }),
          request(method, '/runs/a%2Fb', { 'x-user': 'a' }),
          request(method, '/runs/', { 'x-user': 'a' }),
        ].map(async (asked) => {
          const answer = await fetch(asked);
          return `${String(answer.status)} ${await answer.text()}`;
        }),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 /);
    expect((await fetch(request('GET', `/runs/${id}`, { 'x-user': 'a' }))).status).toBe(200);
  });

  it.each([false, undefined, 'yes'])(
    'asks authorize, and takes only true for yes: %s',
    async (said) => {
      const authorize = jest.fn(() => said as boolean);
      const { fetch } = runRoutes(durableRuns(), {
        source,
        authorize,
        meta: () => ({ team: 't' }),
        ...quiet,
      });
      const id = await idOf(await fetch(request('POST', '/runs', {}, {})));
      expect((await fetch(request('GET', `/runs/${id}`))).status).toBe(404);
      expect(authorize).toHaveBeenCalledWith(id, expect.any(Request), { team: 't' });
    },
  );

  it.each([
    '-1',
    '',
    '0',
    '1',
    '1.2.3',
    '1.01',
    'x',
    '1.1%0d%0aset-cookie:a=b',
    '9'.repeat(500),
    '%00',
  ])('refuses the place %s with 400, and reflects nothing of it', async (after) => {
    const { fetch } = runRoutes(durableRuns(), { source, ...quiet });
    const id = await idOf(await fetch(request('POST', '/runs', {}, {})));
    const answer = await fetch(request('GET', `/runs/${id}?after=${after}`));
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(/set-cookie|999/);
  });

  it('answers 409 for a place that is not in the run', async () => {
    const { fetch } = runRoutes(durableRuns(), { source, ...quiet });
    const id = await idOf(await fetch(request('POST', '/runs', {}, {})));
    const text = await (await fetch(request('GET', `/runs/${id}`))).text();
    const [, epoch = ''] = /^id: (\d+)/m.exec(text)!;
    for (const after of [`${epoch}.3`, `1.1`]) {
      const answer = await fetch(request('GET', `/runs/${id}?after=${after}`));
      expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: 'gap' } }]);
    }
  });

  it('refuses methods, bodies, keys and inputs', async () => {
    const model = new FakeChatModel([['a']]);
    const { fetch } = runRoutes(durableRuns(), { source: (body) => runOf(model, body), ...quiet });
    const status = async (asked: Request) => (await fetch(asked)).status;
    expect(await status(request('PUT', '/runs/a', {}, {}))).toBe(405);
    expect(await status(request('POST', '/runs', { 'content-type': 'text/plain' }, {}))).toBe(415);
    expect(await status(request('POST', '/runs', {}, { input: 5 }))).toBe(400);
    expect(await status(request('POST', '/runs', { 'idempotency-key': 'short' }, {}))).toBe(400);
    expect(await status(request('POST', '/runs', { 'idempotency-key': 'ü'.repeat(20) }, {}))).toBe(
      400,
    );
    expect(await status(request('POST', '/runs', KEY, { input: 'Hi' }))).toBe(201);
  });

  it('serves Node: a client that leaves does not cancel, DELETE does, and viewers are reported', async () => {
    const left = jest.fn();
    const values = new Subject<string>();
    const routes = runRoutes(durableRuns(), {
      source: () => values.pipe(finalize(left)),
      ...quiet,
    });
    const server = createServer((asked, response) => void routes.node(asked, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/runs`;
      const id = await idOf(await fetch(base, { method: 'POST', headers: JSON_TYPE, body: '{}' }));
      const leaving = new AbortController();
      await fetch(`${base}/${id}`, { signal: leaving.signal });
      leaving.abort();
      const viewer = await fetch(`${base}/${id}`);
      values.next('a');
      expect(left).not.toHaveBeenCalled();
      const cancelled = await fetch(`${base}/${id}`, { method: 'DELETE' });
      expect(await cancelled.json()).toEqual({ id, cancelled: true });
      expect(left).toHaveBeenCalledTimes(1);
      const text = await viewer.text();
      expect(datas(text)[0]).toBe('"a"');
      expect(text).toMatch(/event: error\nid: .*\ndata: .*"code":"cancelled"/);
      expect((await fetch(`${base}/none`)).status).toBe(404);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('throws at once for what it cannot serve', () => {
    expect(() => runRoutes({} as never, { source })).toThrow(/takes the runs of durableRuns/);
    expect(() => runRoutes(durableRuns(), {} as never)).toThrow(
      'source must be a function, got undefined',
    );
  });

  it('answers any id and any place by a status, and reflects nothing of either', async () => {
    const owner = (asked: Request) => asked.headers.get('x-user') ?? undefined;
    const { fetch } = runRoutes<Request>(durableRuns(), { source, owner, ...quiet });
    const id = await idOf(await fetch(request('POST', '/runs', { 'x-user': 'a' }, {})));
    const foul = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.stringMatching(/^[\w.%\r\n:;/?#-]{1,200}$/),
      fc.constantFrom('__proto__', '../../etc', `${id}%00`, `${id}:log`, '*', '%2e%2e', '{a}'),
    );
    const statuses = new Set([200, 400, 404, 409]);
    await fc.assert(
      fc.asyncProperty(foul, foul, fc.boolean(), async (name, place, isOwn) => {
        const run = isOwn ? id : encodeURIComponent(name);
        const after = encodeURIComponent(`canary${place}`);
        for (const method of ['GET', 'DELETE']) {
          const response = await fetch(
            request(method, `/runs/${run}?after=${after}`, { 'x-user': isOwn ? 'b' : 'a' }),
          );
          const said = (await response.text()) + JSON.stringify([...response.headers]);
          expect(statuses).toContain(response.status);
          expect(response.status).not.toBe(200);
          expect(said).not.toMatch(/canary|gold|etc/);
        }
      }),
    );
  });
});
