import { ModelError, type ModelErrorCode } from '../../../lib/errors/model-error.js';
import { ParseError } from '../../../lib/errors/parse-error.js';
import { safeError, statusOf } from '../../../lib/sse/frames/safe-error.js';
import { toHttpError } from '../../../lib/sse/frames/to-http-error.js';

const secret = 'sk-secret at https://gateway.internal';
const errorOf = (code: ModelErrorCode, retryAfterMs?: number) =>
  new ModelError(secret, { code, provider: 'anthropic', retryable: true, retryAfterMs });
const parseError = new ParseError(secret, { code: 'not_json', text: secret });

describe('statusOf', () => {
  it.each([
    [errorOf('rate_limited'), 429],
    [errorOf('overloaded'), 503],
    [errorOf('timeout'), 504],
    [errorOf('unauthorized'), 502],
    [errorOf('content_type'), 502],
    [errorOf('connection'), 502],
    [parseError, 500],
    [new Error(secret), undefined],
    [null, undefined],
  ])('(T091) is of %p %p', (error, status) => {
    expect(statusOf(error)).toBe(status);
  });
});

describe('safeError', () => {
  it('[21] reports what a client can act on, and nothing that the error says', () => {
    expect(safeError(errorOf('rate_limited', 2000))).toEqual({
      name: 'ModelError',
      code: 'rate_limited',
      message: 'The model has too many requests just now. Try again later.',
      retryable: true,
      retryAfterMs: 2000,
      provider: 'anthropic',
    });
    for (const error of [parseError, new Error(secret), secret, null, undefined])
      expect(JSON.stringify(safeError(error))).not.toMatch(/secret|gateway/);
    expect(safeError(parseError).code).toBe('not_json');
    expect(safeError(null)).toEqual({
      name: 'Error',
      code: 'internal',
      message: 'Something went wrong.',
      retryable: false,
    });
  });

  it.each([NaN, Infinity, -1, 1e300, '5 ', '5\r\nset-cookie: a=1', '😀', {}, null])(
    'leaves out fields that are no count, word or header: %p',
    (value) => {
      const fields = { code: 'rate_limited', provider: 'a\r\nx: 1', phase: value };
      const error = new ModelError(secret, {
        ...fields,
        retryAfterMs: value,
        status: value,
      } as never);
      const { status, headers, body } = toHttpError(error);
      expect([status, headers['retry-after']]).toEqual([429, undefined]);
      expect(JSON.parse(body)).toEqual({
        error: {
          ...{ name: 'ModelError', code: 'rate_limited', retryable: false },
          message: 'The model has too many requests just now. Try again later.',
        },
      });
    },
  );

  it('shows nothing of a code that is no word', () => {
    for (const code of [`${secret}\r\n`, 5, {}, ''])
      expect(safeError(new ModelError(secret, { code, provider: 'a' } as never))).toMatchObject({
        code: 'internal',
      });
  });
});
