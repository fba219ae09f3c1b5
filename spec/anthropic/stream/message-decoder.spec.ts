import { type AIMessageChunk, ModelError } from 'rxlm';
import { MessageDecoder } from '../../../lib/anthropic/stream/message-decoder';
import type { WireEvent } from '../../../lib/anthropic/stream/wire';
import { MessageAccumulator } from '../../../lib/messages/internal/message-accumulator';
import { plain } from '../../support/anthropic-parity';

const LIMITS = { toolJson: 1000, toolJsonDepth: 8 };
const start = {
  type: 'message_start',
  message: { id: 'msg_1', usage: { input_tokens: 3, output_tokens: 1 } },
};
const blockStart = (index: unknown, content_block: unknown) => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (index: unknown, d: unknown) => ({ type: 'content_block_delta', index, delta: d });
const text = (index: number, t: string) => delta(index, { type: 'text_delta', text: t });
const json = (index: number, partial_json: string) =>
  delta(index, { type: 'input_json_delta', partial_json });
const blockStop = (index: unknown) => ({ type: 'content_block_stop', index });
const end = {
  type: 'message_delta',
  delta: { stop_reason: 'end_turn', stop_sequence: null },
  usage: { output_tokens: 7 },
};
const stop = { type: 'message_stop' };
const TEXT = { type: 'text', text: '' };
const TOOL = { type: 'tool_use', id: 'toolu_1', name: 'add', input: {} };

function decode(...events: object[]) {
  const chunks: AIMessageChunk[] = [];
  const decoder = new MessageDecoder('run-1', LIMITS, (chunk) => chunks.push(chunk));
  for (const event of events) decoder.add(event as WireEvent);
  const message = new MessageAccumulator();
  chunks.forEach((chunk) => {
    message.add(chunk);
  });
  return {
    chunks,
    message: message.whole,
    decoder,
    contents: plain(chunks.slice(1).map(({ content }) => content)),
  };
}

