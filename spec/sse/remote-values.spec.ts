import { lastValueFrom } from 'rxjs';
import { checkRemoteOptions } from '../../lib/sse/remote-options.js';
import { remoteValues$ } from '../../lib/sse/remote-values.js';

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

  it('[2] aborts the request when it is let go of, at any moment', () => {
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
});
