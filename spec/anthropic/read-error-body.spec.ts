import { readErrorBody } from '../../lib/anthropic/read-error-body';
import { Secrets } from '../../lib/event-stream/secrets';

const secrets = new Secrets();
secrets.add('sk-canary-1');
const read = (body: unknown) =>
  readErrorBody(typeof body === 'string' ? body : JSON.stringify(body), secrets);

describe('readErrorBody', () => {
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

  it('[21] shows no secret, however it is escaped', () => {
    const bodies = [
      { error: { type: 'sk-canary-1', message: 'sk-canary-1' }, request_id: 'sk-canary-1' },
      '{"error":{"message":"sk-\\u0063anary-1"}}',
      'sk-canary-1',
    ];
    expect(JSON.stringify(bodies.map(read))).not.toContain('canary');
  });
});
