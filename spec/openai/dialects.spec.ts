import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatModel } from 'rxlm';
import { ChatGoogle } from 'rxlm/google';
import { ChatOllama } from 'rxlm/ollama';
import { ChatOpenAI, type OpenAIOptions } from 'rxlm/openai';
import type { Said } from '../support/fold-by-hand';
import { inPieces, outcomeOf, saidOf } from '../support/play-body';
import { startWireServer, type WireServer } from '../support/wire-server';
import { besideProject } from '../testing/real-recordings';

interface Right extends Partial<Said> {
  readonly error?: object;
  readonly kwargs?: object;
  readonly metadata?: object;
  readonly content?: unknown;
  readonly options?: Partial<OpenAIOptions>;
}

const call = (id: string, city?: string, name = 'w') => ({
  id,
  name,
  args: city === undefined ? {} : { city },
});
const oslo = call('a', 'Oslo');
const one: Right = { calls: [oslo], finish: 'tool_call' };
const two: Right = { calls: [oslo, call('b', 'Rome')], finish: 'tool_call' };
const hi: Right = { text: 'Hi', finish: 'stop' };
const thought: Right = { ...hi, reasoning: 'Hm' };

/** What each stream has to come to. What a line does not say must not be there. */
const RIGHT: Readonly<Record<string, Right>> = {
  C01: two,
  C02: two,
  C04: one,
  C06: {
    calls: [call(expect.stringMatching(/^call_\w+$/) as string, 'Oslo')],
    finish: 'tool_call',
  },
  C07: one,
  C08: one,
  C09: one,
  C10: one,
  C12: { ...hi, usage: [5, 3], metadata: { finish_reason: 'stop' } },
  C13: one,
  C14: { text: 'Half an ans', error: { code: 'truncated', retryable: true } },
  C15: { error: { code: 'truncated' } },
  C16: hi,
  C17: {
    text: 'Hi',
    error: {
      status: 503,
      retryable: true,
      message: expect.stringContaining('upstream overloaded'),
    },
  },
  C18: {
    text: 'Hi',
    error: { status: 502, message: expect.stringContaining('Provider disconnected') },
  },
  C20: {
    text: 'Hi',
    error: {
      status: 400,
      retryable: false,
      message: expect.stringContaining('Tool call validation failed'),
    },
  },
  C22: { ...hi, metadata: { id: 'c1', model: 'm' } },
  C23: { ...hi, usage: [5, 3] },
  C24: hi,
  C25: { ...hi, usage: [5, 3] },
  C26: {
    ...thought,
    kwargs: { reasoning_details: [{ type: 'reasoning.text', text: 'Hm', index: 0 }] },
  },
  C27: thought,
  C28: { text: '<think>Hm</think>\n\nHi, a < b', finish: 'stop' },
  'C28 extracted': {
    text: 'Hi, a < b',
    reasoning: 'Hm',
    finish: 'stop',
    options: { extractReasoning: true },
  },
  C30: { ...hi, text: 'Hi!', reasoning: 'Hm' },
  C31: { ...one, text: 'Hi' },
  C32: hi,
  C33: { ...one, text: 'Reading.' },
  C34: { calls: [call('a', undefined, 'now')], finish: 'tool_call' },
  C35: hi,
  C37: hi,
  C38: { finish: 'content_filter' },
  C39: {
    refusal: 'I cannot help.',
    finish: 'content_filter',
    kwargs: { refusal: 'I cannot help.' },
  },
  C40: { text: 'A', finish: 'stop' },
  C42: { ...one, kwargs: { tool_call_extras: { a: { google: { thought_signature: 'S' } } } } },
  C44: { calls: [call('7', 'Oslo')], finish: 'tool_call' },
  C45: two,
  R01: { ...hi, usage: [5, 3] },
  R02: { text: 'Hi', error: { code: 'server_error', message: expect.stringContaining('boom') } },
  R03: { text: 'Half', usage: [5, 3], finish: 'length' },
  R05: {
    error: { code: 'rate_limited', retryable: true, message: expect.stringContaining('slow down') },
  },
  R06: { calls: [call('call_1', 'Oslo')], usage: [5, 3], finish: 'tool_call' },
  R08: { refusal: 'No.', usage: [5, 3], finish: 'content_filter' },
  G01: {
    ...hi,
    text: 'Hi!',
    usage: [5, 3],
    metadata: { id: 'r', model: 'm', finishReason: 'STOP' },
  },
  G02: {
    calls: [
      call(expect.stringMatching(/^call_\w+_0$/) as string, 'Oslo'),
      call(expect.stringMatching(/^call_\w+_1$/) as string, 'Rome'),
    ],
    usage: [5, 3],
    finish: 'tool_call',
  },
  G04: {
    ...hi,
    usage: [5, 3],
    content: [
      { type: 'text', text: 'Hi' },
      { type: 'text', text: '', thoughtSignature: 'S' },
    ],
  },
  G05: {
    error: {
      code: 'server_error',
      retryable: true,
      emitted: false,
      message: expect.stringContaining('Malformed function call: w('),
    },
  },
  G06: {
    finish: 'content_filter',
    usage: [5, 0],
    metadata: { promptFeedback: { blockReason: 'SAFETY' } },
  },
  G07: { ...hi, usage: [5, 2], metadata: { finishReason: 'STOP' } },
  G08: {
    text: 'Hi',
    error: { code: 'overloaded', status: 503, message: expect.stringContaining('overloaded') },
  },
  G10: { ...thought, usage: [5, 10] },
  O01: { ...one, usage: [5, 3] },
  O02: {
    text: 'Hi',
    error: { message: expect.stringContaining('model runner has unexpectedly stopped') },
  },
  O04: { text: 'Half', usage: [5, 3], finish: 'length' },
  O06: { ...hi, usage: [5, 3] },
};

