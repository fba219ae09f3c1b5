import { encodeBody } from '../../../lib/testing/http/frame.js';
import { eventOf, readRecording, splitMessages } from '../../../lib/testing/anthropic/recording.js';
import { recordingOf } from '../../../lib/testing/anthropic/make-recording.js';
import { goldfishSync } from '../../../lib/testing/anthropic/recordings/goldfish.js';
import { GOOD } from '../../../lib/testing/anthropic/recordings/good-answer.js';
import {
  startReplayServer,
  type ReplayOptions,
  type ReplayServer,
} from '../../../lib/testing/anthropic/replay-server.js';
import { eventsIn, raw, streamBody, textIn } from '../raw-client.js';
import { realRecordings } from '../real-recordings.js';

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

describe('what is played', () => {
  it('[22] sends the bytes of the service under its content type', async () => {
    const { url } = await start({ recordings: [GOOD] });
    const answer = await raw(url);
    expect(answer).toMatchObject({
      status: 200,
      ending: 'complete',
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'request-id': 'req_000001',
        'transfer-encoding': 'chunked',
      },
    });
    expect(answer.body).toEqual(encodeBody(GOOD));
  });

  it('plays one recording a request, in order', async () => {
    const { url, server } = await start({ recordings: [GOOD, goldfishSync] });
    expect(eventsIn((await raw(url)).body)).toEqual(GOOD);
    expect(eventsIn((await raw(url)).body)).toEqual(goldfishSync);
    expect(server.unplanned).toEqual([]);
  });

  it('begins anew with cycle', async () => {
    const { url } = await start({ recordings: [GOOD, goldfishSync], cycle: true });
    await raw(url);
    await raw(url);
    expect(eventsIn((await raw(url)).body)).toEqual(GOOD);
  });

  it('asks a function, which sees the request', async () => {
    const { url } = await start({
      recordings: async ({ body }, index) =>
        recordingOf({ tokens: [`${(body as typeof streamBody).model} ${index}`] }),
    });
    await raw(url);
    expect(textIn((await raw(url)).body)).toBe('m 1');
  });

  it('pads otherwise by another random', async () => {
    const { url } = await start({ recordings: [GOOD], random: () => 0 });
    const { body } = await raw(url);
    expect(body).toEqual(encodeBody(GOOD, () => 0));
  });

  it.each(realRecordings().length > 0 ? realRecordings() : [undefined])(
    'plays a conversation, message by message (%s)',
    async (path) => {
      const conversation = path === undefined ? [...GOOD, ...GOOD] : readRecording(path);
      const messages = splitMessages(conversation);
      const { url } = await start({ recordings: messages });
      for (const message of messages) {
        expect(eventsIn((await raw(url)).body)).toEqual(message.map(eventOf));
      }
    },
  );
});

describe('what it refuses', () => {
  it.each<[number, string, Parameters<typeof raw>[1], string]>([
    [401, 'authentication_error', { headers: {} }, '/v1/messages'],
    [404, 'not_found_error', {}, '/v1/complete'],
    [405, 'invalid_request_error', { method: 'GET' }, '/v1/messages'],
    [400, 'invalid_request_error', { body: 'no object' }, '/v1/messages'],
  ])('answers %d %s, and keeps the recording for the next', async (status, type, request, path) => {
    const { url, server } = await start({ recordings: [GOOD] });
    const refusal = await raw(server.url + path, request);
    expect(refusal.status).toBe(status);
    expect(JSON.parse(refusal.body.toString())).toEqual({
      type: 'error',
      error: { type, message: expect.any(String) },
      request_id: 'req_000001',
    });
    expect(textIn((await raw(`${url}?beta=true`)).body)).toBe(HELLO);
    expect(server.unplanned).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });

  it.each<[string, Partial<ReplayOptions>]>([
    ['speed must be greater than 0, not 0', { speed: 0 }],
    ['speed must be greater than 0, not NaN', { speed: NaN }],
    ['delayMs must be 0 or more milliseconds, not -1', { delayMs: -1 }],
    ['delayMs must be 0 or more milliseconds, not Infinity', { delayMs: Infinity }],
    ['chunking must be a positive whole number of bytes, not 0', { chunking: 0 }],
    ['recordings must be', { recordings: {} as never }],
  ])('does not start: %s', async (message, options) => {
    await expect(startReplayServer({ recordings: [], ...options })).rejects.toThrow(message);
    await expect(startReplayServer({ recordings: [], ...options })).rejects.toThrow(TypeError);
  });
});

