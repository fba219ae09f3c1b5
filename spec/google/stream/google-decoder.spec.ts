import { GoogleDecoder } from '../../../lib/google/stream/google-decoder';
import { chatStream, decodeStream } from '../../support/decode-stream';

const decode = (...values: readonly unknown[]) =>
  decodeStream((context) => new GoogleDecoder(context), chatStream(...values));
const candidate = (fields: object, more: object = {}) => ({
  candidates: [{ index: 0, ...fields }],
  ...more,
});
const said = (...parts: readonly object[]) => candidate({ content: { role: 'model', parts } });
const stop = candidate(
  { finishReason: 'STOP' },
  { usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2 } },
);

describe('GoogleDecoder', () => {
  it('emits one chunk for what it knows first, one for each part, and one at the end', () => {
    const { chunks, message, complete } = decode(
      { ...said({ text: 'Hi ' }), responseId: 'r', modelVersion: 'm' },
      said({ text: 'you' }),
      stop,
    );
    expect(chunks.map(({ content }) => content)).toEqual(['', 'Hi ', 'you', '']);
    expect(chunks[0]?.response_metadata).toMatchObject({ id: 'r', model: 'm' });
    expect(complete).toBe(true);
    expect(message).toMatchObject({
      content: 'Hi you',
      finish_reason: 'stop',
      usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      response_metadata: { finishReason: 'STOP', model_provider: 'openai' },
    });
  });

  it('keeps a part with a signature apart from those without', () => {
    const { message } = decode(
      said({ text: 'Hm', thought: true }),
      said({ text: 'so', thought: true, thoughtSignature: 'S0' }),
      said({ text: 'Hi', thoughtSignature: 'S1' }),
      said({ text: ' you' }),
      said({ text: '', thoughtSignature: 'S2' }),
      stop,
    );
    expect(message.content).toEqual([
      { type: 'thinking', thinking: 'Hm' },
      { type: 'thinking', thinking: 'so', signature: 'S0' },
      { type: 'text', text: 'Hi', thoughtSignature: 'S1' },
      { type: 'text', text: ' you' },
      { type: 'text', text: '', thoughtSignature: 'S2' },
    ]);
    expect(message.text).toBe('Hi you');
  });

  it('emits calls with the last chunk, and has them in the content if something is to be sent back', () => {
    const functionCall = { name: 'w', args: { city: 'Oslo' } };
    const plain = decode(said({ functionCall }), stop);
    expect(plain.message).toMatchObject({ content: '', finish_reason: 'tool_call' });
    expect(plain.chunks.map(({ tool_calls }) => tool_calls.length)).toEqual([0, 0, 1]);
    const { message } = decode(
      said({ text: 'I look.' }),
      said({ functionCall: { ...functionCall, id: 'a' }, thoughtSignature: 'S' }, { functionCall }),
      stop,
    );
    const use = { type: 'tool_use', name: 'w', input: { city: 'Oslo' } };
    expect(message.content).toEqual([
      { type: 'text', text: 'I look.' },
      { ...use, id: 'a', functionCallId: 'a', thoughtSignature: 'S' },
      { ...use, id: expect.stringMatching(/^call_/) as string },
    ]);
    expect(message.tool_calls.map(({ id }) => id)).toEqual(
      (message.content as readonly { readonly id?: string }[]).slice(1).map(({ id }) => id),
    );
  });

  it('keeps code that was run, pictures, and parts that nobody knows yet', () => {
    const { message } = decode(
      said({ executableCode: { code: '1' } }, { codeExecutionResult: { output: '1' } }),
      said({ inlineData: { mimeType: 'image/png', data: 'A' } }, { ofTheFuture: { a: 1 } }),
      stop,
    );
    expect(message.content).toEqual([
      { type: 'executableCode', executableCode: { code: '1' } },
      { type: 'codeExecutionResult', codeExecutionResult: { output: '1' } },
      { type: 'image', mimeType: 'image/png', data: 'A' },
      { type: 'ofTheFuture', ofTheFuture: { a: 1 } },
    ]);
  });

  it('cites what the answer is grounded in, and keeps what Google says of it', () => {
    const groundingMetadata = {
      groundingChunks: [{ web: { uri: 'https://a', title: 'A' } }],
      groundingSupports: [{ segment: { endIndex: 3, text: 'Hi.' }, groundingChunkIndices: [0] }],
    };
    const { message } = decode(
      said({ text: 'Hi.' }),
      candidate({ finishReason: 'STOP', groundingMetadata, urlContextMetadata: { a: 1 } }),
    );
    expect(message.content).toEqual([
      {
        type: 'text',
        text: 'Hi.',
        citations: [expect.objectContaining({ url: 'https://a', cited_text: 'Hi.' })],
      },
    ]);
    expect(message.response_metadata).toMatchObject({
      groundingMetadata,
      urlContextMetadata: { a: 1 },
    });
  });

  it('reads the first candidate only', () => {
    const second = { index: 1, content: { parts: [{ text: 'No' }] }, finishReason: 'MAX_TOKENS' };
    expect(decode(said({ text: 'Hi' }), { candidates: [second] }, stop).message).toMatchObject({
      content: 'Hi',
      finish_reason: 'stop',
    });
  });

  it.each([
    ['a blocked prompt', { promptFeedback: { blockReason: 'OTHER' } }],
    ['a blocked answer', candidate({ finishReason: 'SAFETY' })],
  ])('says that %s was filtered', (_, value) => {
    const { message, complete } = decode(value);
    expect([complete, message.finish_reason, message.content]).toEqual([
      true,
      'content_filter',
      '',
    ]);
  });

  it.each(['MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'MALFORMED_RESPONSE'])(
    'fails by %s, and has what was said and paid until then',
    (finishReason) => {
      const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: 2 };
      const { error, message } = decode(
        said({ text: 'Hi' }),
        candidate({ finishReason, finishMessage: 'w(' }, { usageMetadata }),
      );
      expect((error as Error).message).toContain(`"status":"${finishReason}","message":"w("`);
      expect(message).toMatchObject({ content: 'Hi', usage_metadata: { output_tokens: 2 } });
    },
  );

  it('emits nothing before an answer that has failed at once', () => {
    const { error, chunks } = decode(candidate({ finishReason: 'MALFORMED_FUNCTION_CALL' }));
    expect(error).toBeDefined();
    expect(chunks).toEqual([]);
  });

  it('fails by an error behind the proof of success', () => {
    const { error } = decode(said({ text: 'Hi' }), stop, { error: { code: 503 } });
    expect((error as Error).message).toContain('503');
  });

  it.each([
    ['without a reason', [said({ text: 'Hi' })]],
    ['without anything', []],
    ['with feedback only', [{ promptFeedback: {} }]],
    ['with a reason that is none', [candidate({ finishReason: 'FINISH_REASON_UNSPECIFIED' })]],
  ])('is not complete %s', (_, values) => {
    expect(decode(...values)).toMatchObject({ complete: false, error: undefined });
  });

  it('reads nothing into what has no content', () => {
    const { chunks, message } = decode(
      candidate({ content: {} }),
      candidate({ content: { parts: [] } }),
      candidate({ content: { parts: [null, {}, { text: '' }] } }),
      { candidates: [null, 5] },
      stop,
    );
    expect(chunks).toHaveLength(1);
    expect(message).toMatchObject({ content: '', finish_reason: 'stop' });
  });

  it('reports a response of a kind that it does not know, and fails by one that is no object', () => {
    expect(decode({ ofTheFuture: 1 }, stop).unknown).toEqual([{ ofTheFuture: 1 }]);
    expect(decode([1]).error).toMatchObject({ code: 'bad_stream' });
  });

  it('reads a last event that lacks its blank line, and says so', () => {
    const stream = chatStream(said({ text: 'Hi' }), stop).trimEnd();
    const make = (cut: string) => decodeStream((context) => new GoogleDecoder(context), cut);
    expect(make(stream).message.response_metadata.warnings).toEqual([
      expect.objectContaining({ code: 'unterminated' }),
    ]);
    expect(make(stream.slice(0, -1)).complete).toBe(false);
  });

  it('says that usage is missing', () => {
    const { message } = decode(said({ text: 'Hi' }), candidate({ finishReason: 'STOP' }));
    expect(message.response_metadata.warnings).toMatchObject([{ code: 'usage_missing' }]);
  });
});