const WIRES = { C: 'chat', R: 'responses', G: 'gemini', O: 'ollama' } as const;
const folder = besideProject('../cases/dialects');
const here = Object.entries(RIGHT).flatMap(([name, right]) => {
  const [id = ''] = name.split(' ');
  const wire = WIRES[id[0] as keyof typeof WIRES];
  const path = join(folder ?? '', wire, `${id}.${wire === 'ollama' ? 'ndjson' : 'sse'}`);
  return existsSync(path) ? [{ name, wire, path, right }] : [];
});

describe('streams that were misread', () => {
  let server: WireServer;
  beforeAll(async () => {
    server = await startWireServer();
  });
  afterAll(() => server.close());

  const modelOf = (wire: string, options: Partial<OpenAIOptions> = {}): ChatModel => {
    const own = { model: 'm', baseURL: server.url, maxRetries: 0 };
    return wire === 'ollama'
      ? new ChatOllama(own)
      : wire === 'gemini'
        ? new ChatGoogle(own)
        : new ChatOpenAI({ ...own, api: wire as 'chat', ...options });
  };

  it('are all in the table, or none lies beside the project', () => {
    const names = Object.values(WIRES).flatMap((wire) =>
      folder === undefined ? [] : readdirSync(join(folder, wire)).map((file) => file.slice(0, 3)),
    );
    expect(names.filter((name) => !(name in RIGHT))).toEqual([]);
    expect(here).toHaveLength(folder === undefined ? 0 : Object.keys(RIGHT).length);
  });

  for (const { name, wire, path, right } of here)
    it.each([1, 5, Infinity])(`${name} comes out right, by %d bytes`, async (size) => {
      const { error, kwargs = {}, metadata = {}, content, options, ...said } = right;
      const bytes = readFileSync(path);
      const type = wire === 'ollama' ? 'application/x-ndjson' : 'text/event-stream';
      server.answer(inPieces(bytes, Math.min(size, bytes.length), type));
      const outcome = await outcomeOf(modelOf(wire, options));
      const nothing = {
        text: '',
        reasoning: '',
        refusal: '',
        calls: [],
        finish: undefined,
        usage: undefined,
        failed: error !== undefined,
      };
      expect(saidOf(outcome)).toEqual({ ...nothing, ...said });
      if (error !== undefined) expect(outcome.error).toMatchObject(error);
      const { message } = outcome;
      if (content !== undefined) expect(message?.content).toEqual(content);
      expect(message?.additional_kwargs ?? {}).toMatchObject(kwargs);
      expect(message?.response_metadata ?? {}).toMatchObject(metadata);
    });

  it.each([
    ['{"error":{"message":"busy","code":503}}\n'],
    [
      'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n{"error":{"message":"busy","code":503}}\n',
    ],
    [
      'data: {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n{"error":{"message":"busy","code":503}}',
    ],
  ])('reads the error that stands bare in the body: %j', async (body) => {
    server.answer(inPieces(Buffer.from(body), 9, 'text/event-stream'));
    const { error } = await outcomeOf(modelOf('chat'));
    expect(error).toMatchObject({ status: 503, message: expect.stringContaining('busy') });
  });
});
