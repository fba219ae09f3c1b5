import { SSE_HEADERS } from '../../lib/sse/sse-headers.js';

describe('SSE_HEADERS', () => {
  it('(T088) keep what is on the way from keeping, changing or collecting anything', () => {
    expect(SSE_HEADERS).toEqual({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  });
});
