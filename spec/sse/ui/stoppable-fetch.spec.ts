import { setTimeout as wait } from 'node:timers/promises';
import { stoppableFetch } from 'rxlm/sse';

describe('stoppableFetch', () => {
  /** What is sent, answered or not. */
  function sending(answers = true) {
    const sent: string[] = [];
    const headers: string[][] = [];
    const fetch = stoppableFetch(async (input, init) => {
      sent.push(`${init?.method ?? ''} ${input instanceof Request ? input.url : String(input)}`);
      headers.push([...new Headers(init?.headers).keys()]);
      if (!answers && init?.method !== 'DELETE')
        return await new Promise<Response>(() => undefined);
      return new Response('');
    });
    return { fetch, sent, headers };
  }
  const post = (signal: AbortSignal | null, body: string = JSON.stringify({ id: 'a/b' })) => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', authorization: 'Bearer x' },
    body,
    signal,
  });

  it('sends DELETE at once for an answered POST that is aborted, with its headers but for the type', async () => {
    const { fetch, sent, headers } = sending();
    const controller = new AbortController();
    await fetch('/api/chat/?v=1#x', post(controller.signal));
    controller.abort();
    expect(sent).toEqual(['POST /api/chat/?v=1#x', 'DELETE /api/chat/a%2Fb/stream?v=1']);
    expect(headers[1]).toEqual(['authorization']);
  });

  it('waits until the request must have come, where it was not answered', async () => {
    const { fetch, sent } = sending(false);
    const controller = new AbortController();
    void fetch('/api/chat', post(controller.signal));
    controller.abort();
    expect(sent).toHaveLength(1);
    await wait(400);
    expect(sent[1]).toBe('DELETE /api/chat/a%2Fb/stream');
  });

  it('sends DELETE for a GET that is aborted, unless another one takes its place', async () => {
    const { fetch, sent } = sending();
    const [first, second] = [new AbortController(), new AbortController()];
    const url = '/api/chat/a/stream';
    await fetch(url, { method: 'GET', signal: first.signal });
    first.abort();
    await fetch(url, { method: 'GET', signal: second.signal });
    await wait(400);
    expect(sent).toEqual([`GET ${url}`, `GET ${url}`]);
    second.abort();
    await wait(400);
    expect(sent[2]).toBe(`DELETE ${url}`);
  });

  it.each([
    ['no signal', post(null)],
    ['a body that is no JSON', post(new AbortController().signal, 'x')],
    ['a body without a chat', post(new AbortController().signal, '{}')],
    ['no method', {}],
  ])('sends as it is what has %s', async (_what, init) => {
    const { fetch, sent } = sending();
    await fetch('/api/chat', init);
    expect(sent).toHaveLength(1);
  });

  it('sends nothing more where the page does not stop, and hides that a stop did not come through', async () => {
    const controller = new AbortController();
    const sent: string[] = [];
    const fetch = stoppableFetch(async (_input, init) => {
      sent.push(init?.method ?? '');
      if (init?.method === 'DELETE') throw new TypeError('fetch failed');
      return new Response('');
    });
    await fetch('/api/chat', post(controller.signal));
    await wait(10);
    expect(sent).toEqual(['POST']);
    controller.abort();
    await wait(10);
    expect(sent).toEqual(['POST', 'DELETE']);
  });

  it('refuses what is no function', () => {
    expect(() => stoppableFetch(1 as never)).toThrow(
      new TypeError('fetch must be a function, got 1'),
    );
  });
});
