import fc from 'fast-check';
import type { AIMessage } from '../../../lib/messages/ai-message.js';
import {
  AIMessageChunk,
  type AIMessageChunkFields,
} from '../../../lib/messages/ai-message-chunk.js';
import { coerceMessages } from '../../../lib/messages/coerce-messages.js';
import type { FinishReason } from '../../../lib/messages/finish-reason.js';
import { MessageAccumulator } from '../../../lib/messages/internal/message-accumulator.js';
import { cutMessage, deepFreeze } from '../cut-message.js';

function fold(...chunks: (string | AIMessageChunkFields)[]) {
  const message = new MessageAccumulator();
  for (const chunk of chunks) message.add(deepFreeze(new AIMessageChunk(chunk)));
  return message.whole;
}
/** `toStrictEqual` does not see the order of fields. */
const bytes = ({ content, additional_kwargs, response_metadata }: AIMessage) =>
  JSON.stringify([content, additional_kwargs, response_metadata]);
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the fold of chunks into their message', () => {
  it('[13] is the same however the message is cut, changes no chunk and nothing that was read halfway', () => {
    fc.assert(
      fc.property(cutMessage, ({ message, chunks }) => {
        const accumulator = new MessageAccumulator();
        const halfway = chunks.map((chunk) => {
          accumulator.add(chunk);
          const { whole } = accumulator;
          return { whole, recorded: JSON.stringify(whole) };
        });
        expect(accumulator.whole).toStrictEqual(message);
        expect(bytes(accumulator.whole)).toBe(bytes(message));
        for (const { whole, recorded } of halfway) expect(JSON.stringify(whole)).toBe(recorded);
      }),
      { numRuns: 200 },
    );
  });

  it('is accepted as input again, byte for byte, once it has been JSON', () => {
    fc.assert(
      fc.property(cutMessage, ({ message }) => {
        const [again] = coerceMessages(json([message]) as []);
        expect(again).toStrictEqual(message);
        expect(JSON.stringify(again)).toBe(JSON.stringify(message));
      }),
    );
  });

  it('of no chunks is an empty message', () => {
    const { content, id, tool_calls } = new MessageAccumulator().whole;
    expect({ content, id, tool_calls }).toEqual({ content: '', id: undefined, tool_calls: [] });
  });
});

