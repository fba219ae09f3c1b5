import { gzipSync } from 'node:zlib';
import { ChatOpenAI, type OpenAIOptions } from 'rxlm/openai';
import type { Said } from '../support/fold-by-hand';
import { inPieces, outcomeOf, saidOf } from '../support/play-body';
import {
  type Answer,
  refused,
  startWireServer,
  streamed,
  type WireServer,
} from '../support/wire-server';

// What servers that speak OpenAI's wires write otherwise than OpenAI, beyond the recordings.
interface Odd extends Partial<Said> {
  readonly body: string | Answer;
  readonly error?: object;
}
const json = JSON.stringify;
const frames = (...events: readonly unknown[]): string =>
  events.map((event) => `data: ${typeof event === 'string' ? event : json(event)}\n\n`).join('');
const boom = (status: number) => ({ status, message: expect.stringContaining('boom') as string });

// Chat Completions
const chunk = (delta: unknown, finish_reason: unknown = null, more: object = {}) => ({
  id: 'c',
  model: 'm',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason, ...more }],
});
const begun = [chunk({ role: 'assistant', content: '' }), chunk({ content: 'Hi' })];
const stop = chunk({}, 'stop');
const done = '[DONE]';
const hi = { text: 'Hi', finish: 'stop' } as const;
const spoken = { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 };
const usage: Said['usage'] = [5, 3];
const called = (call: unknown) =>
  frames(chunk({ tool_calls: call }), chunk({}, 'tool_calls'), done);
const one: Partial<Said> = { calls: [{ id: 'a', name: 'w', args: { n: 1 } }], finish: 'tool_call' };
const failing = (...frame: readonly unknown[]) => frames(...begun, ...frame, stop, done);
const whole = { role: 'assistant', content: 'Hi' };

