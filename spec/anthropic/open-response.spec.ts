import Anthropic from '@anthropic-ai/sdk';
import { ModelError } from 'rxlm';
import { openResponse, readErrorBody } from '../../lib/anthropic/open-response';
import { Secrets } from '../../lib/anthropic/secrets';
import { type FaultServer, startFaultServer } from '../../lib/testing/fault-server';

const REQUEST = { body: { model: 'm', max_tokens: 1, messages: [], stream: true }, headers: {} };
const KEY = 'sk-canary-0123456789';

describe('openResponse', () => {
  let server: FaultServer;
  beforeAll(async () => {
    server = await startFaultServer();
  });
  afterAll(() => server.close());

  const open = (baseURL: string) => {
    const secrets = new Secrets();
    secrets.add(KEY);
    const client = new Anthropic({ apiKey: KEY, baseURL, logLevel: 'off' });
    return openResponse(client, REQUEST, {
      signal: new AbortController().signal,
      timeout: 10_000,
      secrets,
    });
  };
  const refused = async (baseURL: string): Promise<ModelError> => {
    const error: unknown = await open(baseURL).then(
      () => undefined,
      (e: unknown) => e,
    );
    if (ModelError.is(error)) return error;
    throw new Error(`no ModelError, but ${String(error)}`);
  };

  it('gives the response of an event stream, its body unread', async () => {
    const response = await open(server.baseUrl('good'));
    expect(response.bodyUsed).toBe(false);
    await response.body?.cancel();
  });

  it.each([400, 401, 403, 404, 413, 422])(
    'T049: %d is one request and a typed error',
    async (code) => {
      const before = server.requests.length;
      expect(await refused(server.baseUrl('status', { code }))).toMatchObject({
        status: code,
        retryable: false,
        type: expect.any(String) as string,
      });
      expect(server.requests.length).toBe(before + 1);
    },
  );

  it('T046: tells how long the provider asks to wait', async () => {
    expect(
      await refused(server.baseUrl('status', { code: 429, 'retry-after': '3600' })),
    ).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 3_600_000,
    });
  });

  it('[28] T044: refuses to follow a redirect, and re-sends nothing', async () => {
    for (const code of [302, 307, 308]) {
      expect(await refused(server.baseUrl('redirect', { code }))).toMatchObject({
        code: 'redirect',
        status: code,
      });
    }
    expect(server.sink.requests).toHaveLength(0);
  });

  it.each(['login-page', 'json-body'] as const)(
    '[28] T013: %s is no event stream',
    async (name) => {
      const error = await refused(server.baseUrl(name));
      expect(error).toMatchObject({ code: 'content_type', status: 200 });
      expect(error.message.length).toBeLessThan(1500);
    },
  );

  it('[27] T048: reads no more than 64 KiB of an error, and shows little of it', async () => {
    const error = await refused(server.baseUrl('endless-error-body'));
    expect(error.message.length).toBeLessThan(2048);
    expect(error.retryable).toBe(true);
  });

  it('[21] shows no key that the provider echoes', async () => {
    const error = await refused(server.baseUrl('echo-key'));
    expect(`${error.message}${JSON.stringify(error)}${String(error.stack)}`).not.toContain(
      'canary',
    );
    expect(error.message).toContain('[redacted]');
  });

  it('T051: says why there is no connection, with the platform’s code', async () => {
    const error = await refused(server.refusedUrl);
    expect(error).toMatchObject({
      code: 'connection',
      retryable: true,
      cause: { code: 'ECONNREFUSED' },
    });
    expect(error.message).toContain('ECONNREFUSED');
  });
});

describe('readErrorBody', () => {
  it('finds the provider’s name and message', () => {
    expect(
      readErrorBody('{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'),
    ).toEqual({
      type: 'overloaded_error',
      message: 'Overloaded',
    });
    expect(readErrorBody('{"error":{"type":5}}')).toEqual({});
    expect(readErrorBody('null')).toEqual({ message: 'null' });
    expect(readErrorBody(`<html>${'x'.repeat(5000)}`).message).toHaveLength(1024);
  });
});
