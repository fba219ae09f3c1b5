import { checkHeaders, SSE_HEADERS } from '../../../lib/sse/server/sse-headers.js';

describe('SSE_HEADERS', () => {
  it('(T088) keep what is on the way from keeping, changing or collecting anything', () => {
    expect(SSE_HEADERS).toEqual({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  });
});

describe('checkHeaders', () => {
  it('reads headers once, and gives their names in lower case', () => {
    let reads = 0;
    const headers = {
      get 'X-A'() {
        reads += 1;
        return 'é\t1';
      },
    };
    expect(checkHeaders(headers)).toEqual({ 'x-a': 'é\t1' });
    expect([reads, checkHeaders(undefined)]).toEqual([1, {}]);
  });

  it.each<[unknown, RegExp]>([
    [5, /headers must be an object/],
    [null, /headers must be an object/],
    [['a'], /plain object/],
    [new Headers({ a: 'b' }), /plain object/],
    [new Map([['a', 'b']]), /plain object/],
    [{ 'x-a': undefined }, /the header "x-a" must be a string, got undefined/],
    [{ 'x-a': ['a'] }, /must be a string, got object/],
    [{ 'x-a': 'SECRET\r\nset-cookie: a' }, /the header "x-a" must have no line ends/],
    [{ 'x-a': '🐟' }, /Latin-1/],
    [{ 'x-a': '\0' }, /control/],
    [{ 'x a': 'b' }, /must not have the name "x a"/],
    [{ 'x-a\r\nb': 'c' }, /must not have the name "x-a\\r\\nb"/],
    [{ '': 'c' }, /must not have the name ""/],
    [{ 'Content-Length': '5' }, /must not have the name/],
    [JSON.parse('{"__proto__":"a"}'), /must not have the name/],
  ])('refuses %p, and never shows a value', (headers, message) => {
    const check = () => checkHeaders(headers as Record<string, string>);
    expect(check).toThrow(TypeError);
    expect(check).toThrow(message);
    expect(check).not.toThrow(/SECRET/);
  });
});
