import { HttpException } from '@nestjs/common';
import { ModelError } from '../../lib/errors/model-error.js';
import { Secrets } from '../../lib/http/secrets.js';
import { errorOfStatus } from '../../lib/sse/client/remote-error.js';
import { safeError } from '../../lib/sse/frames/safe-error.js';
import { toHttpException } from '../../lib/nestjs/to-http-exception.js';

const error = new ModelError('sk-secret', {
  code: 'rate_limited',
  provider: 'anthropic',
  retryable: true,
  retryAfterMs: 1500,
});

describe('toHttpException', () => {
  it('is an HttpException with the status, a safe body, and the error as its cause', () => {
    const exception = toHttpException(error, undefined) as HttpException;
    expect(exception).toBeInstanceOf(HttpException);
    expect(exception.getStatus()).toBe(429);
    expect(exception.getResponse()).toEqual({
      statusCode: 429,
      name: 'ModelError',
      code: 'rate_limited',
      message: 'The model has too many requests just now. Try again later.',
      retryable: true,
      retryAfterMs: 1500,
      provider: 'anthropic',
    });
    expect(exception.cause).toBe(error);
  });

  it('has a body of which a remote run makes the same error', () => {
    const { cause } = toHttpException(error, undefined) as HttpException;
    const body = JSON.stringify((toHttpException(error, undefined) as HttpException).getResponse());
    expect(cause).toBe(error);
    expect(safeError(errorOfStatus(429, body, undefined, new Secrets()))).toEqual({
      ...safeError(error),
      status: 429,
    });
  });

  it('sets retry-after, in whole seconds, on a response of Express or of Fastify', () => {
    const set: string[][] = [];
    const setter = (...header: string[]) => set.push(header);
    toHttpException(error, { setHeader: setter, header: () => set.push(['twice']) });
    toHttpException(error, { header: setter });
    expect(set).toEqual([
      ['retry-after', '2'],
      ['retry-after', '2'],
    ]);
  });

  it('leaves errors alone that are none of rxlm’s', () => {
    const own = new Error('own');
    expect(toHttpException(own, undefined)).toBe(own);
    expect(toHttpException(null, undefined)).toBe(null);
  });
});
