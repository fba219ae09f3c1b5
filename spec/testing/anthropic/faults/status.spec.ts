import { statusFaults } from '../../../../lib/testing/anthropic/faults/status.js';
import { eventsIn } from '../../raw-client.js';
import { playFaults, type Row } from '../../faults/play-faults.js';

const types: readonly (readonly [number, string])[] = [
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [422, 'invalid_request_error'],
  [429, 'rate_limit_error'],
  [500, 'api_error'],
  [502, 'api_error'],
  [503, 'api_error'],
  [504, 'timeout_error'],
  [529, 'overloaded_error'],
];

const statuses = types.map(([code, type]): Row => [
  'status',
  { code },
  {},
  ({ status, headers, body }) => {
    expect(status).toBe(code);
    expect(JSON.parse(body.toString())).toMatchObject({ type: 'error', error: { type } });
    expect(headers).not.toHaveProperty('retry-after');
    expect(headers).not.toHaveProperty('x-should-retry');
  },
]);

playFaults(statusFaults, [
  ...statuses,
  [
    'status',
    {
      code: 429,
      type: 'odd_error',
      message: 'Slow down',
      'retry-after': '3600',
      'retry-after-ms': '5',
      'should-retry': 'false',
    },
    {},
    ({ headers, body }) => {
      expect(headers).toMatchObject({
        'retry-after': '3600',
        'retry-after-ms': '5',
        'x-should-retry': 'false',
      });
      expect(JSON.parse(body.toString())).toMatchObject({
        error: { type: 'odd_error', message: 'Slow down' },
      });
    },
  ],
  [
    'html-error',
    {},
    {},
    ({ status, headers, body }) => {
      expect(status).toBe(503);
      expect(headers['content-type']).toMatch('text/html');
      expect(body).toHaveLength(100_000);
    },
  ],
  [
    'login-page',
    {},
    {},
    ({ status, headers, body }) => {
      expect(status).toBe(200);
      expect(headers['content-type']).toMatch('text/html');
      expect(body.toString()).toContain('<title>Log in</title>');
    },
  ],
  [
    'json-body',
    {},
    {},
    ({ status, headers, body }) => {
      expect([status, headers['content-type']]).toEqual([200, 'application/json']);
      expect(JSON.parse(body.toString())).toEqual({ ok: true });
    },
  ],
  [
    'no-content',
    {},
    {},
    (answer) => {
      expect(answer).toMatchObject({ status: 204, ending: 'complete' });
    },
  ],
  [
    'endless-error-body',
    {},
    { bytes: 2_000_000 },
    ({ status, ending }) => {
      expect([status, ending]).toEqual([500, 'left']);
    },
  ],
  [
    'stalled-error-body',
    { code: 429 },
    { quietMs: 150 },
    ({ status, ending, body }) => {
      expect([status, ending, body.toString()]).toEqual([429, 'left', '{"type":"error",']);
    },
  ],
  [
    'echo-key',
    {},
    {},
    ({ status, body }) => {
      expect(status).toBe(401);
      expect(body.toString()).toContain('canary-key');
    },
  ],
  [
    'echo-key',
    { where: 'header' },
    { headers: { authorization: 'Bearer canary-bearer' } },
    ({ headers, body }) => {
      expect(headers['x-echo']).toContain('canary-bearer');
      expect(body.toString()).not.toContain('canary');
    },
  ],
  [
    'echo-key',
    { where: 'stream' },
    {},
    ({ status, body }) => {
      expect(status).toBe(200);
      expect(eventsIn(body)).toMatchObject([
        { type: 'error', error: { message: expect.stringContaining('canary-key') } },
      ]);
    },
  ],
  ...[301, 302, 303, 307, 308].map((code): Row => [
    'redirect',
    { code },
    {},
    ({ status, headers }, server) => {
      expect(status).toBe(code);
      expect(headers.location).toBe(`${server.sink.url}/v1/messages`);
      expect(server.sink.port).not.toBe(server.port);
      expect(server.sink.requests).toEqual([]);
    },
  ]),
]);
