import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fetch, post, readTransport } from '../../../lib/http/transport/post';
import { receiveResponse } from '../../../lib/http/transport/receive-response';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { readAll } from '../../support/received';

const errors = new ProviderErrors('p');

describe('post', () => {
  /** Says by what it was asked: `fetch` says so in a header. */
  const server = createServer(({ headers }, response) => {
    response.end('sec-fetch-mode' in headers ? 'fetch' : 'auto');
  });
  let url: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const request = (headers: Record<string, string> = {}) => ({
    url,
    headers,
    body: '{}',
    signal: new AbortController().signal,
  });
  const senderOf = async (...args: Parameters<typeof post>): Promise<string> => {
    const { body } = await receiveResponse(await post(...args), errors);
    return (await readAll(body)).text;
  };

  it('sends by the transport that it is given', async () => {
    expect(await senderOf(request(), 'auto')).toBe('auto');
    expect(await senderOf({ ...request(), headers: new Headers({ a: 'b' }) }, 'auto')).toBe('auto');
    expect(await senderOf(request(), 'fetch')).toBe('fetch');
  });

  it('sends by a given `fetch`, which follows no redirect', async () => {
    const given = jest.fn<Promise<Response>, Parameters<Fetch>>(() =>
      Promise.resolve(new Response('given')),
    );
    const sent = request({ a: 'b' });
    expect(await senderOf(sent, given)).toBe('given');
    const { headers, body, signal } = sent;
    expect(given.mock.calls).toEqual([
      [url, { method: 'POST', headers, body, redirect: 'manual', signal }],
    ]);
  });

  it('sends by whatever stands in the place of `fetch`', async () => {
    jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation(() => Promise.resolve(new Response('other')));
    expect(await senderOf(request(), 'auto')).toBe('other');
    expect(await senderOf(request(), 'fetch')).toBe('other');
  });

  it.each([
    'connection',
    'content-length',
    'expect',
    'host',
    'keep-alive',
    'transfer-encoding',
    'upgrade',
  ])('leaves the header `%s` to `fetch`, which makes it itself', async (name) => {
    const own = new Response('fetch');
    const other = jest.spyOn(globalThis, 'fetch').mockResolvedValue(own);
    // Its source is what it is known by.
    jest.spyOn(Function.prototype, 'toString').mockReturnValue('internal/deps/undici');
    expect(await post(request({ [name]: '2' }), 'auto')).toBe(own);
    expect(other).toHaveBeenCalledTimes(1);
  });

  it('refuses a value that no header can hold before anything is sent', async () => {
    await expect(post(request({ a: 'b\nc' }), 'auto')).rejects.toMatchObject({
      name: 'TypeError',
    });
  });
});

describe('readTransport', () => {
  it('is `auto` by default', () => {
    expect([readTransport(), readTransport('auto'), readTransport('fetch')]).toEqual([
      'auto',
      'auto',
      'fetch',
    ]);
  });

  it.each(['http', null, 1])('refuses %p', (value) => {
    expect(() => readTransport(value)).toThrow(/^transport must be 'auto' or 'fetch', got /);
  });
});
