import { inspect } from 'node:util';
import { lastValueFrom } from 'rxjs';
import type { ModelError } from '../../../lib/errors/model-error.js';
import { checkRemoteOptions } from '../../../lib/sse/client/remote-options.js';
import { remoteValues$ } from '../../../lib/sse/client/remote-values.js';

const answer = (body: string) =>
  new Response(body, { headers: { 'content-type': 'text/event-stream' } });

describe('remoteValues$', () => {
  it('[1] asks with the fetch that it is given, once for each subscription, and not before', async () => {
    const asked: [unknown, RequestInit | undefined][] = [];
    const own = (url: unknown, init?: RequestInit) => {
      asked.push([url, init]);
      return Promise.resolve(answer('data: 1\n\nevent: end\ndata: {}\n\n'));
    };
    const options = checkRemoteOptions('/chat', {
      fetch: own,
      credentials: 'include',
    });
    const values$ = remoteValues$({ input: 1 }, {}, options);
    expect(asked).toEqual([]);
    expect(await lastValueFrom(values$)).toBe(1);
    expect(await lastValueFrom(values$)).toBe(1);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject([
      '/chat',
      { method: 'POST', body: '{"input":1}', redirect: 'manual', credentials: 'include' },
    ]);
  });

  it('[2] aborts the request when it is released, at any moment', () => {
    let signal: AbortSignal | null | undefined;
    const own = (_: unknown, init?: RequestInit) => {
      signal = init?.signal;
      return new Promise<Response>(() => undefined);
    };
    const options = checkRemoteOptions('/chat', { fetch: own });
    const subscription = remoteValues$({}, {}, options).subscribe();
    return Promise.resolve().then(() => {
      expect(signal?.aborted).toBe(false);
      subscription.unsubscribe();
      expect(signal?.aborted).toBe(true);
    });
  });

  it.each([
    ['a date', new Date(Date.now() + 60_000).toUTCString(), 58_000, 60_000],
    ['seconds', '7', 7000, 7000],
  ])('reads how long to wait from %s', async (_, value, least, most) => {
    const own = () =>
      Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': value } }));
    const error = await lastValueFrom(
      remoteValues$({}, {}, checkRemoteOptions('/chat', { fetch: own })),
    ).catch((thrown: unknown) => thrown as ModelError);
    expect((error as ModelError).retryAfterMs).toBeGreaterThanOrEqual(least);
    expect((error as ModelError).retryAfterMs).toBeLessThanOrEqual(most);
  });

  it.each(['', ' ', 'soon', 'Infinity'])('leaves out to wait for %j', async (value) => {
    const own = () =>
      Promise.resolve(new Response('', { status: 429, headers: { 'retry-after': value } }));
    const error = await lastValueFrom(
      remoteValues$({}, {}, checkRemoteOptions('/chat', { fetch: own })),
    ).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(error).not.toHaveProperty('retryAfterMs');
  });

  it('has the status of a refusal whose body breaks off', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('<html>'));
        controller.error(new TypeError('terminated'));
      },
    });
    const own = () => Promise.resolve(new Response(body, { status: 500 }));
    await expect(
      lastValueFrom(remoteValues$({}, {}, checkRemoteOptions('/chat', { fetch: own }))),
    ).rejects.toMatchObject({ code: 'server_error', status: 500 });
  });

  it.each([
    [
      'a 401',
      401,
      JSON.stringify({ error: { name: 'E', code: 'c', message: 'no canary-0123456789' } }),
    ],
    ['an error frame', 200, 'event: error\ndata: {"message":"no canary-0123456789"}\n\n'],
  ])('[21] shows no credential of its own that %s echoes', async (_, status, body) => {
    const own = () =>
      Promise.resolve(
        new Response(body, { status, headers: { 'content-type': 'text/event-stream' } }),
      );
    const options = checkRemoteOptions('/chat', {
      fetch: own,
      headers: () => Promise.resolve({ authorization: 'Bearer canary-0123456789' }),
    });
    const error = await lastValueFrom(remoteValues$({}, {}, options)).catch((e: unknown) => e);
    expect(inspect(error)).toContain('no [redacted]');
    expect(`${inspect(error)}${JSON.stringify(error)}`).not.toContain('canary');
  });
});
