import { PartDecoder } from '../../../lib/ai-sdk/stream/part-decoder';
import type { AIMessageChunk } from '../../../lib/messages/ai-message-chunk';
import { MessageAccumulator } from '../../../lib/messages/internal/message-accumulator';
import { decoderContext } from '../../support/decode-stream';
import { partsOf } from '../../support/sdk-parts';

function decode(...parts: readonly unknown[]) {
  const chunks: AIMessageChunk[] = [];
  const unknown: unknown[] = [];
  const raw: unknown[] = [];
  const fold = new MessageAccumulator();
  const decoder = new PartDecoder({
    ...decoderContext({
      emit: (chunk) => {
        chunks.push(chunk);
        fold.add(chunk);
      },
      unknown: (event) => unknown.push(event),
    }),
    failed: (error) => new Error(String(error)),
    raw: (chunk) => raw.push(chunk),
  });
  let error: unknown;
  let contents: boolean[] = [];
  try {
    contents = parts.map((part) => decoder.part(part));
  } catch (thrown) {
    error = thrown;
  }
  return { chunks, message: fold.whole, unknown, raw, error, contents, complete: decoder.complete };
}

const finish = {
  type: 'finish',
  finishReason: { unified: 'stop', raw: 'end_turn' },
  usage: { inputTokens: { total: 1 }, outputTokens: { total: 2 } },
};
const text = (id: string, delta: string, more = {}) => ({ type: 'text-delta', id, delta, ...more });

