import { ModelError, type ModelErrorCode } from '../../../lib/errors/model-error.js';
import { badRequest } from '../../../lib/sse/server/bad-request.js';
import { toHttpError } from '../../../lib/sse/frames/to-http-error.js';

const secret = 'sk-secret at https://gateway.internal';
const of = (code: ModelErrorCode) =>
  new ModelError(secret, { code, provider: 'anthropic', retryAfterMs: 1500 });

describe('toHttpError', () => {
  it.each([
    [of('rate_limited'), 429],
    [of('overloaded'), 503],
    [of('unauthorized'), 502],
    [of('content_type'), 502],
    [of('timeout'), 504],
    [of('constructor' as ModelErrorCode), 502],
    [of('__proto__' as ModelErrorCode), 502],
    [badRequest(secret), 400],
    [Object.assign(new Error(secret), { expose: true, statusCode: 403 }), 403],
    [Object.assign(new Error(secret), { expose: true, statusCode: 200 }), 500],
    [Object.assign(new Error(secret), { statusCode: 403 }), 500],
    [new TypeError(secret), 500],
    [null, 500],
    [new Error(secret), 500],
    ['thrown', 500],
  ])('(T091) [21] answers %p with %p and nothing that it says', (error, status) => {
    const answer = toHttpError(error);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer)).not.toMatch(/secret|gateway|thrown/);
    expect(JSON.parse(answer.body)).toHaveProperty('error.code');
  });

  it('(T091) says in whole seconds when to come again', () => {
    expect(toHttpError(of('rate_limited')).headers).toMatchObject({ 'retry-after': '2' });
    expect(toHttpError(new Error('x')).headers).not.toHaveProperty('retry-after');
  });
});
