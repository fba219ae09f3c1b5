import { Readable } from 'node:stream';
import { nodeBody } from '../../../lib/http/transport/node-body';
import { readAll } from '../../support/received';

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const pieces = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`${index} `));

describe('nodeBody', () => {
  it('has the bytes of its stream, in order, and its end', async () => {
    const { text, error } = await readAll(nodeBody(Readable.from(pieces(100))));
    expect([text, error]).toEqual([pieces(100).join(''), undefined]);
  });

  it('gives what came before it broke off', async () => {
    const stream = new Readable({ read: () => undefined });
    const all = readAll(nodeBody(stream));
    stream.push('gold');
    await settled();
    const error = new Error('gone');
    stream.destroy(error);
    expect(await all).toMatchObject({ text: 'gold', error });
  });

  it('is lost where the stream is closed without an end', async () => {
    const stream = new Readable({ read: () => undefined });
    const all = readAll(nodeBody(stream));
    stream.destroy();
    expect((await all).error).toEqual(new Error('closed'));
  });

  it('[19] reads no further than its consumer', async () => {
    let reads = 0;
    const stream = new Readable({
      read() {
        this.push(Buffer.alloc(1000 + (reads++ % 2)));
      },
      highWaterMark: 1000,
    });
    const body = nodeBody(stream);
    body.pipe({
      bytes: () => {
        body.pause();
      },
      end: () => undefined,
      lost: () => undefined,
    });
    await settled();
    const before = reads;
    await settled();
    expect(before).toBeLessThan(200);
    expect(reads).toBe(before);
    body.resume();
    await settled();
    expect(reads).toBeGreaterThan(before);
    body.cancel();
    expect(stream.destroyed).toBe(true);
  });
});
