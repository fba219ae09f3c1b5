import {
  apiKeyOf,
  objectionTo,
  wantsStream,
} from '../../../lib/testing/anthropic/messages-endpoint.js';
import type { SeenRequest } from '../../../lib/testing/http/seen-request.js';

const request = (over: Partial<SeenRequest> = {}): SeenRequest =>
  ({ method: 'POST', headers: { 'x-api-key': 'k' }, body: {}, ...over }) as SeenRequest;

describe('objectionTo', () => {
  it.each<[string, SeenRequest, string, number | undefined]>([
    ['a request with x-api-key', request(), '/v1/messages', undefined],
    ['a bearer', request({ headers: { authorization: 'Bearer k' } }), '/v1/messages', undefined],
    ['no key', request({ headers: {} }), '/v1/messages', 401],
    ['an empty key', request({ headers: { 'x-api-key': '' } }), '/v1/messages', 401],
    ['another scheme', request({ headers: { authorization: 'Basic k' } }), '/v1/messages', 401],
    ['another path', request(), '/v1/complete', 404],
    ['another method', request({ method: 'GET' }), '/v1/messages', 405],
    ['a body that is no JSON', request({ body: undefined }), '/v1/messages', 400],
    ['a body that is no object', request({ body: 'hi' }), '/v1/messages', 400],
  ])('meets %s', (_, seen, path, status) => {
    expect(objectionTo(seen, path)?.status).toBe(status);
  });
});

it('apiKeyOf reads both headers', () => {
  expect(apiKeyOf({ 'x-api-key': 'a' })).toBe('a');
  expect(apiKeyOf({ authorization: 'bearer b' })).toBe('b');
  expect(apiKeyOf({})).toBeUndefined();
});

it.each([
  [{ stream: true }, true],
  [{ stream: 1 }, false],
  [{}, false],
  [null, false],
])('wantsStream of %j is %s', (body, wants) => {
  expect(wantsStream(request({ body }))).toBe(wants);
});
