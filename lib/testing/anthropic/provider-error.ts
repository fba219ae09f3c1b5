const types = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [402, 'billing_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [409, 'conflict_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [500, 'api_error'],
  [504, 'timeout_error'],
  [529, 'overloaded_error'],
]);

/** The type the service gives an error of this HTTP status. */
export const errorTypeOf = (status: number): string =>
  types.get(status) ?? (status < 500 ? 'invalid_request_error' : 'api_error');

/** The HTTP status of an error type; 500 for a type nobody knows. */
export const errorStatusOf = (type: string): number => {
  for (const [status, known] of types) if (known === type) return status;
  return 500;
};

/** The body of an error response, shaped as the service shapes it. */
export const errorBody = (type: string, message: string, requestId: string): object => ({
  type: 'error',
  error: { type, message },
  request_id: requestId,
});