describe('content', () => {
  it('is one string as long as only strings come, and they append', () => {
    expect(fold('gold', '', 'fish').content).toBe('goldfish');
  });

  it('stays a string where the only pieces are none', () => {
    expect(fold({ content: [] }, 'gold', { content: [] }).content).toBe('gold');
  });

  it('has the text so far as block 0 once there are blocks, without their index', () => {
    const { content, text } = fold('Let me ', 'see.', {
      content: [{ index: 1, type: 'thinking', thinking: 'hm' }],
    });
    expect(content).toEqual([
      { type: 'text', text: 'Let me see.' },
      { type: 'thinking', thinking: 'hm' },
    ]);
    expect(text).toBe('Let me see.');
  });

  it('goes on with the text as block 0, and collects what cites it', () => {
    expect(
      fold(
        'gold',
        { content: [{ index: 0, type: 'text', citations: [{ n: 1 }] }] },
        { content: [{ index: 0, type: 'text', text: 'fish' }] },
        { content: [{ index: 0, type: 'text', citations: [{ n: 2 }, { n: 3 }] }] },
      ).content,
    ).toEqual([{ type: 'text', text: 'goldfish', citations: [{ n: 1 }, { n: 2 }, { n: 3 }] }]);
  });

  it('has no block for a text that is empty', () => {
    expect(fold('', { content: [{ index: 1, type: 'thinking', thinking: 'hm' }] }).content).toEqual(
      [{ type: 'thinking', thinking: 'hm' }],
    );
  });

  it('is in the order of the indexes, whichever begins first and wherever they have gaps', () => {
    expect(
      fold(
        { content: [{ index: 10, type: 'text', text: 'c' }] },
        { content: [{ index: 2, type: 'text', text: 'a' }] },
        { content: [{ index: 10, type: 'text', text: 'd' }] },
        { content: [{ index: 2, type: 'text', text: 'b' }] },
      ).content,
    ).toEqual([
      { type: 'text', text: 'ab' },
      { type: 'text', text: 'cd' },
    ]);
  });

  it('has a block of its own for each piece without an index, after those before it', () => {
    expect(
      fold(
        { content: [{ index: 1, type: 'thinking', thinking: 'hm' }] },
        { content: [{ type: 'text', text: 'a' }, { type: 'image' }] },
        { content: [{ type: 'text', text: 'b' }] },
      ).content,
    ).toEqual([
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text: 'a' },
      { type: 'image' },
      { type: 'text', text: 'b' },
    ]);
  });

  it('goes on with strings after blocks as text of its own', () => {
    expect(
      fold({ content: [{ index: 3, type: 'tool_use', name: 'f', input: {} }] }, 'gold', 'fish', {
        content: [{ type: 'image' }],
      }).content,
    ).toEqual([
      { type: 'tool_use', name: 'f', input: {} },
      { type: 'text', text: 'goldfish' },
      { type: 'image' },
    ]);
  });

  it('goes on with strings in the text block that is the last', () => {
    expect(fold({ content: [{ index: 0, type: 'text', text: 'gold' }] }, 'fish').content).toEqual([
      { type: 'text', text: 'goldfish' },
    ]);
  });

  it('[17] keeps blocks and fields that nobody knows', () => {
    const unknown = { type: 'hologram', depth: 3, layers: [{ a: 1 }], note: null };
    const { content } = fold(
      { content: [{ index: 0, ...unknown }] },
      { content: [{ index: 0, type: 'hologram', non_standard: [{ type: 'x_delta', x: 1 }] }] },
      { content: [{ index: 0, type: 'hologram', non_standard: [{ type: 'x_delta', x: 2 }] }] },
    );
    const non_standard = [
      { type: 'x_delta', x: 1 },
      { type: 'x_delta', x: 2 },
    ];
    expect(content).toEqual([{ ...unknown, non_standard }]);
  });

  it('takes 50,000 citations, blocks and calls', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => index);
    const message = new MessageAccumulator();
    message.add(
      new AIMessageChunk({ content: [{ index: 0, type: 'text', text: 'a', citations: [] }] }),
    );
    message.add(new AIMessageChunk({ content: [{ index: 0, type: 'text', citations: many }] }));
    for (const n of many) {
      message.add(new AIMessageChunk({ content: [{ index: 0, type: 'text', citations: [n] }] }));
      message.add(
        new AIMessageChunk({
          content: [{ index: n + 1, type: 'text', text: 'b' }],
          response_metadata: { [n]: n },
        }),
      );
      message.add(new AIMessageChunk('c'));
    }
    message.add(
      new AIMessageChunk({
        content: '',
        tool_calls: many.map((n) => ({
          type: 'tool_call',
          id: `call_${String(n)}`,
          name: 'f',
          args: {},
        })),
        tool_call_chunks: many.map((n) => ({ index: n, id: `call_${String(n)}`, args: '{}' })),
      }),
    );
    const { content, tool_calls, invalid_tool_calls } = message.whole;
    expect(content).toHaveLength(50_001);
    expect(content[0]).toHaveProperty('citations.length', 100_000);
    expect(content.at(-1)).toEqual({ type: 'text', text: 'bc' });
    expect(tool_calls).toHaveLength(50_000);
    expect(invalid_tool_calls).toEqual([]);
  }, 20_000);
});

describe('tool calls', () => {
  const begin: AIMessageChunkFields = {
    content: [{ index: 0, type: 'tool_use', id: 'toolu_1', name: 'weather', input: '' }],
    tool_call_chunks: [{ index: 0, id: 'toolu_1', name: 'weather', args: '' }],
  };
  const grow = (args: string): AIMessageChunkFields => ({
    content: [{ index: 0, type: 'input_json_delta', input: args }],
    tool_call_chunks: [{ index: 0, args }],
  });

  it('[16] have their input as text until the last piece brings the object', () => {
    const call = {
      type: 'tool_call' as const,
      id: 'toolu_1',
      name: 'weather',
      args: { city: 'Graz' },
    };
    const growing = [begin, grow('{"city":'), grow('"Graz"}')];
    expect(fold(...growing).content).toEqual([
      { type: 'tool_use', id: 'toolu_1', name: 'weather', input: '{"city":"Graz"}' },
    ]);
    const whole = fold(...growing, {
      content: [{ index: 0, type: 'tool_use', input: { city: 'Graz' } }],
      tool_calls: [call],
    });
    expect(whole.content).toEqual([
      { type: 'tool_use', id: 'toolu_1', name: 'weather', input: { city: 'Graz' } },
    ]);
    expect(whole.tool_calls).toEqual([call]);
    expect(whole.invalid_tool_calls).toEqual([]);
  });

  it('[16] that no chunk has declared complete are never valid, however whole they look', () => {
    const { tool_calls, invalid_tool_calls } = fold(begin, grow('{"city":'), grow('"Graz"}'));
    expect(tool_calls).toEqual([]);
    expect(invalid_tool_calls).toEqual([
      {
        type: 'invalid_tool_call',
        id: 'toolu_1',
        name: 'weather',
        args: '{"city":"Graz"}',
        error: 'The call was not finished.',
      },
    ]);
  });

  it('[16] that came out invalid are reported once and stay in the content as they came', () => {
    const invalid = {
      type: 'invalid_tool_call' as const,
      id: 'toolu_1',
      name: 'weather',
      args: '{"city"',
      error: 'The arguments are no valid JSON.',
    };
    const { content, invalid_tool_calls } = fold(begin, grow('{"city"'), {
      content: [],
      invalid_tool_calls: [invalid],
    });
    expect(invalid_tool_calls).toEqual([invalid]);
    expect(content).toMatchObject([{ input: '{"city"' }]);
  });

  it('are kept apart by block, also where their pieces alternate', () => {
    const { invalid_tool_calls } = fold(
      { content: [], tool_call_chunks: [{ index: 0, id: 'a', name: 'f', args: '{' }] },
      { content: [], tool_call_chunks: [{ index: 1, id: 'b', name: 'g', args: '[' }] },
      { content: [], tool_call_chunks: [{ index: 0, args: '}' }] },
      { content: [], tool_call_chunks: [{ index: 1, args: ']' }] },
    );
    expect(invalid_tool_calls).toMatchObject([
      { id: 'a', name: 'f', args: '{}' },
      { id: 'b', name: 'g', args: '[]' },
    ]);
  });

  it('without ids are settled one by one', () => {
    const call = { type: 'tool_call' as const, name: 'f', args: {} };
    const chunks = [
      { content: [], tool_call_chunks: [{ index: 0, name: 'f', args: '{}' }] },
      { content: [], tool_call_chunks: [{ index: 1, name: 'g', args: '{' }] },
      { content: [], tool_calls: [call] },
    ];
    const { tool_calls, invalid_tool_calls } = fold(...chunks);
    expect(tool_calls).toEqual([call]);
    expect(invalid_tool_calls).toMatchObject([{ name: 'g', args: '{' }]);
  });

  it('are kept from whichever chunk brought them', () => {
    const call = (id: string) => ({ type: 'tool_call' as const, id, name: 'f', args: {} });
    expect(
      fold({ content: '', tool_calls: [call('a')] }, 'b', { content: '', tool_calls: [call('c')] })
        .tool_calls,
    ).toEqual([call('a'), call('c')]);
  });
});