describe('PartDecoder', () => {
  it.each(['v2', 'v3', 'v4'] as const)('reads an answer of specification %s', (version) => {
    const answer = {
      reasoning: ['Hm'],
      text: ['Hi ', 'you'],
      calls: [{ id: 'a', name: 'w', args: ['{"city":', '"Oslo"}'] }],
      usage: { input: 3, output: 5 },
    };
    const { message, complete, chunks } = decode(...partsOf(answer, version));
    expect(complete).toBe(true);
    expect(message).toMatchObject({
      content: [
        { type: 'thinking', thinking: 'Hm' },
        { type: 'text', text: 'Hi you' },
      ],
      tool_calls: [{ id: 'a', name: 'w', args: { city: 'Oslo' } }],
      finish_reason: 'tool_call',
      usage_metadata: { input_tokens: 3, output_tokens: 5, total_tokens: 8 },
      response_metadata: { id: 'a-response', model: 'a-model' },
    });
    // Calls are emitted with the last chunk only.
    expect(chunks.map(({ tool_calls }) => tool_calls.length).filter(Boolean)).toEqual([1]);
    expect(chunks.at(-1)?.tool_calls).toHaveLength(1);
  });

  it('writes a plain text as strings, and blocks whose ids alternate apart', () => {
    expect(decode(text('a', 'Hi'), text('a', '!'), finish).message.content).toBe('Hi!');
    expect(decode(text('a', 'A'), text('b', 'B'), text('a', 'a'), finish).message.content).toEqual([
      { type: 'text', text: 'Aa' },
      { type: 'text', text: 'B' },
    ]);
    const twice = [{ type: 'text-start', id: '0' }, text('0', 'A'), { type: 'text-end', id: '0' }];
    expect(decode(...twice, ...twice, finish).message.content).toHaveLength(2);
  });

  it('keeps what is attached to the pieces of a block on the block, with its signature', () => {
    const attached = (fields: object) => ({ providerMetadata: { acme: fields } });
    const { message } = decode(
      { type: 'reasoning-start', id: '0', ...attached({ itemId: 'i' }) },
      { type: 'reasoning-delta', id: '0', delta: 'Hm' },
      { type: 'reasoning-delta', id: '0', delta: '', ...attached({ signature: 'S' }) },
      { type: 'reasoning-end', id: '0', ...attached({ signature: 'S' }) },
      text('1', 'Hi', attached({ thoughtSignature: 'T' })),
      { type: 'tool-call', toolCallId: 'a', toolName: 'w', input: '{}', ...attached({ x: 1 }) },
      finish,
    );
    expect(message.content).toEqual([
      {
        type: 'thinking',
        thinking: 'Hm',
        signature: 'S',
        ...attached({ itemId: 'i', signature: 'S' }),
      },
      { type: 'text', text: 'Hi', ...attached({ thoughtSignature: 'T' }) },
      { type: 'tool_use', id: 'a', name: 'w', input: {}, ...attached({ x: 1 }) },
    ]);
  });

  it('keeps what the provider has run itself, the last result of each call', () => {
    const call = { toolCallId: 'a', toolName: 'search', providerExecuted: true };
    const { message } = decode(
      { type: 'tool-input-start', id: 'a', toolName: 'search', providerExecuted: true },
      { type: 'tool-input-delta', id: 'a', delta: '{}' },
      { type: 'tool-call', ...call, input: '{"q":1}' },
      { type: 'tool-result', ...call, result: 'half', preliminary: true },
      { type: 'tool-result', ...call, result: 'whole' },
      text('0', 'Hi'),
      finish,
    );
    expect(message.tool_calls).toEqual([]);
    expect(message.content).toMatchObject([
      { type: 'ai_sdk_tool_use', id: 'a', input: { q: 1 } },
      { type: 'ai_sdk_tool_result', tool_use_id: 'a', content: 'whole' },
      { type: 'text', text: 'Hi' },
    ]);
  });

  it('cites sources on the text, wherever they came', () => {
    const source = { type: 'source', sourceType: 'url', id: 's', url: 'https://a' };
    const { message } = decode(source, text('0', 'Hi'), finish);
    expect(message.content).toMatchObject([
      { type: 'text', text: 'Hi', citations: [{ url: 'https://a' }] },
    ]);
    const end = { type: 'text-end', id: '0', citations: [{ source, citedText: 'Hi' }] };
    expect(decode(text('0', 'Hi'), end, finish).message.content).toMatchObject([
      { text: 'Hi', citations: [{ url: 'https://a', cited_text: 'Hi' }] },
    ]);
    expect(decode(source, finish).message.content).toMatchObject([{ citations: [{ id: 's' }] }]);
  });

  it('keeps files and blocks that only the provider understands', () => {
    const custom = { type: 'custom', kind: 'acme.x', providerMetadata: { acme: { a: 1 } } };
    const { message } = decode(
      { type: 'file', mediaType: 'image/png', data: 'AAAA' },
      custom,
      { type: 'tool-approval-request', approvalId: 'p', toolCallId: 'a' },
      finish,
    );
    expect(message.content).toMatchObject([{ type: 'image' }, custom, { approvalId: 'p' }]);
  });

  it('says what the model warned of, and what it said of itself', () => {
    const { message } = decode(
      { type: 'stream-start', warnings: [{ type: 'unsupported', feature: 'topK' }] },
      { type: 'response-metadata', id: 'r', modelId: 'm', timestamp: new Date(0) },
      text('0', 'Hi'),
      { ...finish, providerMetadata: { acme: { a: 1 } } },
    );
    expect(message.response_metadata).toEqual({
      model_provider: 'openai',
      id: 'r',
      model: 'm',
      timestamp: '1970-01-01T00:00:00.000Z',
      finish_reason: 'end_turn',
      providerMetadata: { acme: { a: 1 } },
      warnings: [{ code: 'unsupported', message: 'topK' }],
    });
  });

  it('passes signs of life, chunks of the provider and parts that it does not know', () => {
    const { contents, raw, unknown, chunks } = decode(
      { type: 'ping' },
      { type: 'raw', rawValue: { a: 1 } },
      { type: 'of-the-future' },
    );
    expect([contents, raw, unknown, chunks]).toEqual([
      [false, false, true],
      [{ a: 1 }],
      [{ type: 'of-the-future' }],
      [],
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['an error', { type: 'error', error: 'boom' }, /boom/],
    [
      'a finish without a reason',
      { ...finish, finishReason: { unified: 'other' } },
      /ended before/,
    ],
    ['one of specification v2', { ...finish, finishReason: 'unknown' }, /ended before/],
    ['a failure', { ...finish, finishReason: { unified: 'error', raw: 'BAD' } }, /\(BAD\)/],
    ['a part that is none', 5, /no object/],
  ])('fails by %s, and has what came before', (_, part, message) => {
    const { error, message: partial, complete } = decode(text('0', 'Hi'), part);
    expect((error as Error).message).toMatch(message);
    expect([partial.content, complete]).toEqual(['Hi', false]);
  });

  it('leaves a call that never came whole unfinished', () => {
    const begin = { type: 'tool-input-start', id: 'a', toolName: 'w' };
    const { message } = decode(begin, { type: 'tool-input-delta', id: 'a', delta: '{}' }, finish);
    expect(message).toMatchObject({
      tool_calls: [],
      invalid_tool_calls: [{ id: 'a' }],
      finish_reason: 'stop',
    });
  });
});
