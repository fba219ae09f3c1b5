import { Readable } from 'node:stream';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { webResponse } from '../../../lib/http/internal/web-response';

const errors = new ProviderErrors('anthropic');

const headers = new Headers({ 'content-type': 'text/event-stream' });
const wire = [
  {
    type: 'message_start',
    message: {
      id: 'm',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [],
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi!' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
]
  .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('');
/** What a fetch that is not the platform's gives. */
const foreign = (body: unknown, text?: string, status = 200) =>
  ({
    status,
    ok: status < 300,
    headers,
    body,
    ...(text === undefined ? {} : { text: () => Promise.resolve(text) }),
  }) as Response;
const ask = (response: Response) =>
  new ChatAnthropic({
    model: 'm',
    apiKey: 'a-key',
    maxRetries: 0,
    clientOptions: { fetch: () => Promise.resolve(response) },
  }).invoke('Hi');

describe('webResponse', () => {
  it('gives a response with a web stream as it is', async () => {
    const response = new Response('a');
    expect(await webResponse(response, errors)).toBe(response);
    const empty = new Response(null, { status: 204 });
    expect(await webResponse(empty, errors)).toBe(empty);
  });

  it.each([
    ['a stream of Node, as of node-fetch', () => foreign(Readable.from([Buffer.from(wire)]))],
    ['its text alone, as of React Native', () => foreign(undefined, wire)],
    ['its text and no body', () => foreign(null, wire)],
  ])('reads %s', async (_, make) => {
    expect((await ask(make())).text).toBe('Hi!');
  });

  it.each([
    ['a text', 'wire'],
    ['an object', {}],
    ['nothing', undefined],
  ])('names what is wrong with a body that is %s', async (_, body) => {
    await expect(ask(foreign(body))).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/fetch returned a response whose body is/),
    });
  });

  it('says what the provider has refused, whatever the body', async () => {
    const body = JSON.stringify({
      type: 'error',
      error: { type: 'not_found_error', message: 'no such model' },
    });
    for (const response of [
      foreign(undefined, body, 404),
      foreign(Readable.from([Buffer.from(body)]), '', 404),
    ]) {
      await expect(ask(response)).rejects.toMatchObject({ code: 'not_found', status: 404 });
    }
  });
});