const CHAT: Readonly<Record<string, Odd>> = {
  'a space behind [DONE]': { ...hi, body: frames(...begun, '[DONE] ') },
  'no space behind data:': { ...hi, body: frames(...begun, stop, done).replaceAll('a: ', 'a:') },
  'lines that end in CR': { ...hi, body: frames(...begun, stop, done).replaceAll('\n', '\r') },
  'a byte order mark, CRLF and comments': {
    ...hi,
    body: `\uFEFF: hello\r\n\r\n${frames(...begun, stop, done).replaceAll('\n', '\r\n')}`,
  },
  'no [DONE], no last blank line': { ...hi, body: frames(...begun, stop).trimEnd() },
  'nothing but an event named done': { ...hi, body: `${frames(...begun, stop)}event: done\n\n` },
  'garbage behind [DONE]': { ...hi, body: frames(...begun, stop, done, '{') },
  'JSON in two data lines': {
    ...hi,
    body: `data: {"choices":[{"index":0,\ndata: "delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n`,
  },
  'empty, null and ping events': {
    ...hi,
    body: `event: ping\ndata: 2026-12-01\n\n${frames({}, ...begun, 'null', stop, done)}`,
  },
  gzip: {
    ...hi,
    body: (response) => {
      const head = { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' };
      response.writeHead(200, head).end(gzipSync(frames(...begun, stop, done)));
    },
  },
  'an index that is a string': {
    ...hi,
    body: frames({ choices: [{ index: '0', delta: { content: 'Hi' }, finish_reason: 'stop' }] }),
  },
  'one choice without its list': {
    ...hi,
    body: frames({ choices: { delta: { content: 'Hi' }, finish_reason: 'stop' } }),
  },
  'a whole message in one chunk': {
    ...hi,
    usage,
    body: frames({ choices: [{ message: whole, finish_reason: 'stop' }], usage: spoken }, done),
  },
  'the text of a completion': {
    ...hi,
    body: frames({ choices: [{ index: 0, text: 'Hi', finish_reason: 'stop' }] }, done),
  },
  'content as strings in a list': { ...hi, body: frames(chunk({ content: ['H', 'i'] }), stop) },
  'content as one part': {
    ...hi,
    body: frames(chunk({ content: { type: 'text', text: 'Hi' } }), stop),
  },
  'parts of Responses': {
    ...hi,
    body: frames(chunk({ content: [{ type: 'output_text', text: 'Hi' }] }), stop),
  },
  'usage in the choice': {
    ...hi,
    usage,
    body: frames(...begun, chunk({}, 'stop', { usage: spoken })),
  },
  'an empty usage behind the good one': {
    ...hi,
    usage,
    body: frames(...begun, stop, { choices: [], usage: spoken }, { choices: [], usage: {} }, done),
  },
  'null usage behind the good one': {
    ...hi,
    usage,
    body: frames(...begun, stop, { choices: [], usage: spoken }, { choices: null, usage: null }),
  },
  'azure: filters first, and a choice without a delta': {
    ...hi,
    body: frames(
      { id: '', model: '', object: '', choices: [], prompt_filter_results: [{}] },
      ...begun,
      { choices: [{ index: 0, finish_reason: null, content_filter_offsets: {} }] },
      stop,
      done,
    ),
  },
  'a null delta with the finish': { ...hi, body: frames(...begun, chunk(null, 'stop')) },
  'a finish in capitals': { ...hi, body: frames(...begun, chunk({}, 'STOP')) },
  'a finish eos': { ...hi, body: frames(...begun, chunk({}, 'eos')) },
  'a finish max_tokens': {
    text: 'Hi',
    finish: 'length',
    body: frames(...begun, chunk({}, 'max_tokens')),
  },
  reasoning_text: {
    ...hi,
    reasoning: 'Hm',
    body: frames(chunk({ reasoning_text: 'Hm' }), ...begun, stop),
  },
  'one call without its list': {
    ...one,
    body: called({ id: 'a', function: { name: 'w', arguments: '{"n":1}' } }),
  },
  'a call without a function object': {
    ...one,
    body: called([{ id: 'a', name: 'w', arguments: { n: 1 } }]),
  },
  'a call whose name comes late': {
    ...one,
    body: frames(
      chunk({ tool_calls: [{ index: 0, id: 'a' }] }),
      chunk({ tool_calls: [{ index: 0, function: { name: 'w', arguments: '{"n":1}' } }] }),
      chunk({}, 'tool_calls'),
    ),
  },
  'a call in a whole message': {
    ...one,
    body: frames({
      choices: [
        {
          message: { tool_calls: [{ id: 'a', function: { name: 'w', arguments: '{"n":1}' } }] },
          finish_reason: 'tool_calls',
        },
      ],
    }),
  },
  'a call that names no tool': {
    finish: 'stop',
    body: frames(chunk({ tool_calls: [{ index: 0, function: { arguments: '{}' } }] }), stop),
  },
  'an error of vLLM': {
    error: boom(400),
    text: 'Hi',
    body: failing({ object: 'error', message: 'boom', type: 'BadRequestError', code: 400 }),
  },
  'an error by its type': {
    error: boom(503),
    text: 'Hi',
    body: failing({ type: 'error', message: 'boom', code: 503 }),
  },
  'an error as a message': {
    error: boom(500),
    text: 'Hi',
    body: failing({ message: 'boom', code: 500 }),
  },
  'an error of FastAPI': { error: boom(500), text: 'Hi', body: failing({ detail: 'boom' }) },
  'an error as plain text': {
    error: boom(500),
    text: 'Hi',
    body: `${frames(...begun)}event: error\ndata: boom\n\n${frames(done)}`,
  },
  'an error in a list': {
    error: boom(503),
    text: 'Hi',
    body: failing([{ error: { code: 503, message: 'boom', status: 'UNAVAILABLE' } }]),
  },
  'an error in the delta': {
    error: boom(500),
    text: 'Hi',
    body: failing(chunk({ error: { message: 'boom' } })),
  },
  'an error in the choice': {
    error: boom(502),
    text: 'Hi',
    body: failing(chunk({}, null, { error: { message: 'boom', code: 502 } })),
  },
  'an error in an error': {
    error: boom(500),
    text: 'Hi',
    body: failing({ error: { error: { message: 'boom', type: 'server_error' } } }),
  },
  'an error whose code is text': {
    error: boom(429),
    text: 'Hi',
    body: failing({ error: { message: 'boom', code: '429' } }),
  },
  'no error, in words': {
    ...hi,
    body: frames({ ...begun[1]!, error: '' }, { ...stop, error: false }, done),
  },
  'JSON with an error and 200': {
    error: boom(402),
    body: refused(200, { error: { message: 'boom', code: 402 } }),
  },
  'JSON in place of a stream': {
    error: { code: 'content_type', status: 200 },
    body: refused(200, { choices: [{ message: whole }] }),
  },
  'a page in place of a stream': {
    error: { code: 'content_type', status: 200 },
    body: streamed('<title>Sign in</title>', 'text/html'),
  },
};

// Responses
const event = (type: string, more: object = {}) => ({ type: `response.${type}`, ...more });
const said = { type: 'message', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] };
const counted = { input_tokens: 5, output_tokens: 3, total_tokens: 8 };
const created = event('created', { response: { id: 'r', model: 'm', status: 'in_progress' } });
const delta = event('output_text.delta', { output_index: 0, content_index: 0, delta: 'Hi' });
const ended = (response: object = {}, name = 'completed') =>
  event(name, { response: { status: 'completed', output: [said], usage: counted, ...response } });
