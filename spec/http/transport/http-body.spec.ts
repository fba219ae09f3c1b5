import { Readable } from 'node:stream';
import { bodyOf } from '../../../lib/http/transport/http-body';

const pieces = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, index) => Buffer.from(`${index} `));

/** A stream that gives what it is told to, and remembers how much it was asked for. */
function source(): Readable & { readonly reads: () => number } {
  let reads = 0;
  const stream = new Readable({ read: () => void (reads += 1), highWaterMark: 1 });
  return Object.assign(stream, { reads: () => reads });
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

async function readAll(
  body: ReadableStream<Uint8Array>,
): Promise<{ text: string; error: unknown }> {
  const reader = body.getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { text, error: undefined };
      text += Buffer.from(value).toString();
    }
  } catch (error) {
    return { text, error };
  }
}

describe('the body of a response', () => {
  it('has the bytes of its source, in order, and its end', async () => {
    expect(await readAll(bodyOf(Readable.from(pieces(100))))).toEqual({
      text: pieces(100).join(''),
      error: undefined,
    });
  });

  it('gives what comes to who waits for it', async () => {
    const stream = source();
    const reader = bodyOf(stream).getReader();
    for (const piece of pieces(3)) {
      const read = reader.read();
      await settled();
      stream.push(piece);
      expect(await read).toEqual({ done: false, value: piece });
    }
    const last = reader.read();
    stream.push(null);
    expect(await last).toEqual({ done: true, value: undefined });
  });

  it('[19] is read no further than a few pieces ahead', async () => {
    let made = 0;
    const stream = new Readable({
      highWaterMark: 1,
      read() {
        made += 1;
        this.push(Buffer.from('x'));
      },
    });
    const reader = bodyOf(stream).getReader();
    await settled();
    const ahead = made;
    expect(ahead).toBeLessThan(8);
    for (let taken = 1; taken <= 20; taken += 1) {
      await reader.read();
      await settled();
      expect(made).toBeLessThanOrEqual(ahead + taken);
    }
    await reader.cancel();
  });

  it('[4] loses nothing of what came before it broke off', async () => {
    const stream = source();
    const body = bodyOf(stream);
    for (const piece of pieces(20)) stream.push(piece);
    await settled();
    const cause = new Error('aborted');
    stream.destroy(cause);
    await settled();
    const { text, error } = await readAll(body);
    expect(text).toBe(pieces(20).join(''));
    expect(error).toEqual(new TypeError('terminated'));
    expect((error as Error).cause).toBe(cause);
  });

  it('fails who waits when it breaks off', async () => {
    const stream = source();
    const read = bodyOf(stream).getReader().read();
    await settled();
    stream.destroy(new Error('aborted'));
    await expect(read).rejects.toEqual(new TypeError('terminated'));
  });

  it.each(['before', 'while'])(
    '[2] closes its source when it is cancelled %s it is read',
    async (when) => {
      const stream = source();
      const reader = bodyOf(stream).getReader();
      stream.push('0 ');
      await settled();
      const read = when === 'while' ? [await reader.read(), reader.read()] : [];
      await reader.cancel();
      expect(stream.destroyed).toBe(true);
      if (read.length > 0) expect(await read[1]).toEqual({ done: true, value: undefined });
      // What comes all the same is nobody's.
      stream.emit('data', Buffer.from('late'));
      stream.emit('error', new Error('late'));
      await settled();
      expect(await reader.read()).toEqual({ done: true, value: undefined });
    },
  );
});
