import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { decodedBody } from '../../../lib/http/transport/decoded-body';
import { PushedBody } from '../../../lib/http/transport/pushed-body';
import { readAll } from '../../support/received';

const TEXT = 'Gold fish on the moon. '.repeat(50);

const nested = (times: number, plain: string): Buffer =>
  times === 0 ? Buffer.from(plain) : gzipSync(nested(times - 1, plain));

function setUp(coding: string | undefined) {
  const connection = { resume: jest.fn(), cancel: jest.fn() };
  const from = new PushedBody(connection);
  const body = decodedBody(coding ?? null, from, process.getBuiltinModule);
  return { connection, from, body };
}

/** The bytes cut wherever they can be, in as many turns. */
async function decoded(coding: string | undefined, bytes: Buffer) {
  const { from, body } = setUp(coding);
  const all = readAll(body);
  for (const byte of bytes) {
    from.push(new Uint8Array([byte]));
    await Promise.resolve();
  }
  from.finish((sink) => {
    sink.end();
  });
  return all;
}

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
    expect(await decoded(coding, encode(TEXT))).toMatchObject({ text: TEXT, error: undefined });
  });

  it('gives out what has come before more does', async () => {
    const { from, body } = setUp('gzip');
    const first = new Promise<string>((resolve) => {
      body.pipe({
        bytes: (pieces) => {
          resolve(Buffer.concat(pieces).toString());
        },
        end: () => undefined,
        lost: () => undefined,
      });
    });
    from.push(gzipSync('Gold'));
    expect(await first).toBe('Gold');
    body.cancel();
  });

  it('ends where it was cut off, for its reader to judge', async () => {
    const whole = gzipSync(TEXT);
    const cut = await decoded('gzip', whole.subarray(0, whole.length - 10));
    expect([TEXT.startsWith(cut.text), cut.error]).toEqual([true, undefined]);
  });

  it('fails where it is no such coding, and where the body breaks off', async () => {
    const error = expect.objectContaining({ message: 'incorrect header check' }) as unknown;
    expect(await decoded('gzip', Buffer.from('no gzip'))).toMatchObject({ error });
    const { from, body } = setUp('gzip');
    const gone = new Error('gone');
    from.finish((sink) => {
      sink.lost(gone);
    });
    expect((await readAll(body)).error).toBe(gone);
  });

  it('[2] closes what it comes from', async () => {
    const { connection, body } = setUp('gzip');
    body.cancel();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(connection.cancel).toHaveBeenCalled();
  });

  it('[19] is read no further than what is made of it', async () => {
    const { from, body } = setUp('gzip');
    const bytes = gzipSync(randomBytes(4_000_000));
    body.pipe({
      bytes: () => {
        body.pause();
      },
      end: () => undefined,
      lost: () => undefined,
    });
    let at = 0;
    while (at < bytes.length && from.push(bytes.subarray(at, (at += 10_000))))
      await new Promise((resolve) => setImmediate(resolve));
    expect(at).toBeLessThan(1_000_000);
    body.cancel();
  });

  it('of another coding is left as it is', async () => {
    const { from, body } = setUp('gzip, unheard-of');
    expect(body).toBe(from);
  });

  it('of more codings than anybody needs is refused', () => {
    const codings = Array<string>(6).fill('gzip').join();
    expect(() => setUp(codings)).toThrow(new RangeError('more than 5 content codings'));
  });
});
