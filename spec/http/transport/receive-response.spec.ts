import { Readable } from 'node:stream';
import { ChatAnthropic } from 'rxlm/anthropic';
import { ProviderErrors } from '../../../lib/http/provider-errors';
import { receiveResponse } from '../../../lib/http/transport/receive-response';
import { readAll } from '../../support/received';

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

describe('receiveResponse', () => {
  it('gives one of rxlm as it is, and reads one of the platform', async () => {
    const response = new Response('a', { status: 201, headers: { 'x-a': '1' } });
    const received = await receiveResponse(response, errors);
    expect(received).toMatchObject({ status: 201, headers: response.headers });
    expect(await receiveResponse(received, errors)).toBe(received);
    expect((await readAll(received.body)).text).toBe('a');
    const empty = await receiveResponse(new Response(null, { status: 204 }), errors);
    expect(await readAll(empty.body)).toMatchObject({ text: '', error: undefined });
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