describe('a strict server', () => {
  const hi = {
    model: 'm',
    max_tokens: 1,
    stream: true,
    messages: [{ role: 'user', content: 'Hi' }],
  };
  const thought = recordingOf({
    content: [{ thinking: ['Let me'], signature: 'EqQB' }, { text: ['a'] }],
  });
  const answer = (thinking: string): object => ({
    ...hi,
    messages: [
      ...hi.messages,
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking, signature: 'EqQB' },
          { type: 'text', text: 'a' },
        ],
      },
      ...hi.messages,
    ],
  });

  it('[29] refuses with the words of the service, and keeps the recording for the next', async () => {
    const { url, server } = await start({ recordings: [GOOD], strict: true });
    const refusal = await raw(url, { body: { ...hi, messages: [{ role: 'user', content: '' }] } });
    expect(refusal.status).toBe(400);
    expect(JSON.parse(refusal.body.toString())).toEqual({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: 'messages.0: user messages must have non-empty content',
      },
      request_id: 'req_000001',
    });
    expect(textIn((await raw(url, { body: hi })).body)).toBe(HELLO);
    expect(server.unplanned).toEqual([]);
  });

  it('[30] takes thinking back as it has given it, and no other', async () => {
    const { url } = await start({ recordings: [thought, { body: GOOD }, GOOD], strict: true });
    await raw(url, { body: hi });
    expect((await raw(url, { body: answer('Let me') })).status).toBe(200);
    const refusal = await raw(url, { body: answer('Let') });
    expect(refusal.status).toBe(400);
    expect(refusal.body.toString()).toContain('messages.1.content.0: Invalid `signature`');
  });

  it('is one only if asked to be', async () => {
    const { url } = await start({ recordings: [GOOD] });
    expect((await raw(url, { body: { ...hi, messages: [] } })).status).toBe(200);
  });
});

describe("a test's own mistakes", () => {
  const loud = async (options: ReplayOptions, reason: string, body: object = streamBody) => {
    const { url, server } = await start(options);
    const answer = await raw(url, { body });
    expect(answer).toMatchObject({ status: 500, headers: { 'x-should-retry': 'false' } });
    expect(answer.body.toString()).toMatch(new RegExp(`unplanned: .*${reason}`));
    expect(server.unplanned).toEqual([expect.stringContaining(reason)]);
  };

  it('says that no recording is left', async () => {
    await loud({ recordings: [] }, 'there is no recording for request 1');
  });

  it('says so with cycle, too, where there is nothing to cycle', async () => {
    await loud({ recordings: [], cycle: true }, 'there is no recording for request 1');
  });

  it('says that a function gave nothing', async () => {
    await loud({ recordings: () => undefined as never }, 'there is no recording for request 1');
  });

  it('says what a function threw', async () => {
    const recordings = () => {
      throw new Error('not this prompt');
    };
    await loud({ recordings }, 'not this prompt');
  });

  it('says that an unfinished recording makes no whole message', async () => {
    await loud({ recordings: [GOOD.slice(0, 4)] }, 'ends before message_stop', { model: 'm' });
  });

  it('breaks off where the answer has begun', async () => {
    const chunking = (bytes: Uint8Array) => {
      if (bytes.length > 0) throw new Error('cannot cut this');
      return [];
    };
    const { url, server } = await start({ recordings: [GOOD], chunking });
    expect((await raw(url)).ending).toBe('ECONNRESET');
    expect(server.unplanned).toEqual(['cannot cut this']);
  });
});
