import {
  errorBody,
  errorStatusOf,
  errorTypeOf,
} from '../../../lib/testing/anthropic/provider-error.js';

it.each([400, 401, 402, 403, 404, 409, 413, 429, 500, 504, 529])(
  'status %d has a type of its own, and the type the status',
  (status) => {
    expect(errorStatusOf(errorTypeOf(status))).toBe(status);
  },
);

it.each([
  [422, 'invalid_request_error'],
  [502, 'api_error'],
])('status %d goes by %s', (status, type) => {
  expect(errorTypeOf(status)).toBe(type);
});

it('an unknown type goes by 500', () => {
  expect(errorStatusOf('tired_error')).toBe(500);
});

it('a body has the shape of the service', () => {
  expect(errorBody('api_error', 'No', 'req_1')).toEqual({
    type: 'error',
    error: { type: 'api_error', message: 'No' },
    request_id: 'req_1',
  });
});
