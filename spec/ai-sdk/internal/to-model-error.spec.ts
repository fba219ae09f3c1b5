import {
  APICallError,
  InvalidPromptError,
  InvalidResponseDataError,
  JSONParseError,
  LoadAPIKeyError,
  NoSuchModelError,
} from '@ai-sdk/provider';
import { AI_SDK_ERRORS } from '../../../lib/ai-sdk/internal/errors';
import { toModelError } from '../../../lib/ai-sdk/internal/to-model-error';
import { ModelError } from '../../../lib/errors/model-error';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { Secrets } from '../../../lib/http/secrets';

const secrets = new Secrets();
secrets.add('sk-canary-1');
const errors = new ProviderErrors('acme', AI_SDK_ERRORS);
const made = (error: unknown) => toModelError(error, { errors, secrets });
const call = (fields: Partial<ConstructorParameters<typeof APICallError>[0]>) =>
  new APICallError({
    message: 'it failed',
    url: 'https://x',
    requestBodyValues: { prompt: 'a secret prompt' },
    ...fields,
  });
const socket = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });

describe('toModelError', () => {
  it.each<[string, unknown, object]>([
    [
      'a refusal',
      call({
        statusCode: 429,
        responseBody: '{"error":{"type":"rate_limit_error","message":"slow down"}}',
        responseHeaders: { 'retry-after': '3', 'x-request-id': 'r' },
      }),
      {
        code: 'rate_limited',
        status: 429,
        type: 'rate_limit_error',
        retryable: true,
        retryAfterMs: 3000,
        requestId: 'r',
      },
    ],
    ['one that is final', call({ statusCode: 503, isRetryable: false }), { retryable: false }],
    [
      'one without a body',
      call({ statusCode: 401 }),
      { code: 'unauthorized', message: expect.stringContaining('it failed') },
    ],
    [
      'no connection',
      call({ cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), isRetryable: true }),
      { code: 'connection', retryable: true, message: expect.stringContaining('ECONNREFUSED') },
    ],
    [
      'a body that breaks off',
      call({ statusCode: 200, cause: new TypeError('terminated', { cause: socket }) }),
      { code: 'connection', message: expect.stringContaining('UND_ERR_SOCKET') },
    ],
    [
      'a body that is none',
      call({ statusCode: 200, cause: new JSONParseError({ text: 'x', cause: new SyntaxError() }) }),
      { code: 'bad_stream', status: 200 },
    ],
    ['a lost connection', new TypeError('terminated', { cause: socket }), { code: 'connection' }],
    ['no key', new LoadAPIKeyError({ message: 'no key' }), { code: 'unauthorized' }],
    [
      'no model',
      new NoSuchModelError({ modelId: 'm', modelType: 'languageModel' }),
      { code: 'not_found' },
    ],
    [
      'a wrong prompt',
      new InvalidPromptError({ prompt: 'x', message: 'why' }),
      { code: 'invalid_request' },
    ],
    [
      'a stream without a reason',
      new InvalidResponseDataError({
        data: {},
        message: 'Response stream ended without a finish reason.',
      }),
      { code: 'truncated', retryable: true },
    ],
    [
      'what could not be read',
      new JSONParseError({ text: 'Hi there', cause: new Error('x') }),
      { code: 'bad_stream', message: expect.not.stringContaining('Hi there') },
    ],
    ['a frame', { type: 'overloaded_error', message: 'busy' }, { code: 'overloaded', status: 529 }],
    ['a text', 'it broke', { code: 'server_error', message: expect.stringContaining('it broke') }],
    ['nothing', undefined, { code: 'server_error' }],
  ])('of %s says what it is', (_, error, fields) => {
    expect(made(error)).toMatchObject({ provider: 'acme', ...fields });
  });

  it('knows errors of another copy by their marker', () => {
    const copy = {
      name: 'AI_APICallError',
      message: 'x',
      statusCode: 529,
      isRetryable: true,
      [Symbol.for('vercel.ai.error')]: true,
      [Symbol.for('vercel.ai.error.AI_APICallError')]: true,
    };
    expect(made(copy)).toMatchObject({ code: 'overloaded', retryable: true });
  });

  it('keeps nothing of the request, and shows no secret that it knows', () => {
    const error = made(
      call({ statusCode: 400, responseBody: '{"error":{"message":"sk-canary-1"}}' }),
    );
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify(error) + error.message).not.toMatch(/canary|secret prompt/);
  });

  it('passes an error of rxlm', () => {
    const error = new ModelError('x', { code: 'limit', provider: 'acme' });
    expect(made(error)).toBe(error);
  });
});
