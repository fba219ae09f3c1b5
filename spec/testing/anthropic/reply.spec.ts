import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer.js';
import {
  startReplayServer,
  type ReplayOptions,
  type ReplayServer,
} from '../../../lib/testing/anthropic/replay-server.js';
import { errorEvent } from '../../../lib/testing/anthropic/wire-event.js';
import { eventsIn, raw, streamBody } from '../raw-client.js';

const HELLO = 'Hello wörld 🌍👩‍🚀!';

let server: ReplayServer | undefined;

const start = async (options: ReplayOptions): Promise<{ server: ReplayServer; url: string }> => {
  server = await startReplayServer(options);
  return { server, url: `${server.url}/v1/messages` };
};

afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('an answer', () => {
  it('gives the whole message to a request without stream', async () => {
    const { url } = await start({ recordings: [GOOD] });
    const answer = await raw(url, { body: { ...streamBody, stream: false } });
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      type: 'message',
      content: [{ type: 'text', text: HELLO }],
      usage: { input_tokens: 3, output_tokens: 7 },
    });
  });

  it('gives an error of the stream its status where no stream was asked for', async () => {
    const { url } = await start({ recordings: [[errorEvent('overloaded_error', 'Overloaded')]] });
    const answer = await raw(url, { body: { ...streamBody, stream: false } });
    expect(answer.status).toBe(529);
    expect(eventsIn(Buffer.from(`data: ${answer.body.toString()}`))).toMatchObject([
      { type: 'error', error: { type: 'overloaded_error' } },
    ]);
  });

  it('gives any other answer: status, headers, text, bytes or JSON', async () => {
    const { url } = await start({
      headers: { 'x-all': '1' },
      recordings: [
        { status: 529, headers: { 'retry-after': '1' }, body: { type: 'error' } },
        { body: 'plain' },
        { body: Uint8Array.of(1, 2, 3) },
        { status: 204 },
        { status: 202, headers: { 'content-type': 'text/odd' }, body: GOOD },
      ],
    });
    const overloaded = await raw(url);
    expect(overloaded).toMatchObject({
      status: 529,
      headers: { 'retry-after': '1', 'x-all': '1', 'content-type': 'application/json' },
    });
    expect(overloaded.body.toString()).toBe('{"type":"error"}');
    const plain = await raw(url);
    expect([plain.body.toString(), plain.headers['content-type']]).toEqual(['plain', undefined]);
    expect([...(await raw(url)).body]).toEqual([1, 2, 3]);
    expect(await raw(url)).toMatchObject({ status: 204, ending: 'complete' });
    const odd = await raw(url);
    expect(odd).toMatchObject({
      status: 202,
      headers: { 'content-type': 'text/odd', 'x-all': '1' },
    });
    expect(eventsIn(odd.body)).toEqual(GOOD);
  });
});
