import { asyncScheduler } from 'rxjs';
import { acceptResponse, refusalOf, unsentError } from '../../../lib/http/internal/open-response';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { Secrets } from '../../../lib/http/secrets';
import { received } from '../../support/received';

const secrets = new Secrets();
secrets.add('sk-canary-1');
const options = {
  errors: new ProviderErrors('p'),
  scheduler: asyncScheduler,
  secrets,
  mediaType: 'text/event-stream',
  requestIdHeaders: ['x-request-id', 'request-id'],
};
const stream = (type: string) =>
  received(new Response('data: x\n\n', { headers: { 'content-type': type } }));

describe('acceptResponse', () => {
  it.each([
    'text/event-stream',
    'Text/Event-Stream; charset=utf-8',
    'text/event-stream,text/event-stream',
  ])('accepts %s', async (type) => {
    const response = stream(type);
    expect(await acceptResponse(response, options)).toBe(response);
  });

  it.each(['text/html', 'application/json', 'text/event-stream-x'])(
    'refuses %s, and shows a sample',
    async (type) => {
      await expect(acceptResponse(stream(type), options)).rejects.toMatchObject({
        code: 'content_type',
        status: 200,
        message: expect.stringContaining('The body begins: data: x'),
      });
    },
  );
});

describe('refusalOf', () => {
  it('is none for a success', async () => {
    expect(await refusalOf(received(new Response('x')), options)).toBeUndefined();
  });

  it('has the status, the request and the wait, and no secret', async () => {
    const response = new Response('{"error":{"message":"no sk-canary-1"}}', {
      status: 429,
      headers: { 'request-id': 'r1', 'retry-after': '2' },
    });
    const error = await refusalOf(received(response), options);
    expect(error).toMatchObject({
      code: 'rate_limited',
      status: 429,
      requestId: 'r1',
      retryAfterMs: 2000,
      retryable: true,
    });
    expect(String(error)).toContain('[redacted]');
  });

  it.each([301, 307])('is a redirect for %d, which is not followed', async (status) => {
    const response = new Response(null, { status, headers: { location: 'https://evil.example' } });
    expect(await refusalOf(received(response), options)).toMatchObject({
      code: 'redirect',
      status,
    });
  });

  it('lets x-should-retry decide', async () => {
    const response = new Response('', { status: 500, headers: { 'x-should-retry': 'false' } });
    expect(await refusalOf(received(response), options)).toMatchObject({ retryable: false });
  });
});

describe('unsentError', () => {
  it('says why there is no connection, by the innermost cause', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = unsentError(new TypeError('fetch failed', { cause }), options, true);
    expect(error).toMatchObject({ code: 'connection', retryable: true });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('shows no value of a header', () => {
    const error = unsentError(new TypeError('Invalid header value: a\nb'), options, false);
    expect(error.message).toBe(
      'p: the request could not be sent (TypeError: a header has a value that cannot be sent)',
    );
    expect(error.cause).toBeUndefined();
  });
});
