import { webSource } from '../../lib/event-stream/web-source';
import { readAll } from '../support/received';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function source(pieces: readonly (string | Error)[]) {
  let pulls = 0;
  const cancel = jest.fn();
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[pulls++];
        if (piece === undefined) controller.close();
        else if (typeof piece === 'string') controller.enqueue(new TextEncoder().encode(piece));
        else controller.error(piece);
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
  return { body: webSource(stream), cancel, pulls: () => pulls };
}

describe('webSource', () => {
  it('gives what the stream brings, and its end', async () => {
    const { body } = source(['gold', 'fish']);
    expect(body.ended).toBe(false);
    expect(await readAll(body)).toEqual({ text: 'goldfish', sizes: [1, 1], error: undefined });
    expect(body.ended).toBe(true);
  });

  it('gives what it breaks off by, after what came before', async () => {
    const error = new Error('gone');
    expect(await readAll(source(['gold', error]).body)).toMatchObject({ text: 'gold', error });
  });

  it('[19] reads nothing before a sink is there, and nothing while it is paused', async () => {
    const { body, pulls } = source(['gold', 'fish']);
    await settled();
    expect(pulls()).toBe(0);
    const seen: number[] = [];
    body.pipe({
      bytes: (pieces) => {
        seen.push(pieces.length);
        body.pause();
      },
      end: () => seen.push(0),
      lost: () => undefined,
    });
    await settled();
    expect([seen, pulls()]).toEqual([[1], 1]);
    body.resume();
    await settled();
    expect([seen, pulls()]).toEqual([[1, 1], 2]);
  });

  it('gives what comes to another sink from then on', async () => {
    const { body } = source(['gold', 'fish']);
    const first: string[] = [];
    body.pipe({
      bytes: ([piece]) => {
        first.push(Buffer.from(piece as Uint8Array).toString());
        body.pause();
      },
      end: () => undefined,
      lost: () => undefined,
    });
    await settled();
    const rest = readAll(body);
    body.resume();
    expect(first).toEqual(['gold']);
    expect((await rest).text).toBe('fish');
  });

  it('[2] cancels the stream, and gives nothing any more', async () => {
    const { body, cancel } = source(['gold']);
    const seen: unknown[] = [];
    body.pipe({
      bytes: (b) => seen.push(b),
      end: () => seen.push('end'),
      lost: (e) => seen.push(e),
    });
    body.cancel();
    await settled();
    expect(cancel).toHaveBeenCalledTimes(1);
    expect(seen).toEqual([]);
  });
});
