import { faultBench, type FaultRun, SOON, WHOLE_TEXT } from '../support/fault-run';

jest.setTimeout(60_000);

describe('HTTP and retries', () => {
  const bench = faultBench();
  const whole = { outcome: 'complete', text: WHOLE_TEXT };
  const gaps = () => {
    const times = bench.requests().map(({ at }) => at);
    return times.slice(1).map((at, index) => at - times[index]!);
  };
  const retries = ({ events }: FaultRun) =>
    events.filter(({ event }) => event === 'on_chat_model_retry').map(({ data }) => data);

  it('[26] T019 an error that comes first in a 200, twice: three requests, one message', async () => {
    const run = bench.run({ baseURL: bench.server.baseUrl('error-first', { times: 2 }) });
    expect(await run.ended).toMatchObject(whole);
    expect(bench.requests()).toHaveLength(3);
    expect(run.chunks).toHaveLength(7);
    expect(run.events.filter(({ event }) => event.endsWith('_start'))).toHaveLength(1);
    expect(retries(run)).toMatchObject([
      { attempt: 1, error: { code: 'overloaded', emitted: false }, delayMs: expect.any(Number) },
      { attempt: 2, error: { code: 'overloaded' }, delayMs: expect.any(Number) },
    ]);
  });

  it('[26] T019 once more than it is retried: the error', async () => {
    const params = { times: 2, message: 'Busy' };
    const options = { maxRetries: 1 };
    expect(await bench.play('error-first', params, { options })).toMatchObject({
      code: 'overloaded',
      status: 529,
      emitted: false,
    });
    expect(bench.requests()).toHaveLength(2);
  });

  it.each(['empty-body', 'reset-before-headers', 'hang-up-before-headers'] as const)(
    '[26] T023 T051 %s, once: retried',
    async (name) => {
      expect(await bench.play(name, { times: 1 })).toMatchObject(whole);
      expect(bench.requests()).toHaveLength(2);
    },
  );

  it.each([301, 302, 303, 307, 308])(
    '[28] T044 %d to another origin: refused, and nothing re-sent',
    async (code) => {
      expect(await bench.play('redirect', { code })).toMatchObject({
        code: 'redirect',
        status: code,
        retryable: false,
      });
      expect(bench.requests()).toHaveLength(1);
      expect(bench.server.sink.requests).toHaveLength(0);
    },
  );

  it('[26] T045 429 with `retry-after: 1`: waited for', async () => {
    const params = { code: 429, 'retry-after': '1', times: 1 };
    expect(await bench.play('status', params)).toMatchObject(whole);
    expect(gaps()).toHaveLength(1);
    expect(gaps()[0]).toBeGreaterThan(990);
    expect(gaps()[0]).toBeLessThan(1500 + SOON);
  });

  it('[26] T046 429 with `retry-after: 3600`: the error, at once', async () => {
    const ending = await bench.play('status', { code: 429, 'retry-after': '3600' });
    expect(ending).toMatchObject({ code: 'rate_limited', status: 429, retryAfterMs: 3_600_000 });
    expect(ending.ms).toBeLessThan(1000);
    expect(bench.requests()).toHaveLength(1);
  });

  it.each(['-1', 'soon', '1e9', '', 'Thu, 01 Jan 2015 00:00:00 GMT', '9'.repeat(400)])(
    '[26] T046 429 with `retry-after: %s`: retried as if nothing were said',
    async (after) => {
      const params = { code: 429, 'retry-after': after, times: 1 };
      expect(await bench.play('status', params)).toMatchObject(whole);
      expect(gaps()[0]).toBeGreaterThan(240);
      expect(gaps()[0]).toBeLessThan(500 + SOON);
    },
  );

  it.each([500, 502, 503, 504, 529])(
    '[26] T047 %d: three requests, further and further apart',
    async (code) => {
      const run = bench.run({ baseURL: bench.server.baseUrl('status', { code }) });
      expect(await run.ended).toMatchObject({ outcome: 'error', status: code, retryable: true });
      expect(bench.requests()).toHaveLength(3);
      const [first = 0, second = 0] = gaps();
      expect(first).toBeGreaterThan(370);
      expect(second).toBeGreaterThan(first * 1.2);
      const [one, two] = retries(run).map((data) => (data as { delayMs: number }).delayMs);
      expect([one! % 500, two! % 1000]).not.toEqual([0, 0]);
    },
  );

  it('[26] T047 `x-should-retry: false`: one request', async () => {
    const params = { code: 503, 'should-retry': 'false' };
    expect(await bench.play('status', params)).toMatchObject({ status: 503, retryable: false });
    expect(bench.requests()).toHaveLength(1);
  });

  it('[26] T047 `x-should-retry: true`: another, whatever the status', async () => {
    const params = { code: 400, 'should-retry': 'true', times: 1 };
    expect(await bench.play('status', params)).toMatchObject(whole);
  });

  it.each(['html-error', 'endless-error-body', 'stalled-error-body'] as const)(
    '[27] T048 %s: little of it, and soon',
    async (name) => {
      const ending = await bench.play(name, {}, { options: { maxRetries: 0 } });
      expect(ending).toMatchObject({ code: 'server_error', emitted: false });
      expect([500, 503]).toContain(ending.status);
      expect((ending.error as Error).message.length).toBeLessThan(2048);
      expect(ending.ms).toBeLessThan(3000);
      if (name !== 'html-error') expect((await bench.requests()[0]!.closed).by).toBe('client');
    },
  );

  it.each([
    [400, 'invalid_request', 'invalid_request_error'],
    [401, 'unauthorized', 'authentication_error'],
    [403, 'forbidden', 'permission_error'],
    [404, 'not_found', 'not_found_error'],
    [413, 'too_large', 'request_too_large'],
    [422, 'invalid_request', 'invalid_request_error'],
  ])('[26] T049 %d: %s, one request', async (status, code, type) => {
    const ending = await bench.play('status', { code: status, message: 'No marsh' });
    expect(ending).toMatchObject({ code, status, type, retryable: false, emitted: false });
    expect(ending.error).toMatchObject({
      requestId: expect.stringMatching(/^req_/),
      message: expect.stringContaining('No marsh'),
    });
    expect(bench.requests()).toHaveLength(1);
  });

  it.each([
    ['refused', () => bench.server.refusedUrl, 'ECONNREFUSED'],
    ['TLS', () => bench.server.url.replace('http:', 'https:'), 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ['DNS', () => 'https://nowhere.invalid', /ENOTFOUND|EAI_AGAIN/],
  ])('[26] T051 %s: `connection`, retried, with its cause', async (_, url, why) => {
    const run = bench.run({ baseURL: url(), options: { maxRetries: 1 } });
    expect(await run.ended).toMatchObject({ code: 'connection', retryable: true, emitted: false });
    expect(retries(run)).toHaveLength(1);
    expect((run.error as Error).message).toMatch(why);
    expect((run.error as { cause: { code: string } }).cause.code).toMatch(why);
  });

  it.each(['not-http', 'huge-headers'] as const)('[26] T051 %s: `connection`', async (name) => {
    expect(await bench.play(name, {}, { options: { maxRetries: 0 } })).toMatchObject({
      code: 'connection',
      emitted: false,
    });
  });

  it.each(['reset', 'hang-up', 'error-after', 'end-after'] as const)(
    '[26] T052 %s after the first delta: never a second request',
    async (name) => {
      const run = bench.run({ baseURL: bench.server.baseUrl(name) });
      expect(await run.ended).toMatchObject({ outcome: 'error', emitted: true, text: 'Hel' });
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(bench.requests()).toHaveLength(1);
      expect(retries(run)).toEqual([]);
    },
  );

  it.each(['unsubscribe', 'abort'])(
    '[2] T053 %s in the back-off: at once, and no further request',
    async (how) => {
      const controller = new AbortController();
      const run = bench.run({
        baseURL: bench.server.baseUrl('status', { 'retry-after': '5' }),
        config: { signal: controller.signal },
      });
      while (retries(run).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      const before = performance.now();
      if (how === 'abort') controller.abort('enough');
      else run.unsubscribe();
      expect((await run.ended).error).toBe(how === 'abort' ? 'enough' : undefined);
      expect(performance.now() - before).toBeLessThan(SOON);
      expect(run.events.at(-1)?.event).toBe('on_chat_model_cancel');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(bench.requests()).toHaveLength(1);
    },
  );
});
