import * as fc from 'fast-check';
import { PushedBody } from '../../../lib/http/transport/pushed-body';
import { readAll } from '../../support/received';

const bytes = (text: string) => new TextEncoder().encode(text);
const given = () => Promise.resolve();

function setUp() {
  const connection = { resume: jest.fn(), cancel: jest.fn() };
  const body = new PushedBody(connection);
  const end = () => {
    body.finish((sink) => {
      sink.end();
    });
  };
  const log: string[] = [];
  const sink = {
    bytes: (pieces: readonly Uint8Array[]) => log.push(Buffer.concat(pieces).toString()),
    end: () => log.push('end'),
    lost: () => log.push('lost'),
  };
  return { body, connection, end, log, sink };
}

describe('PushedBody', () => {
  it('gives what was pushed in one turn at once, and then the end', async () => {
    const { body, end } = setUp();
    const all = readAll(body);
    body.push(bytes('gold'));
    body.push(bytes('fish'));
    end();
    expect(await all).toEqual({ text: 'goldfish', sizes: [2], error: undefined });
  });

  it('keeps what came before there was a sink, and then has the connection wait', async () => {
    const { body, connection, log, sink } = setUp();
    expect(body.push(bytes('gold'))).toBe(true);
    expect(body.push(new Uint8Array(128 * 1024))).toBe(false);
    await given();
    expect(connection.resume).not.toHaveBeenCalled();
    body.pipe(sink);
    expect(log).toEqual([]);
    await given();
    expect(connection.resume).toHaveBeenCalledTimes(1);
    expect(log.map(({ length }) => length)).toEqual([4 + 128 * 1024]);
  });

  it('[19] has a connection wait that brings much in one turn, until it has been given', async () => {
    const { body, connection, log, sink } = setUp();
    body.pipe(sink);
    expect(body.push(new Uint8Array(128 * 1024))).toBe(true);
    expect(body.push(new Uint8Array(1))).toBe(false);
    await given();
    expect([log.length, connection.resume.mock.calls.length]).toEqual([1, 1]);
  });

  it('[19] gives nothing while it is paused, and not from within `resume`', async () => {
    const { body, connection, end, log, sink } = setUp();
    body.pipe(sink);
    body.pause();
    expect(body.push(bytes('gold'))).toBe(false);
    end();
    await given();
    expect(log).toEqual([]);
    body.resume();
    expect([log, connection.resume.mock.calls.length]).toEqual([[], 1]);
    await given();
    expect(log).toEqual(['gold', 'end']);
  });

  it('gives its end once, also to a sink that comes later', async () => {
    const { body, end, log, sink } = setUp();
    body.pipe(sink);
    end();
    body.finish(({ lost }) => {
      lost(new Error('too late'));
    });
    await given();
    body.pause();
    body.resume();
    await given();
    expect([log, body.ended]).toEqual([['end'], true]);
    expect((await readAll(body)).error).toBeUndefined();
  });

  it('[2] reports an abort at once, also while it is paused, and drops what has come', () => {
    const { body, log, sink } = setUp();
    body.pipe(sink);
    body.pause();
    body.push(bytes('gold'));
    body.abort('left');
    expect([log, body.ended]).toEqual([['lost'], true]);
  });

  it('[2] closes the connection, and gives nothing any more', async () => {
    const { body, connection, log, sink } = setUp();
    body.pipe(sink);
    body.push(bytes('gold'));
    body.cancel();
    await given();
    expect([log, connection.cancel.mock.calls.length]).toEqual([[], 1]);
  });

  it('loses and doubles nothing, however it is paused', async () => {
    const step = fc.constantFrom('push', 'pause', 'resume', 'turn');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { body, end, log, sink } = setUp();
        let pushed = '';
        body.pipe(sink);
        for (const [at, name] of steps.entries()) {
          if (name === 'turn') await given();
          else if (name !== 'push') body[name]();
          else {
            pushed += `${at} `;
            body.push(bytes(`${at} `));
          }
        }
        end();
        body.resume();
        await given();
        expect(log.join('')).toBe(`${pushed}end`);
      }),
    );
  });
});
