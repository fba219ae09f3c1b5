import { EventEmitter } from 'node:events';
import { asyncScheduler } from 'rxjs';
import { readFetchBody, readNodeBody } from '../../../lib/sse/server/read-body.js';

const limits = { maxBytes: 4, timeoutMs: 1000, scheduler: asyncScheduler };
const node = () => Object.assign(new EventEmitter(), { pause: jest.fn(), destroyed: false });

describe('readNodeBody', () => {
  it('gives bytes, also of a body that has an encoding, and leaves no listener but that of errors', async () => {
    const body = node();
    const read = readNodeBody(body, limits);
    body.emit('data', new Uint8Array([1]));
    body.emit('data', 'é');
    body.emit('end');
    expect(Buffer.concat(await read)).toEqual(Buffer.from([1, 0xc3, 0xa9]));
    expect(body.eventNames()).toEqual(['error']);
  });

  it('refuses what is too much at once, and pauses', async () => {
    const body = node();
    const read = readNodeBody(body, limits);
    body.emit('data', new Uint8Array(5));
    await expect(read).rejects.toMatchObject({ status: 413 });
    expect([body.pause.mock.calls.length, body.eventNames()]).toEqual([1, ['error']]);
  });

  it('refuses a body that was cut off, before or while it is read', async () => {
    const body = node();
    const read = readNodeBody(body, limits);
    body.emit('close');
    await expect(read).rejects.toMatchObject({ status: 400 });
    const gone = Object.assign(node(), { destroyed: true });
    await expect(readNodeBody(gone, limits)).rejects.toMatchObject({ status: 400 });
  });
});

describe('readFetchBody', () => {
  it('gives what there is, and nothing of no body', async () => {
    const body = new Response('abcd').body;
    expect(Buffer.concat(await readFetchBody(body, limits)).toString()).toBe('abcd');
    expect(await readFetchBody(null, limits)).toEqual([]);
  });

  it('refuses a body that breaks', async () => {
    const body = new ReadableStream({
      pull: (controller) => {
        controller.error(new Error('gone'));
      },
    });
    await expect(readFetchBody(body, limits)).rejects.toMatchObject({ status: 400 });
  });
});