const failure = (...events: object[]): ModelError => {
  try {
    decode(...events);
  } catch (error) {
    if (ModelError.is(error)) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('MessageDecoder', () => {
  it('[12] makes a chunk of message_start, of each delta and of message_delta, and of nothing else', () => {
    const { chunks, message, decoder } = decode(
      start,
      blockStart(0, TEXT),
      { type: 'ping' },
      text(0, 'gold'),
      text(0, 'fish'),
      blockStop(0),
      end,
      stop,
    );
    expect(chunks.map(({ content }) => content)).toEqual(['', 'gold', 'fish', '']);
    expect(message.content).toBe('goldfish');
    expect(decoder.complete).toBe(true);
  });

  it('[14] gives all chunks one id, and the provider’s in the metadata', () => {
    const { chunks, message } = decode(
      start,
      blockStart(0, TEXT),
      text(0, 'a'),
      blockStop(0),
      end,
      stop,
    );
    expect(new Set(chunks.map(({ id }) => id))).toEqual(new Set(['run-1']));
    expect(message.response_metadata).toMatchObject({
      id: 'msg_1',
      model_provider: 'anthropic',
      stop_reason: 'end_turn',
    });
  });

  it('says why the message ended with the chunk that brings the provider’s own word', () => {
    const { chunks, message } = decode(
      start,
      blockStart(0, TEXT),
      text(0, 'a'),
      blockStop(0),
      end,
      stop,
    );
    expect(chunks.map(({ finish_reason }) => finish_reason)).toEqual([
      undefined,
      undefined,
      'stop',
    ]);
    expect(message.finish_reason).toBe('stop');
  });

  it('[15] reports usage as a snapshot', () => {
    const { chunks } = decode(start, end, stop);
    expect(
      chunks.map(({ usage_metadata: u }) => [u?.input_tokens, u?.output_tokens, u?.total_tokens]),
    ).toEqual([
      [3, 1, 4],
      [3, 7, 10],
    ]);
  });

  it('numbers all pieces once the message is more than one uncited text', () => {
    const { contents, message } = decode(
      start,
      blockStart(0, TEXT),
      text(0, 'a'),
      blockStart(1, { type: 'redacted_thinking', data: 'E' }),
      text(0, 'b'),
      blockStop(0),
      blockStop(1),
      end,
      stop,
    );
    expect(contents).toEqual([
      'a',
      [{ type: 'redacted_thinking', data: 'E', index: 1 }],
      [{ type: 'text', text: 'b', index: 0 }],
      [],
    ]);
    expect(message.content).toEqual([
      { type: 'text', text: 'ab' },
      { type: 'redacted_thinking', data: 'E' },
    ]);
  });

  it('collects thinking with its signature, and citations', () => {
    const { message } = decode(
      start,
      blockStart(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'hm' }),
      delta(0, { type: 'thinking_delta', thinking: 'm' }),
      delta(0, { type: 'signature_delta', signature: 'S=' }),
      blockStop(0),
      blockStart(1, { type: 'text', text: '', citations: [] }),
      delta(1, { type: 'citations_delta', citation: { cited_text: 'x' } }),
      text(1, 'y'),
      delta(1, { type: 'citations_delta', citation: { cited_text: 'z' } }),
      blockStop(1),
      end,
      stop,
    );
    expect(message.content).toEqual([
      { type: 'thinking', thinking: 'hmm', signature: 'S=' },
      { type: 'text', text: 'y', citations: [{ cited_text: 'x' }, { cited_text: 'z' }] },
    ]);
  });

  it('[16] declares a call at its block’s stop, and not before', () => {
    const { chunks, message } = decode(
      start,
      blockStart(0, TOOL),
      json(0, ''),
      json(0, '{"a":'),
      json(0, '1}'),
      blockStop(0),
      end,
      stop,
    );
    expect(chunks.map(({ tool_calls }) => tool_calls.length)).toEqual([0, 0, 0, 0, 0, 1, 0]);
    expect(chunks.slice(1, 5).map(({ tool_call_chunks: [piece] }) => piece)).toEqual([
      { id: 'toolu_1', name: 'add', index: 0, args: '' },
      { index: 0, args: '' },
      { index: 0, args: '{"a":' },
      { index: 0, args: '1}' },
    ]);
    expect(message.tool_calls).toEqual([
      { type: 'tool_call', id: 'toolu_1', name: 'add', args: { a: 1 } },
    ]);
    expect(message.content).toEqual([{ ...TOOL, input: { a: 1 } }]);
  });

  it.each([
    '{"a":1,}',
    '{a:1}',
    '[1]',
    '"a"',
    '{"a":1} x',
    'nul',
    '{"a":NaN}',
    "{'a':1}",
    '{"a":01}',
    '{"a":"\u0001"}',
  ])('[16] T040: declares a call with %s invalid, with its text', (args) => {
    const { message } = decode(start, blockStart(0, TOOL), json(0, args), blockStop(0), end, stop);
    expect(message.tool_calls).toEqual([]);
    expect(message.invalid_tool_calls).toEqual([
      { type: 'invalid_tool_call', id: 'toolu_1', name: 'add', args, error: expect.any(String) },
    ]);
  });

  it('[16] takes a call without any text for one without arguments', () => {
    const { message } = decode(start, blockStart(0, TOOL), blockStop(0), end, stop);
    expect(message.tool_calls).toMatchObject([{ args: {} }]);
  });

  it('gives the provider’s own tools their input, and no call', () => {
    const block = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} };
    const { message } = decode(
      start,
      blockStart(0, block),
      json(0, '{"query":"x"}'),
      blockStop(0),
      end,
      stop,
    );
    expect(message.content).toEqual([{ ...block, input: { query: 'x' } }]);
    expect([message.tool_calls, message.invalid_tool_calls]).toEqual([[], []]);
  });

  it('takes whole blocks in message_start and in a block’s start', () => {
    const whole = {
      ...start,
      message: {
        ...start.message,
        content: [{ ...TOOL, input: { a: 1 } }],
        stop_reason: 'tool_use',
      },
    };
    const { message } = decode(
      whole,
      blockStart(1, { type: 'text', text: 'So.' }),
      blockStop(1),
      end,
      stop,
    );
    expect(message.content).toEqual([
      { ...TOOL, input: { a: 1 } },
      { type: 'text', text: 'So.' },
    ]);
    expect(message.tool_calls).toHaveLength(1);
  });

  it('[17] keeps blocks and deltas that nobody knows', () => {
    const { message } = decode(
      start,
      blockStart(0, { type: 'hologram', size: 3 }),
      delta(0, { type: 'beam_delta', beam: 'x' }),
      delta(0, { type: 'beam_delta', beam: 'y' }),
      blockStop(0),
      end,
      stop,
    );
    expect(message.content).toEqual([
      {
        type: 'hologram',
        size: 3,
        non_standard: [
          { type: 'beam_delta', beam: 'x' },
          { type: 'beam_delta', beam: 'y' },
        ],
      },
    ]);
  });

  it('[17] keeps __proto__ and the like as own fields, wherever they come', () => {
    const evil =
      '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1';
    const parsed = (text: string) => JSON.parse(text) as object;
    const { message } = decode(
      parsed(
        `{"type":"message_start","message":{"id":"m",${evil},"usage":{"input_tokens":1,"output_tokens":1,${evil}}}}`,
      ),
      blockStart(0, parsed(`{"type":"hologram",${evil}}`)),
      delta(0, parsed(`{"type":"beam_delta",${evil}}`)),
      blockStop(0),
      blockStart(1, TOOL),
      json(1, `{${evil}}`),
      blockStop(1),
      parsed(
        `{"type":"message_delta","delta":{"stop_reason":"end_turn",${evil}},"usage":{"output_tokens":7}}`,
      ),
      stop,
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const seen = [
      message,
      ...(message.content as object[]),
      message.response_metadata,
      message.additional_kwargs,
      message.tool_calls[0]?.args ?? {},
    ];
    for (const object of seen) expect((object as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.hasOwn(message.tool_calls[0]?.args ?? {}, '__proto__')).toBe(true);
  });

  it('[23] ignores a repeated message_start of the same id', () => {
    const { message, chunks } = decode(
      start,
      start,
      blockStart(0, TEXT),
      text(0, 'a'),
      blockStop(0),
      end,
      stop,
    );
    expect(message.content).toBe('a');
    expect(chunks).toHaveLength(3);
  });

  it('[23] begins a message with its first block where no start came, and says so', () => {
    const { chunks, message } = decode(
      blockStart(0, TEXT),
      text(0, 'a'),
      blockStop(0),
      { ...end, usage: { output_tokens: 7 } },
      stop,
    );
    expect(chunks).toHaveLength(3);
    expect(message.content).toBe('a');
    expect(message.usage_metadata).toMatchObject({ output_tokens: 7 });
    expect(message.usage_metadata).not.toHaveProperty('input_tokens');
    expect(message.response_metadata).not.toHaveProperty('id');
    expect(message.response_metadata.warnings).toEqual([
      { code: 'message_start_missing', message: expect.any(String) },
    ]);
    expect(failure(blockStart(0, TEXT), start).code).toBe('bad_stream');
  });

  it('[24] ignores what follows message_stop', () => {
    const { chunks } = decode(start, stop, blockStart(0, TEXT), text(0, 'late'), start);
    expect(chunks).toHaveLength(1);
  });

  it.each<[string, ...object[]]>([
    ['another message inside the first', start, { ...start, message: { id: 'msg_2' } }],
    ['a start that is no object', { type: 'message_start' }],
    ['a block that is not the first before message_start', blockStart(1, TEXT)],
    ['a delta before message_start', text(0, 'a')],
    ['message_stop before message_start', stop],
    ['a block begun twice', start, blockStart(0, TEXT), blockStart(0, TEXT)],
    ['a gap', start, blockStart(5, TEXT)],
    ...[-1, 1.5, '0', null, 4294967290, '__proto__'].map(
      (index) =>
        [`the index ${String(index)}`, start, blockStart(index, TEXT)] as [string, ...object[]],
    ),
    ['a delta for a block that is not open', start, text(0, 'a')],
    ['a delta after its block’s stop', start, blockStart(0, TEXT), blockStop(0), text(0, 'a')],
    [
      'a delta for an index that is no number',
      start,
      blockStart(0, TEXT),
      delta('0', { type: 'text_delta', text: 'a' }),
    ],
    ['a stop for a block that is not open', start, blockStop(0)],
    ['a block without a type', start, blockStart(0, {})],
    ['no block at all', start, blockStart(0, null)],
    ['no delta at all', start, blockStart(0, TEXT), delta(0, null)],
    ['text that is none', start, blockStart(0, TEXT), delta(0, { type: 'text_delta', text: 5 })],
    ['input for a block that has none', start, blockStart(0, TEXT), json(0, '{}')],
  ])('[23] refuses %s', (_, ...events) => {
    expect(failure(...events)).toMatchObject({
      code: 'bad_stream',
      provider: 'anthropic',
      retryable: false,
    });
  });

  it('[27] limits the size and the depth of tool input', () => {
    expect(
      failure(start, blockStart(0, TOOL), json(0, 'x'.repeat(600)), json(0, 'x'.repeat(600))),
    ).toMatchObject({ code: 'limit' });
    expect(failure(start, blockStart(0, TOOL), json(0, '{"a":' + '['.repeat(8)))).toMatchObject({
      code: 'limit',
    });
    expect(() =>
      decode(start, blockStart(0, TOOL), json(0, '{"a":"' + '['.repeat(20))),
    ).not.toThrow();
  });

  describe('keeps what the provider says beside what is known', () => {
    it('in message_start and message_delta, with the message', () => {
      const edits = { applied_edits: [{ type: 'clear_thinking' }] };
      const { message } = decode(
        { ...start, trace: 't' },
        { ...end, context_management: edits, input_transformations: [1], later: null },
        stop,
      );
      expect(message.response_metadata).toMatchObject({
        trace: 't',
        context_management: edits,
        input_transformations: [1],
      });
      expect(message.response_metadata).not.toHaveProperty('later');
    });

    it('in events of a block and in deltas, with the block', () => {
      const { message } = decode(
        start,
        { ...blockStart(0, TEXT), at: 1 },
        { ...text(0, 'a'), at: 2 },
        delta(0, { type: 'text_delta', text: 'b', logprob: -1 }),
        { ...blockStop(0), at: 3 },
        end,
        stop,
      );
      expect(message.content).toEqual([
        {
          type: 'text',
          text: 'ab',
          non_standard: [
            { type: 'content_block_start', at: 1 },
            { type: 'content_block_delta', at: 2 },
            { type: 'text_delta', logprob: -1 },
            { type: 'content_block_stop', at: 3 },
          ],
        },
      ]);
    });

    it('in a delta of a call, whose input is read all the same', () => {
      const { message } = decode(
        start,
        blockStart(0, TOOL),
        delta(0, { type: 'input_json_delta', partial_json: '{"a":1}', partial: true }),
        blockStop(0),
        end,
        stop,
      );
      expect(message.tool_calls).toMatchObject([{ args: { a: 1 } }]);
      expect(message.content).toMatchObject([
        { input: { a: 1 }, non_standard: [{ type: 'input_json_delta', partial: true }] },
      ]);
    });

    it('as the own index of a block', () => {
      const { message } = decode(
        start,
        blockStart(0, { type: 'new', index: 7 }),
        blockStop(0),
        end,
        stop,
      );
      expect(message.content).toEqual([{ type: 'new', own_index: 7 }]);
    });
  });

  it('warns of an integer that loses digits', () => {
    const call = (input: string) =>
      decode(start, blockStart(0, TOOL), json(0, input), blockStop(0), end, stop).message;
    expect(call('{"id":9007199254740993}').response_metadata.warnings).toMatchObject([
      { code: 'unsafe_integer' },
    ]);
    expect(call('{"id":"9007199254740993"}').response_metadata).not.toHaveProperty('warnings');
  });
});