describe('what is said about a message', () => {
  it('[15] replaces the usage, and adds nothing', () => {
    const usage = (input_tokens: number, output_tokens: number) => ({
      input_tokens,
      output_tokens,
      total_tokens: input_tokens + output_tokens,
    });
    expect(
      fold({ content: '', usage_metadata: usage(21, 2) }, 'gold', {
        content: '',
        usage_metadata: usage(21, 73),
      }).usage_metadata,
    ).toEqual(usage(21, 73));
  });

  it('merges metadata by key, the latest standing, `__proto__` as a key like any other', () => {
    const kwargs = JSON.parse('{"__proto__":{"polluted":true},"a":1}') as Record<string, unknown>;
    const { additional_kwargs, response_metadata } = fold(
      {
        content: '',
        additional_kwargs: { a: 0, b: [1] },
        response_metadata: { model: 'm', usage: { tier: 1 } },
      },
      'gold',
      {
        content: '',
        additional_kwargs: kwargs,
        response_metadata: { usage: { speed: 2 }, stop_reason: 'end_turn', stop_sequence: null },
      },
    );
    expect(JSON.stringify(additional_kwargs)).toBe('{"a":1,"b":[1],"__proto__":{"polluted":true}}');
    expect(response_metadata).toEqual({
      model: 'm',
      usage: { speed: 2 },
      stop_reason: 'end_turn',
      stop_sequence: null,
    });
    expect({}).not.toHaveProperty('polluted');
  });

  it('takes the latest finish_reason, and forgets it with the message', () => {
    const ends = (id: string, finish_reason?: FinishReason) => ({ content: '', id, finish_reason });
    expect(fold(ends('a', 'pause'), ends('a'), ends('a', 'stop')).finish_reason).toBe('stop');
    expect(fold(ends('a', 'length'), ends('b'))).not.toHaveProperty('finish_reason');
  });

  it('takes the latest name', () => {
    expect(fold({ content: '', name: 'a' }, { content: '', name: 'b' }, 'c').name).toBe('b');
  });
});

describe('the id', () => {
  it('names what came without one, and what comes without one', () => {
    const { id, content } = fold('a', { content: 'b', id: 'run-1' }, 'c');
    expect({ id, content }).toEqual({ id: 'run-1', content: 'abc' });
  });

  it('[14] begins anew when it is another: nothing of the attempt before is left', () => {
    const attempt: AIMessageChunkFields = {
      id: 'run-1',
      name: 'n',
      content: [{ index: 0, type: 'thinking', thinking: 'hm' }],
      additional_kwargs: { a: 1 },
      response_metadata: { b: 2 },
      tool_calls: [{ type: 'tool_call', id: 'c', name: 'f', args: {} }],
      invalid_tool_calls: [{ type: 'invalid_tool_call', args: '', error: '' }],
      tool_call_chunks: [{ index: 0, args: '{' }],
      usage_metadata: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
    };
    expect(fold('gold', attempt, { id: 'run-2', content: 'silver' })).toStrictEqual(
      fold({ id: 'run-2', content: 'silver' }),
    );
  });
});
