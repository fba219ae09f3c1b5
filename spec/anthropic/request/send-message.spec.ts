import Anthropic from '@anthropic-ai/sdk';
import { inspect } from 'node:util';
import { asyncScheduler } from 'rxjs';
import { ModelError } from 'rxlm';
import { ANTHROPIC_ERRORS } from '../../../lib/anthropic/internal/errors';
import { sendBySdk, sendMessage } from '../../../lib/anthropic/request/send-message';
import type { SendOptions } from '../../../lib/anthropic/request/send-message';
import type { AnthropicRequest } from '../../../lib/anthropic/request/to-request';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { Secrets } from '../../../lib/http/secrets';
import { type FaultServer, startFaultServer } from '../../../lib/testing/anthropic/fault-server';

const REQUEST = { body: { model: 'm', max_tokens: 1, messages: [], stream: true }, headers: {} };
const KEY = 'sk-canary-0123456789';
/** No header can hold it, and what refuses it repeats it. */
const BROKEN_KEY = 'sk-canary\n0123456789';

const WIRE = {
  errors: new ProviderErrors('anthropic', ANTHROPIC_ERRORS),
  mediaType: 'text/event-stream',
  requestIdHeaders: ['request-id'],
};

const SENDERS = {
  'sendMessage, auto': (client: Anthropic, request: AnthropicRequest, options: SendOptions) =>
    sendMessage(client, request, 'auto', options),
  'sendMessage, fetch': (client: Anthropic, request: AnthropicRequest, options: SendOptions) =>
    sendMessage(client, request, 'fetch', options),
  sendBySdk,
};

describe.each(Object.entries(SENDERS))('%s', (_name, send) => {
  let server: FaultServer;
  beforeAll(async () => {
    server = await startFaultServer();
  });
  afterAll(() => server.close());

  const open = (baseURL: string) => {
    const secrets = new Secrets();
    secrets.add(KEY);
    const client = new Anthropic({ apiKey: KEY, baseURL, logLevel: 'off' });
    return send(client, REQUEST, {
      signal: new AbortController().signal,
      timeout: 10_000,
      scheduler: asyncScheduler,
      ...WIRE,
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

  it('[21] shows no value that no header can hold', async () => {
    const client = new Anthropic({ apiKey: KEY, baseURL: server.url, logLevel: 'off' });
    const error: unknown = await send(
      client,
      { ...REQUEST, headers: { 'x-mine': 'a\nbCANARY' } },
      {
        signal: new AbortController().signal,
        timeout: 10_000,
        scheduler: asyncScheduler,
        ...WIRE,
        secrets: new Secrets(),
      },
    ).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'invalid_request' });
    expect(inspect(error, { showHidden: true })).toMatch(
      /a header has a value that cannot be sent/,
    );
    expect(inspect(error, { showHidden: true })).not.toContain('CANARY');
  });

  it('gives the response of an event stream, its body unread', async () => {
    const response = await open(server.baseUrl('good'));
    expect(response.body.ended).toBe(false);
    response.body.cancel();
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

  it('T046: reports how long the provider asks to wait', async () => {
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

  it('[21] treats every sent header as a secret', async () => {
    const client = new Anthropic({
      apiKey: 'a-key-of-mine',
      baseURL: server.baseUrl('echo-key'),
      logLevel: 'off',
      defaultHeaders: { 'x-api-key': 'sk-canary-default' },
    });
    const error: unknown = await send(client, REQUEST, {
      signal: new AbortController().signal,
      timeout: 10_000,
      scheduler: asyncScheduler,
      ...WIRE,
      secrets: new Secrets(),
    }).catch((e: unknown) => e);
    expect(String(error)).toContain('[redacted]');
    expect(String(error)).not.toContain('canary');
  });

  it('[21] shows no key in what it names as the cause', async () => {
    const secrets = new Secrets();
    secrets.add(BROKEN_KEY);
    const client = new Anthropic({ apiKey: BROKEN_KEY, baseURL: server.url, logLevel: 'off' });
    const error: unknown = await send(client, REQUEST, {
      signal: new AbortController().signal,
      timeout: 10_000,
      scheduler: asyncScheduler,
      ...WIRE,
      secrets,
    }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'invalid_request' });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('canary');
  });

  it('T048: does not wait for the rest of a refusal', async () => {
    expect(await refused(server.baseUrl('stalled-error-body', { code: 503 }))).toMatchObject({
      code: 'server_error',
      status: 503,
    });
  });

  it('prints nothing, whatever the SDK thinks of a model', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const client = new Anthropic({ apiKey: KEY, baseURL: server.baseUrl('good'), logLevel: 'off' });
    const request = { ...REQUEST, body: { ...REQUEST.body, model: 'claude-sonnet-4-5' } };
    const printed = await client.messages.create(request.body as never).asResponse();
    expect(warn).toHaveBeenCalledTimes(1);
    const silent = await send(client, request, {
      signal: new AbortController().signal,
      timeout: 10_000,
      scheduler: asyncScheduler,
      ...WIRE,
      secrets: new Secrets(),
    });
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
    silent.body.cancel();
    await printed.body?.cancel();
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
