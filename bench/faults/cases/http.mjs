import { AT_ONCE, each, failed, whole } from './case.mjs';

const http = (code, right) => failed(code, '', right);

/** Answers that are none, and what is sent again. */
export const HTTP = [
  {
    id: 'T044',
    title: 'a redirect to another origin: an error, and nothing sent there',
    variants: each('redirect', 'code', [302, 307, 308], http('redirect', { sinkRequests: 0 })),
  },
  {
    id: 'T045',
    timed: true,
    title: '429 with `retry-after: 1`: sent again after 1 to 2 s',
    variants: [
      {
        fault: ['status', { code: 429, 'retry-after': '1', times: 1 }],
        right: { ...whole, requests: 2, gap: [990, 2000] },
      },
    ],
  },
  {
    id: 'T046',
    timed: true,
    title: '429 with `retry-after: 3600`: an error within 2 s, one request',
    variants: [
      {
        fault: ['status', { code: 429, 'retry-after': '3600' }],
        right: http('rate_limited', {
          status: 429,
          retryAfterMs: 3_600_000,
          ms: [0, 2000],
          requests: 1,
        }),
      },
    ],
  },
  {
    id: 'T047',
    timed: true,
    title:
      '500 to 529: at most 3 requests, further and further apart; `x-should-retry: false`: one',
    variants: [
      ...[500, 502, 503, 504, 529].map((code) => ({
        name: String(code),
        fault: ['status', { code }],
        right: http(['server_error', 'overloaded'], {
          status: code,
          requestsAtMost: 3,
          gapsGrow: true,
        }),
        bound: 15_000,
      })),
      {
        name: 'x-should-retry',
        fault: ['status', { code: 503, 'should-retry': 'false' }],
        right: http(['server_error', 'overloaded'], { requests: 1 }),
        bound: 15_000,
      },
    ],
  },
  {
    id: 'T048',
    title: '503 with 100 kB of HTML: an error of at most 2 kB',
    variants: [
      {
        fault: ['html-error'],
        settings: { maxRetries: 0 },
        right: http('server_error', { status: 503, messageLength: 2048 }),
      },
    ],
  },
  {
    id: 'T049',
    title: '400, 401, 403, 404, 413, 422: one request, with status and type',
    variants: [
      [400, 'invalid_request', 'invalid_request_error'],
      [401, 'unauthorized', 'authentication_error'],
      [403, 'forbidden', 'permission_error'],
      [404, 'not_found', 'not_found_error'],
      [413, 'too_large', undefined],
      [422, 'invalid_request', 'invalid_request_error'],
    ].map(([status, code, type]) => ({
      name: String(status),
      fault: ['status', { code: status }],
      right: http(code, { status, ...(type && { type }), requests: 1 }),
    })),
  },
  {
    id: 'T051',
    title: 'refused, no such host, no TLS: an error, with its cause',
    variants: [
      ['refused', ({ refusedUrl }) => refusedUrl, /ECONNREFUSED/],
      ['no such host', () => 'https://nowhere.invalid', /ENOTFOUND|EAI_AGAIN/],
      ['no TLS', ({ url }) => url.replace('http:', 'https:'), /ERR_SSL|wrong version/i],
    ].map(([name, url, cause]) => ({
      name,
      url,
      settings: { maxRetries: 1 },
      right: http('connection', { cause }),
      bound: 15_000,
    })),
  },
  {
    id: 'T052',
    title: 'whatever fails after the first delta: never a second request',
    variants: ['reset', 'hang-up', 'error-after', 'end-after'].map((name) => ({
      name,
      fault: [name],
      linger: 700,
      right: { outcome: 'error', text: 'Hel', requests: 1 },
    })),
  },
  {
    id: 'T053',
    timed: true,
    title: 'aborted in the back-off: ends at once, no further request, and the process ends',
    variants: [
      {
        fault: ['status', { code: 529, 'retry-after': '1' }],
        consumer: 'abort',
        options: { when: 500 },
        linger: 1200,
        exits: true,
        right: { outcome: 'error', ms: [0, AT_ONCE], requests: 1, exitMs: 1000 },
      },
    ],
  },
];
