import { gzipSync } from 'node:zlib';
import { GOOD } from '../../lib/testing/anthropic/recordings/good-answer';
import { EVENT_STREAM, goodText, playedServer, wholeAnswer } from '../support/played-server';

describe('an unusual HTTP answer', () => {
  const { answers, requestCount, run } = playedServer();

  it.each([
    ['HTTP/1.0, delimited by the close', 'HTTP/1.0 200 OK'],
    ['HTTP/1.1, delimited by the close', 'HTTP/1.1 200 OK\r\nconnection: close'],
    ['early hints first', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK'],
    ['206', 'HTTP/1.1 206 Partial Content'],
    ['a reason that is long', `HTTP/1.1 200 ${'OK '.repeat(100)}`],
    ['the content type twice', `HTTP/1.1 200 OK\r\n${EVENT_STREAM}`],
    ['a content length that is too long', 'HTTP/1.1 200 OK\r\ncontent-length: 99999'],
    [
      'a content length that is right',
      `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${String(Buffer.byteLength(goodText))}`,
    ],
  ])('[5] gives the whole message for %s', async (_, head) => {
    expect(await answers(`${head}\r\n${EVENT_STREAM}`, GOOD)).toMatchObject(wholeAnswer);
  });

  it('[5] is truncated where HTTP/1.0 is closed too early', async () => {
    expect(await answers(`HTTP/1.0 200 OK\r\n${EVENT_STREAM}`, GOOD.slice(0, 3))).toMatchObject({
      code: 'truncated',
      text: 'Hel',
    });
  });

  it('[5] is truncated where the content length is too short', async () => {
    const head = `HTTP/1.1 200 OK\r\ncontent-length: 900\r\n${EVENT_STREAM}`;
    const ending = await answers(head, goodText.slice(0, 900));
    expect(ending).toMatchObject({ outcome: 'error', code: 'truncated', emitted: true });
  });

  it.each([
    [204, 'truncated'],
    [205, 'truncated'],
    [304, 'redirect'],
    [418, 'invalid_request'],
    [451, 'invalid_request'],
    [511, 'server_error'],
    [599, 'server_error'],
  ])('[5] gives for status %d without a body the code %s', async (status, code) => {
    const ending = await run(async ({ exchange }) => {
      exchange.head(status, { 'content-type': 'text/event-stream' });
      await exchange.end();
    }).ended;
    expect(ending).toMatchObject({ outcome: 'error', code, emitted: false });
  });

  it.each([
    'HTTP/1.1 999 What',
    'HTTP/1.1 101 Switching Protocols',
    'HTTP/9.9 200 OK',
    'HTTP/1.1 20 OK',
  ])('[5] fails with %s, and throws nothing anywhere', async (line) => {
    const ending = await answers(`${line}\r\n${EVENT_STREAM}\r\ncontent-length: 2`, '{}');
    expect(ending).toMatchObject({ outcome: 'error', emitted: false, text: '' });
  });

  it('[25] times out where the stream stays open and silent, after one request', async () => {
    const before = requestCount();
    const ending = await run(
      (stage) => {
        stage.open();
        return stage.silence();
      },
      { options: { timeouts: { idle: 300 } } },
    ).ended;
    expect(ending).toMatchObject({ code: 'timeout', phase: 'idle', emitted: false });
    expect(requestCount()).toBe(before + 1);
  });

  it('[27] fails with `limit` on one event of 200 MB in gzip, and closes', async () => {
    const piece = gzipSync('x'.repeat(1_000_000));
    const bomb = run(
      (stage) =>
        stage.stream([gzipSync('data: '), ...Array<Buffer>(200).fill(piece)], {
          'content-encoding': 'gzip',
        }),
      { listen: false },
    );
    expect(await bomb.ended).toMatchObject({ code: 'limit', emitted: false });
  });

  it('[27] reads little of an error body of 200 MB in gzip', async () => {
    const piece = gzipSync('x'.repeat(1_000_000));
    const ending = await run(async (stage) => {
      stage.exchange.head(503, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
      await stage.send(Array<Buffer>(200).fill(piece));
      await stage.exchange.end();
    }).ended;
    expect(ending).toMatchObject({ code: 'server_error', status: 503 });
    expect((ending.error as Error).message.length).toBeLessThan(1200);
  });

  it.each([
    ['', 'invalid_request'],
    ['{"error":"No marsh"}', 'invalid_request'],
    ['{"message":"No marsh"}', 'invalid_request'],
    ['[]', 'invalid_request'],
    ['{"error":{"type":"rate_limit_error"}}', 'rate_limited'],
    ['\u0000\ufffd', 'invalid_request'],
  ])('[5] types a 400 with the body %j', async (body, code) => {
    const ending = await run(async (stage) => {
      stage.exchange.head(400, { 'content-type': 'application/json' });
      await stage.send([body]);
      await stage.exchange.end();
    }).ended;
    expect(ending).toMatchObject({ code, status: 400 });
  });
});
