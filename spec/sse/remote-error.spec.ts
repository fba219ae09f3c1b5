import { ModelError } from '../../lib/errors/model-error.js';
import { ParseError } from '../../lib/errors/parse-error.js';
import { RxlmError } from '../../lib/errors/rxlm-error.js';
import { ToolError } from '../../lib/errors/tool-error.js';
import { errorOfStatus, remoteError, reviveError } from '../../lib/sse/remote-error.js';
import { safeError } from '../../lib/sse/safe-error.js';

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
  ])('makes of what is told of an error one of the same kind: %s', (error) => {
    const told = JSON.parse(JSON.stringify(safeError(error))) as never;
    const revived = reviveError(told);
    expect(revived.constructor).toBe(error.constructor);
    expect(safeError(revived)).toEqual(safeError(error));
  });

  it('makes an RxlmError of anything else', () => {
    expect(reviveError({})).toMatchObject({ code: 'internal', message: 'The remote run failed.' });
  });
});

describe('errorOfStatus', () => {
  it.each([
    [400, 'invalid_request', false],
    [401, 'unauthorized', false],
    [404, 'not_found', false],
    [413, 'too_large', false],
    [429, 'rate_limited', true],
    [503, 'overloaded', true],
    [500, 'server_error', true],
  ])('takes %d for %s', (status, code, retryable) => {
    expect(errorOfStatus(status, '<html>', 7)).toMatchObject({
      status,
      code,
      retryable,
      retryAfterMs: 7,
    });
  });

  it('believes what the body tells', () => {
    const told = safeError(new ModelError('m', { code: 'rate_limited', provider: 'anthropic' }));
    expect(errorOfStatus(429, JSON.stringify({ error: told }), 1000)).toMatchObject({
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
