import { ModelError } from '../../../lib/errors/model-error.js';
import { ParseError } from '../../../lib/errors/parse-error.js';
import { RxlmError } from '../../../lib/errors/rxlm-error.js';
import { ToolError } from '../../../lib/errors/tool-error.js';
import { errorOfStatus, remoteError, reviveError } from '../../../lib/sse/client/remote-error.js';
import { Secrets } from '../../../lib/http/secrets.js';
import { safeError } from '../../../lib/sse/frames/safe-error.js';

const NONE = new Secrets();

describe('reviveError', () => {
  it.each([
    new ModelError('m', {
      code: 'overloaded',
      provider: 'anthropic',
      status: 529,
      retryable: true,
      retryAfterMs: 5,
    }),
    new ModelError('m', { code: 'timeout', phase: 'idle', provider: 'anthropic' }),
    new ParseError('m', { code: 'not_json', text: 'secret' }),
    new ToolError('m', { code: 'failed', tool: 'weather' }),
    new RxlmError('m', { code: 'timeout', phase: 'total' }),
  ])('makes of what is reported of an error one of the same kind: %s', (error) => {
    const recorded = JSON.parse(JSON.stringify(safeError(error))) as never;
    const revived = reviveError(recorded, NONE);
    expect(revived.constructor).toBe(error.constructor);
    expect(safeError(revived)).toEqual(safeError(error));
  });

  it('makes an RxlmError of anything else', () => {
    expect(reviveError({}, NONE)).toMatchObject({
      code: 'internal',
      message: 'The remote run failed.',
    });
  });
});

describe('reviveError of what is no error', () => {
  it.each([[null], [1], ['text'], [[]], [{ message: {}, code: 1, name: null }]])(
    'makes an RxlmError of %j',
    (recorded) => {
      const error = reviveError(recorded, NONE);
      expect(error).toMatchObject({ name: 'RxlmError', code: 'internal' });
      expect(error.message).toBe('The remote run failed.');
    },
  );

  it('leaves out what is not of its type', () => {
    const recorded = {
      name: 'ModelError',
      code: { a: 1 },
      message: 'm',
      provider: { secret: 1 },
      phase: 'a b',
      status: 'x',
      retryable: 'yes',
      retryAfterMs: 'soon',
    };
    expect(JSON.parse(JSON.stringify(reviveError(recorded, NONE)))).toEqual({
      name: 'ModelError',
      code: 'server_error',
      message: 'm',
      provider: 'remote',
      retryable: false,
      emitted: false,
    });
    const endless = JSON.parse('{"name":"ModelError","retryAfterMs":1e999}') as object;
    expect(reviveError(endless, NONE)).not.toHaveProperty('retryAfterMs');
  });

  it('[21] shows no secret that the server has echoed', () => {
    const secrets = new Secrets();
    secrets.addHeaders([['authorization', 'Bearer canary-0123456789']]);
    const recorded = { name: 'ModelError', code: 'unauthorized', message: 'bad canary-0123456789' };
    expect(reviveError(recorded, secrets).message).toBe('bad [redacted]');
    const body = JSON.stringify({ error: recorded });
    expect(errorOfStatus(401, body, undefined, secrets).message).toBe('bad [redacted]');
  });
});

describe('errorOfStatus', () => {
  it.each([
    [400, 'invalid_request', false],
    [401, 'unauthorized', false],
    [404, 'not_found', false],
    [408, 'server_error', true],
    [504, 'server_error', true],
    [413, 'too_large', false],
    [429, 'rate_limited', true],
    [503, 'overloaded', true],
    [500, 'server_error', true],
  ])('takes %d for %s', (status, code, retryable) => {
    expect(errorOfStatus(status, '<html>', 7, NONE)).toMatchObject({
      status,
      code,
      retryable,
      retryAfterMs: 7,
    });
  });

  it('goes by the status where the body is some other server’s idea of an error', () => {
    const body = JSON.stringify({ error: { code: 'invalid_api_key', message: 'Incorrect key' } });
    expect(errorOfStatus(401, body, undefined, NONE)).toMatchObject({
      name: 'ModelError',
      code: 'unauthorized',
      status: 401,
    });
  });

  it('keeps the status that the provider had, where the body reports it', () => {
    const cause = new ModelError('m', { code: 'unauthorized', provider: 'anthropic', status: 401 });
    const body = JSON.stringify({ error: safeError(cause) });
    expect(errorOfStatus(502, body, undefined, NONE)).toMatchObject({
      code: 'unauthorized',
      status: 401,
    });
  });

  it('believes what the body reports', () => {
    const recorded = safeError(
      new ModelError('m', { code: 'rate_limited', provider: 'anthropic' }),
    );
    expect(errorOfStatus(429, JSON.stringify({ error: recorded }), 1000, NONE)).toMatchObject({
      code: 'rate_limited',
      provider: 'anthropic',
      status: 429,
      retryAfterMs: 1000,
    });
  });
});

describe('remoteError', () => {
  it('says that it is of the way there', () => {
    expect(remoteError('truncated', 'cut')).toMatchObject({
      message: 'remote: cut',
      provider: 'remote',
    });
  });
});
