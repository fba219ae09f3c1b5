import { readText } from '../../lib/event-stream/read-text';
import { PullQueue } from '../../lib/core/demand/pull-queue';
import { PushedBody } from '../../lib/http/transport/pushed-body';

const bytes = (...parts: (string | number[])[]) =>
  parts.map((part) =>
    typeof part === 'string' ? new TextEncoder().encode(part) : new Uint8Array(part),
  );

function setUp(gate?: PullQueue<unknown>, onText?: (text: string) => void) {
  const log: unknown[] = [];
  const connection = { resume: jest.fn(), cancel: jest.fn() };
  const body = new PushedBody(connection);
  const stop = readText(body, gate, {
    text: (text, size) => {
      log.push([text, size]);
      onText?.(text);
    },
    end: () => log.push('end'),
    lost: (error) => log.push(error),
    error: (error) => log.push(['thrown', error]),
    paused: (paused) => log.push(paused ? 'paused' : 'goes on'),
  });
  const end = () => {
    body.finish((sink) => {
      sink.end();
    });
  };
  return { log, stop, body, connection, end };
}

/** What was pushed has been given. */
const given = () => Promise.resolve();

describe('readText', () => {
  it('reads to the end, characters whole however they are cut', async () => {
    const [fish] = bytes('🐟') as [Uint8Array];
    const { log, body, end } = setUp();
    for (const piece of [fish.slice(0, 1), fish.slice(1, 3), fish.slice(3), ...bytes('!')]) {
      body.push(piece);
      await given();
    }
    end();
    await given();
    expect(log).toEqual([['', 1], ['', 2], ['🐟', 1], ['!', 1], ['', 0], 'end']);
  });

  it('gives what came in one turn as one text', async () => {
    const [fish] = bytes('🐟') as [Uint8Array];
    const { log, body } = setUp();
    for (const piece of [...bytes('a'), fish.slice(0, 1), fish.slice(1), ...bytes('b')])
      body.push(piece);
    await given();
    expect(log).toEqual([['a🐟b', 6]]);
  });

  it('leaves a byte order mark to the event stream decoder', async () => {
    const { log, body } = setUp();
    body.push(new Uint8Array([0xef, 0xbb, 0xbf]));
    body.push(new TextEncoder().encode('a'));
    await given();
    expect(log).toEqual([['\ufeffa', 4]]);
  });

  it('distinguishes a body that breaks off from a handler that throws', async () => {
    const lost = new Error('lost');
    const broken = setUp();
    broken.body.finish((sink) => {
      sink.lost(lost);
    });
    await given();
    expect(broken.log).toEqual([lost]);
    const thrown = new Error('thrown');
    const throwing = setUp(undefined, () => {
      throw thrown;
    });
    throwing.body.push(new Uint8Array([97]));
    await given();
    expect(throwing.log).toEqual([
      ['a', 1],
      ['thrown', thrown],
    ]);
  });

  it('[19] waits for the gate, says so, and has the connection wait', async () => {
    const gate = new PullQueue<unknown>(1);
    const { log, body, connection, end } = setUp(gate);
    gate.put(1);
    expect(body.push(new Uint8Array([97]))).toBe(true);
    await given();
    expect(log).toEqual([['a', 1], 'paused']);
    expect(body.push(new Uint8Array([98]))).toBe(false);
    end();
    await given();
    expect(log).toHaveLength(2);
    void gate.take();
    expect(connection.resume).toHaveBeenCalledTimes(1);
    await given();
    expect(log.slice(2)).toEqual(['goes on', ['b', 1], ['', 0], 'end']);
    expect(gate.heeded).toBe(true);
  });

  it('[19] reads nothing while the gate is closed from the beginning', async () => {
    const gate = new PullQueue<unknown>(1);
    gate.put(1);
    const { log, body } = setUp(gate);
    body.push(new Uint8Array([97]));
    await given();
    expect(log).toEqual(['paused']);
  });

  it('gives nothing any more once it is stopped', async () => {
    const { log, stop, body, end } = setUp();
    body.push(new Uint8Array([97]));
    end();
    stop();
    await given();
    expect(log).toEqual([]);
  });
});
