import { asyncScheduler } from 'rxjs';
import { ProviderErrors } from '../../lib/http/provider-errors';
import { Secrets } from '../../lib/http/secrets';
import { sendRequest } from '../../lib/http/send-request';
import type { Fetch } from '../../lib/http/transport/post';

const request = {
  url: 'https://a.example/v1',
  headers: { authorization: 'Bearer sk-canary-1' },
  body: { a: 1 },
};
const send = (fetch: Fetch, signal = new AbortController().signal, secrets = new Secrets()) =>
  sendRequest(request, {
    transport: fetch,
    signal,
    secrets,
    errors: new ProviderErrors('p'),
    scheduler: asyncScheduler,
    mediaType: 'text/event-stream',
    requestIdHeaders: [],
  });
const ok = () => new Response('', { headers: { 'content-type': 'text/event-stream' } });

describe('sendRequest', () => {
  it('POSTs JSON, and follows no redirect', async () => {
    const fetch = jest.fn<Promise<Response>, Parameters<Fetch>>(() => Promise.resolve(ok()));
    await send(fetch);
    expect(fetch).toHaveBeenCalledWith(request.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: 'Bearer sk-canary-1',
      },
      body: '{"a":1}',
      redirect: 'manual',
      signal: expect.any(AbortSignal),
    });
  });

  it('keeps what authenticates it out of errors', async () => {
    const fetch = () => Promise.resolve(new Response('no sk-canary-1', { status: 401 }));
    await expect(send(fetch)).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.not.stringContaining('canary'),
    });
  });

  it.each([
    ['no connection', new TypeError('fetch failed', { cause: new Error('x') }), 'connection'],
    ['no connection, in a browser', new TypeError('Failed to fetch'), 'connection'],
    ['no connection, by an error of another kind', new Error('socket'), 'connection'],
    ['a request that cannot be sent', new TypeError('Invalid header value'), 'invalid_request'],
  ])('fails by %s', async (_, error, code) => {
    await expect(send(() => Promise.reject(error))).rejects.toMatchObject({ code });
  });

  it('fails with the reason of an abort', async () => {
    const controller = new AbortController();
    controller.abort('left');
    const fetch = () => Promise.reject(new Error('aborted'));
    await expect(send(fetch, controller.signal)).rejects.toBe('left');
  });
});
