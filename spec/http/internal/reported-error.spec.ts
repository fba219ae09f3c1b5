import { readReportedError } from '../../../lib/http/internal/reported-error';
import { Secrets } from '../../../lib/http/secrets';

const secrets = new Secrets();
secrets.add('sk-canary-1');
const read = (body: unknown) =>
  readReportedError(typeof body === 'string' ? body : JSON.stringify(body), secrets);

describe('readReportedError', () => {
  it('finds the provider’s name, message and request', () => {
    const error = { type: 'overloaded_error', message: 'Overloaded' };
    expect(read({ type: 'error', error, request_id: 'req_1' })).toEqual({
      ...error,
      requestId: 'req_1',
    });
  });

  it.each<[unknown, object]>([
    [{ error: 'No' }, { message: 'No' }],
    [{ message: 'Forbidden' }, { message: 'Forbidden' }],
    [
      { type: 'overloaded_error', message: 'No' },
      { type: 'overloaded_error', message: 'No' },
    ],
    [
      { error: { error: { type: 'api_error', message: 'No' } } },
      { type: 'api_error', message: 'No' },
    ],
    [{ error: { type: 'api_error', message: { text: 'No' } } }, { type: 'api_error' }],
    [{ error: { type: 5, message: 'No' }, request_id: {} }, { message: 'No' }],
  ])('finds them where a proxy puts them: %j', (body, said) => {
    expect(read(body)).toEqual(said);
  });

  it('finds the code beside the type, which says more', () => {
    const error = { type: 'invalid_request_error', code: 'context_length_exceeded' };
    expect(read({ error })).toEqual(error);
    expect(read({ error: { ...error, code: 400 } })).toEqual({ type: error.type, status: 400 });
  });

  it.each([
    'null',
    '[]',
    '"No"',
    '{"type":"error"}',
    '{"error":{"type":5}}',
    '<html>',
    '{"err',
    '',
  ])('gives the text of what says neither: %s', (body) => {
    expect(read(body)).toEqual({ message: body });
  });

  it('shows no secret, however it is escaped', () => {
    const bodies = [
      { error: { type: 'sk-canary-1', message: 'sk-canary-1' }, request_id: 'sk-canary-1' },
      '{"error":{"message":"sk-\\u0063anary-1"}}',
      'sk-canary-1',
    ];
    expect(JSON.stringify(bodies.map(read))).not.toContain('canary');
  });

  it.each<[string, unknown, object]>([
    [
      'OpenAI',
      { error: { message: 'No', type: 'invalid_request_error', code: null } },
      { type: 'invalid_request_error', message: 'No' },
    ],
    [
      'OpenAI, by its code',
      { error: { message: 'No', type: null, code: 'model_not_found' } },
      { type: 'model_not_found', message: 'No' },
    ],
    [
      'Google',
      { error: { code: 404, message: 'No', status: 'NOT_FOUND' } },
      { type: 'NOT_FOUND', message: 'No', status: 404 },
    ],
    [
      'Google, in an array',
      [{ error: { code: 400, message: 'No', status: 'INVALID_ARGUMENT' } }],
      { type: 'INVALID_ARGUMENT', message: 'No', status: 400 },
    ],
    [
      'Google, with the time to wait',
      { error: { code: 429, status: 'X', details: [{ a: 1 }, { retryDelay: '48.9s' }] } },
      { type: 'X', status: 429, retryAfterMs: 48_900 },
    ],
    ['OpenRouter', { error: { message: 'No', code: 502 } }, { message: 'No', status: 502 }],
    ['Azure', { error: { code: '401', message: 'No' } }, { message: 'No', status: 401 }],
    [
      'Groq in a stream',
      { error: { message: 'No', code: 'tool_use_failed', status_code: 400 } },
      { type: 'tool_use_failed', message: 'No', status: 400 },
    ],
    ['xAI', { code: 'invalid-argument', error: 'No' }, { type: 'invalid-argument', message: 'No' }],
    ['Mistral', { detail: 'No' }, { message: 'No' }],
    ['FastAPI', { detail: [{ loc: ['body'], msg: 'No', type: 'missing' }] }, { message: 'No' }],
    ['Cohere', { message: 'No', id: 'x' }, { message: 'No' }],
    ['Ollama', { error: 'No' }, { message: 'No' }],
  ])('reads the form of %s', (_, body, said) => {
    expect(read(body)).toEqual(said);
  });

  it('reads a frame that is parsed already', () => {
    expect(readReportedError({ error: { message: 'No', code: 503 } }, secrets)).toEqual({
      message: 'No',
      status: 503,
    });
  });
});
