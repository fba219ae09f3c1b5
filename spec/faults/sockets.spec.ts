import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Exchange } from '../../lib/testing/http/http-exchange';
import { encodeBody } from '../../lib/testing/http/frame';
import { startLoopbackServer, type LoopbackServer } from '../../lib/testing/http/loopback-server';
import { GOOD } from '../../lib/testing/anthropic/recordings/good-answer';
import { faultBench, type FaultRunOptions, WHOLE_TEXT } from '../support/fault-run';

jest.setTimeout(60_000);

const SSE = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
const good = Buffer.from(encodeBody(GOOD)).toString();
const chunk = (text: string, extension = '') =>
  `${Buffer.byteLength(text).toString(16)}${extension}\r\n${text}\r\n`;
const toClose = `${SSE}connection: close\r\n`;
const chunks = 'transfer-encoding: chunked\r\n';
const chunked = `${toClose}${chunks}`;

describe('what is said past HTTP', () => {
  const bench = faultBench();
  let server: LoopbackServer;
  let play: (exchange: Exchange) => Promise<unknown>;
  beforeAll(async () => {
    server = await startLoopbackServer((exchange) => play(exchange));
  });
  afterAll(() => server.close());

  const whole = { outcome: 'complete', text: WHOLE_TEXT };
  const run = (how: typeof play, settings: Partial<FaultRunOptions> = {}) => {
    play = how;
    const options = { maxRetries: 0, timeouts: { headers: 700, idle: 700, content: 700 } };
    return bench.run({ baseURL: server.url, options, ...settings });
  };
  /** Says the pieces, and closes. */
  const says = (...pieces: readonly string[]) =>
    run(async (exchange) => {
      for (const piece of pieces) exchange.writeRaw(piece);
      await exchange.hangUp();
    }).ended;
  /** Says the same over and over, until the client leaves. */
  const repeats = (head: string, again: string, ms: number) =>
    run(async (exchange) => {
      exchange.writeRaw(head);
      do exchange.writeRaw(again);
      while (await exchange.wait(ms));
    });

  it.each([
    ['a chunk a character, with extensions', chunked, [...good].map((c) => chunk(c, ';a="b;c"'))],
    ['trailers', `${chunked}trailer: x-a\r\n`, [chunk(good), '0\r\nx-a: b\r\n\r\n']],
  ])('[5] %s: the whole message', async (_, head, pieces) => {
    expect(await says(`${head}\r\n`, ...pieces)).toMatchObject(whole);
  });

  it('[5] gzip twice: the whole message', async () => {
    const { ended } = run(async (exchange) => {
      exchange.head(200, {
        'content-type': 'text/event-stream',
        'content-encoding': 'gzip, gzip',
      });
      await exchange.write(gzipSync(gzipSync(good)));
      await exchange.end();
    });
    expect(await ended).toMatchObject(whole);
  });

  it('[5] an answer that nobody asked for, behind another: not taken for the next', async () => {
    const first = run(async (exchange) => {
      exchange.writeRaw(`${SSE}${chunks}\r\n${chunk(good)}0\r\n\r\n${toClose}\r\nstray`);
      await exchange.wait(200);
    });
    expect(await first.ended).toMatchObject(whole);
    await wait(100);
    expect(await says(`${toClose}\r\n${good}`)).toMatchObject(whole);
  });

  it('[5] more encodings than the platform takes: `connection`, and nothing thrown', async () => {
    const encodings = Array<string>(20).fill('gzip').join(', ');
    const ending = await says(`${toClose}content-encoding: ${encodings}\r\n\r\n${good}`);
    expect(ending).toMatchObject({ outcome: 'error', code: 'connection', emitted: false });
    await wait(50);
  });

  const proxy = async (exchange: Exchange) => {
    exchange.writeRaw('HTTP/1.1 407 Proxy\r\ncontent-length: 0\r\n\r\n');
    await exchange.hangUp();
  };

  it('[5] a 407: refused, with its status', async () => {
    const ending = await run(proxy).ended;
    expect(ending).toMatchObject({ outcome: 'error', code: 'invalid_request', status: 407 });
  });

  it('[5] a 407 over `fetch`, which does not explain it: `connection`, with a reason', async () => {
    const clientOptions = { fetch: (...args: Parameters<typeof fetch>) => fetch(...args) };
    const ending = await run(proxy, { options: { maxRetries: 0, clientOptions } }).ended;
    expect(ending).toMatchObject({ outcome: 'error', code: 'connection' });
    expect((ending.error as Error).message).not.toContain('()');
  });

  it.each([
    ['length and chunks at once', `${chunked}content-length: 10\r\n\r\n`],
    ['a byte of zero in the head', `${toClose}x-a: a\0b\r\n\r\n${good}`],
  ])('[5] %s: `connection`', async (_, said) => {
    expect(await says(said)).toMatchObject({ code: 'connection', emitted: false });
  });

  it.each([
    ['a head that goes on and on', 'headers', 'HTTP/1.1 200 OK\r\n', 'x-a: b\r\n'],
    ['early hints without end', 'headers', '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
    ['blank lines without end', 'content', `${toClose}\r\n`, '\n'],
    ['ids without end', 'content', `${toClose}\r\n`, 'id: 7\n'],
  ])('[25] %s: the clock for %s', async (_, phase, head, again) => {
    const endless = repeats(head, again, 50);
    expect(await endless.ended).toMatchObject({ code: 'timeout', phase, emitted: false });
    await bench.expectClosed(server.requests.at(-1)!, endless.endedAt);
  });

  it('[5] a character whose halves come by two deltas: whole', async () => {
    const delta = (half: string) =>
      `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${half}"}}\n\n`;
    const parted = good.replace(
      'event: content_block_stop',
      `${delta(String.raw`\ud83d`)}${delta(String.raw`\ude00`)}event: content_block_stop`,
    );
    const ending = await says(`${toClose}\r\n${parted}`);
    expect(ending).toMatchObject({ outcome: 'complete', text: `${WHOLE_TEXT}😀` });
    expect(ending.message.text).toBe(`${WHOLE_TEXT}😀`);
  });
});