const answered = { ...hi, usage };
const call = { type: 'function_call', id: 'f', call_id: 'a', name: 'w', arguments: '' };
const done1 = (item: object) => event('output_item.done', { output_index: 0, item });

const RESPONSES: Readonly<Record<string, Odd>> = {
  'no names of events': { ...answered, body: frames(created, delta, ended()) },
  '[DONE] with a space, and null, before the end': {
    ...answered,
    body: frames(created, delta, '[DONE] ', 'null', ended()),
  },
  'an index that is a string': {
    ...answered,
    body: frames(created, { ...delta, output_index: '0' }, ended()),
  },
  'nothing but the final response': { ...answered, body: frames(ended()) },
  'the end as response.done': { ...answered, body: frames(created, delta, ended({}, 'done')) },
  'a part that came whole': {
    ...answered,
    body: frames(
      event('content_part.done', { output_index: 0, content_index: 0, part: said.content[0] }),
      ended({ output: [] }),
    ),
  },
  'a message whose content is text': {
    ...answered,
    body: frames(ended({ output: [{ type: 'message', content: 'Hi' }] })),
  },
  'completed, but incomplete': {
    ...answered,
    finish: 'length',
    body: frames(
      delta,
      ended({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }),
    ),
  },
  'completed, but failed': {
    text: 'Hi',
    error: boom(500),
    body: frames(
      delta,
      ended({ status: 'failed', error: { code: 'server_error', message: 'boom' } }),
    ),
  },
  'arguments that are an object': {
    ...one,
    usage,
    body: frames(done1({ ...call, arguments: { n: 1 } }), ended({ output: null })),
  },
  'arguments that are null': {
    calls: [{ id: 'a', name: 'w', args: {} }],
    finish: 'tool_call',
    usage,
    body: frames(done1({ ...call, arguments: null }), ended({ output: [] })),
  },
  'an error of vLLM': {
    text: 'Hi',
    error: boom(400),
    body: frames(delta, { object: 'error', message: 'boom', code: 400 }),
  },
  'an error as plain text': {
    text: 'Hi',
    error: boom(500),
    body: `${frames(delta)}event: error\ndata: boom\n\n`,
  },
  'an error flat in its event': {
    text: 'Hi',
    error: boom(500),
    body: frames(delta, { type: 'error', code: 'server_error', message: 'boom' }),
  },
  'no end': { text: 'Hi', error: { code: 'truncated' }, body: frames(created, delta, done) },
  'a null error in each event': {
    ...answered,
    body: frames({ ...delta, error: null }, { ...ended(), error: null }),
  },
  'JSON with an error and 200': {
    error: boom(402),
    body: refused(200, { error: { message: 'boom', code: 402 } }),
  },
};

let server: WireServer;
beforeAll(async () => {
  server = await startWireServer();
});
afterAll(() => server.close());

async function check({ body, error, ...right }: Odd, api: OpenAIOptions['api'], size: number) {
  const answer =
    typeof body === 'string' ? inPieces(Buffer.from(body), size, 'text/event-stream') : body;
  server.answer(answer);
  const model = new ChatOpenAI({ model: 'm', baseURL: server.url, maxRetries: 0, api });
  const outcome = await outcomeOf(model);
  const nothing = { text: '', reasoning: '', refusal: '', calls: [] };
  const failed = error !== undefined;
  const expected = { ...nothing, finish: undefined, usage: undefined, failed, ...right };
  expect(saidOf(outcome)).toEqual(expected);
  if (failed) expect(outcome.error).toMatchObject(error);
}

describe.each([7, 4096])('servers that write otherwise, read by %d bytes', (size) => {
  it.each(Object.entries(CHAT))('Chat Completions: %s', (_, odd) => check(odd, 'chat', size));
  it.each(Object.entries(RESPONSES))('Responses: %s', (_, odd) => check(odd, 'responses', size));
});
