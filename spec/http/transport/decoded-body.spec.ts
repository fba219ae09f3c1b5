import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { decodedBody } from '../../../lib/http/transport/decoded-body';

const TEXT = 'Gold fish on the moon. '.repeat(50);

const nested = (times: number, plain: string): Buffer =>
  times === 0 ? Buffer.from(plain) : gzipSync(nested(times - 1, plain));

function message(coding: string | undefined, bytes: Buffer): IncomingMessage {
  const headers = coding === undefined ? {} : { 'content-encoding': coding };
  // Cut wherever it can be.
  const pieces = Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));
  return Object.assign(Readable.from(pieces), { headers }) as unknown as IncomingMessage;
}

const decoded = (coding: string | undefined, bytes: Buffer): Readable =>
  decodedBody(message(coding, bytes), process.getBuiltinModule);

describe('a body with a content coding', () => {
  it.each<[string | undefined, (text: string) => Buffer]>([
    [undefined, (plain) => Buffer.from(plain)],
    ['', (plain) => Buffer.from(plain)],
    ['identity', (plain) => Buffer.from(plain)],
    ['gzip', (plain) => gzipSync(plain)],
    ['x-gzip', (plain) => gzipSync(plain)],
    ['GZIP', (plain) => gzipSync(plain)],
    ['deflate', (plain) => deflateSync(plain)],
    ['br', (plain) => brotliCompressSync(plain)],
    ['deflate, gzip', (plain) => gzipSync(deflateSync(plain))],
    ['gzip, identity,br', (plain) => brotliCompressSync(gzipSync(plain))],
    ['gzip, gzip, gzip, gzip, gzip', (plain) => nested(5, plain)],
  ])('%s is decoded', async (coding, encode) => {
    expect(await text(decoded(coding, encode(TEXT)))).toBe(TEXT);
  });

  it('gives out what has come before more does', async () => {
    const stream = new Readable({ read: () => undefined });
    const headers = { 'content-encoding': 'gzip' };
    const body = decodedBody(
      Object.assign(stream, { headers }) as unknown as IncomingMessage,
      process.getBuiltinModule,
    );
    const first = new Promise((resolve) => body.once('data', resolve));
    stream.push(gzipSync('Gold'));
    expect(String(await first)).toBe('Gold');
    body.destroy();
  });

  it('ends where it was cut off, for its reader to judge', async () => {
    const whole = gzipSync(TEXT);
    const cut = await text(decoded('gzip', whole.subarray(0, whole.length - 10)));
    expect(TEXT.startsWith(cut)).toBe(true);
  });

  it('fails where it is no such coding', async () => {
    await expect(text(decoded('gzip', Buffer.from('no gzip')))).rejects.toThrow('incorrect header');
  });

  it('[2] closes what it comes from', async () => {
    const from = message('gzip', gzipSync(TEXT));
    const body = decodedBody(from, process.getBuiltinModule);
    body.on('error', () => undefined).destroy();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(from.destroyed).toBe(true);
  });

  it('of another coding is left as it is', async () => {
    const bytes = gzipSync(TEXT);
    expect(await buffer(decoded('gzip, unheard-of', bytes))).toEqual(bytes);
  });

  it('of more codings than anybody needs is refused', () => {
    const codings = Array<string>(6).fill('gzip').join();
    expect(() => decoded(codings, Buffer.alloc(0))).toThrow(
      new RangeError('more than 5 content codings'),
    );
  });
});
