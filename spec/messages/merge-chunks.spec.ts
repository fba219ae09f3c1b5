import { expectTypeOf } from 'expect-type';
import fc from 'fast-check';
import { from, lastValueFrom } from 'rxjs';
import { AIMessageChunk, type AIMessageChunkFields } from '../../lib/messages/ai-message-chunk.js';
import { foldMessages } from '../../lib/messages/fold-messages.js';
import { mergeChunks } from '../../lib/messages/merge-chunks.js';
import { MergingChunk } from '../../lib/messages/merge-chunks.js';
import { cutMessage, deepFreeze } from './cut-message.js';

const chunk = (fields: AIMessageChunkFields): AIMessageChunk =>
  deepFreeze(new AIMessageChunk({ id: 'm', ...fields }));
const text = (content: string): AIMessageChunk => chunk({ content });
const piece = (fields: object, rest: Partial<AIMessageChunkFields> = {}): AIMessageChunk =>
  chunk({ content: [{ index: 1, type: 'text', ...fields }], ...rest });
const args = (json: string, call: object = {}): AIMessageChunk =>
  chunk({ content: '', tool_call_chunks: [{ index: 0, args: json, ...call }] });

const fold = (chunks: readonly AIMessageChunk[]) =>
  lastValueFrom(from(chunks).pipe(foldMessages()));

/** What a queue makes of chunks of which each may be merged into the one before. */
function mergeAdjacent(chunks: readonly AIMessageChunk[]): AIMessageChunk[] {
  const merged: AIMessageChunk[] = [];
  for (const next of chunks) {
    const both = merged.length > 0 ? mergeChunks(merged.at(-1)!, next) : undefined;
    if (both === undefined) merged.push(next);
    else merged[merged.length - 1] = both;
  }
  return merged;
}

describe('mergeChunks', () => {
  it.each<[string, AIMessageChunk, AIMessageChunk, AIMessageChunk]>([
    ['plain text', text('gold'), text('fish'), text('goldfish')],
    ['text of a block', piece({ text: 'a' }), piece({ text: 'b' }), piece({ text: 'ab' })],
    [
      'thinking',
      piece({ type: 'thinking', thinking: 'a' }),
      piece({ type: 'thinking', thinking: 'b' }),
      piece({ type: 'thinking', thinking: 'ab' }),
    ],
    [
      'a signature',
      piece({ type: 'thinking', signature: 'a' }),
      piece({ type: 'thinking', signature: 'b' }),
      piece({ type: 'thinking', signature: 'ab' }),
    ],
    [
      'citations',
      piece({ citations: [{ n: 1 }] }),
      piece({ citations: [{ n: 2 }] }),
      piece({ citations: [{ n: 1 }, { n: 2 }] }),
    ],
    [
      'deltas that nobody knows',
      piece({ type: 'new', non_standard: [1] }),
      piece({ type: 'new', non_standard: [2] }),
      piece({ type: 'new', non_standard: [1, 2] }),
    ],
    [
      'tool input',
      piece(
        { type: 'input_json_delta', input: '{"a' },
        { tool_call_chunks: [{ index: 1, args: '{"a' }] },
      ),
      piece(
        { type: 'input_json_delta', input: '":1}' },
        { tool_call_chunks: [{ index: 1, args: '":1}' }] },
      ),
      piece(
        { type: 'input_json_delta', input: '{"a":1}' },
        { tool_call_chunks: [{ index: 1, args: '{"a":1}' }] },
      ),
    ],
    [
      "a call's arguments, also behind its beginning",
      args('', { id: 'c', name: 'now' }),
      args('{}'),
      args('{}', { id: 'c', name: 'now' }),
    ],
    [
      'usage and metadata, of which the later stands',
      chunk({
        content: 'a',
        usage_metadata: { output_tokens: 1 },
        response_metadata: { a: 1, b: 1 },
        additional_kwargs: { k: 1 },
      }),
      chunk({
        content: 'b',
        usage_metadata: { output_tokens: 2 },
        response_metadata: { b: 2 },
        additional_kwargs: { l: 2 },
      }),
      chunk({
        content: 'ab',
        usage_metadata: { output_tokens: 2 },
        response_metadata: { a: 1, b: 2 },
        additional_kwargs: { k: 1, l: 2 },
      }),
    ],
    [
      'usage that only one has',
      chunk({ content: 'a', usage_metadata: { output_tokens: 1 } }),
      text('b'),
      chunk({ content: 'ab', usage_metadata: { output_tokens: 1 } }),
    ],
  ])('[19] merges %s', (_what, a, b, both) => {
    expect(mergeChunks(a, b)).toStrictEqual(both);
    expect(mergeChunks(a, b)).toBeInstanceOf(AIMessageChunk);
  });

  it.each<[string, AIMessageChunk, AIMessageChunk]>([
    ['messages', text('a'), chunk({ id: 'n', content: 'b' })],
    ['a message with an id and one without', chunk({ id: undefined, content: 'a' }), text('b')],
    ['speakers', text('a'), chunk({ name: 'eve', content: 'b' })],
    ['plain text and blocks', text('a'), piece({ text: 'b' })],
    ['blocks', piece({ index: 0, text: 'a' }), piece({ index: 1, text: 'b' })],
    ['types', piece({ text: 'a' }), piece({ type: 'refusal', text: 'b' })],
    ['fields', piece({ text: 'a' }), piece({ citations: [1] })],
    ['kinds of value', piece({ citations: [1] }), piece({ citations: 'b' })],
    ['tools', args('a', { index: 0 }), args('b', { index: 1 })],
    ['calls of one index', args('a', { id: 'c' }), args('b', { id: 'd' })],
    ['the beginning of a message and its text', text(''), text('a')],
    ['the text of a message and its end', text('a'), chunk({ content: '', usage_metadata: {} })],
    [
      "a tool's beginning and its input",
      piece({ type: 'tool_use', id: 'c', name: 'now', input: '' }),
      piece({ type: 'input_json_delta', input: '{}' }),
    ],
    [
      "a tool's input and its end",
      piece({ type: 'tool_use', input: '{}' }),
      piece({ type: 'tool_use', input: {} }),
    ],
    [
      'complete calls',
      piece({ text: 'a' }),
      piece({ text: 'b' }, { tool_calls: [{ type: 'tool_call', name: 'now', args: {} }] }),
    ],
    [
      'invalid calls',
      piece(
        { text: 'a' },
        { invalid_tool_calls: [{ type: 'invalid_tool_call', args: '', error: '' }] },
      ),
      piece({ text: 'b' }),
    ],
    [
      'several pieces',
      chunk({ content: [] }),
      chunk({ content: [{ index: 0, type: 'text', text: 'a' }] }),
    ],
    ['pieces with more than their text', piece({ text: 'a', id: 1 }), piece({ text: 'b', id: 1 })],
    [
      'pieces without an index',
      piece({ index: undefined, text: 'a' }),
      piece({ index: undefined, text: 'b' }),
    ],
    [
      'text with a call',
      chunk({ content: 'a', tool_call_chunks: [{ index: 0, args: '' }] }),
      args(''),
    ],
    [
      'two calls in one chunk',
      chunk({
        content: '',
        tool_call_chunks: [
          { index: 0, args: '' },
          { index: 1, args: '' },
        ],
      }),
      args(''),
    ],
    [
      'calls of a string and of blocks',
      args('a'),
      chunk({ content: [], tool_call_chunks: [{ index: 0, args: 'b' }] }),
    ],
  ])('[19] never merges across %s', (_what, a, b) => {
    expect(mergeChunks(a, b)).toBeUndefined();
    expect(mergeChunks(b, a)).toBeUndefined();
  });

  it('[19] takes a name that comes anew for another call', () => {
    expect(mergeChunks(args(''), args('', { name: 'now' }))).toBeUndefined();
  });

  it('[13] folds to what the chunks fold to, however a message was cut', async () => {
    let fewer = 0;
    await fc.assert(
      fc.asyncProperty(cutMessage, async ({ chunks }) => {
        const merged = mergeAdjacent(chunks);
        fewer += chunks.length - merged.length;
        expect(await fold(merged)).toStrictEqual(await fold(chunks));
      }),
    );
    expect(fewer).toBeGreaterThan(100);
  });

  it('[13] does so for chunks that make no sense together', async () => {
    const sometimes = <T>(arbitrary: fc.Arbitrary<T>) =>
      fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
    const index = fc.nat({ max: 1 });
    const letters = fc.string({ maxLength: 2 });
    const type = fc.constantFrom('text', 'compaction');
    const odd = fc.constantFrom(null, {}, undefined);
    const key = fc.constantFrom(
      ...['text', 'thinking', 'reasoning', 'signature', 'encrypted_content', 'input', 'args'],
      ...['citations', 'non_standard', 'content', '__proto__', 'title'],
    );
    const field = fc.oneof(
      fc.tuple(fc.constantFrom('text', 'citations'), letters),
      fc.tuple(fc.constantFrom('text', 'citations'), fc.array(letters, { maxLength: 2 })),
      fc.tuple(key, fc.oneof(letters, odd, fc.array(letters, { maxLength: 2 }))),
    );
    const block = fc
      .tuple(
        index,
        type,
        fc.oneof(
          field.map((one) => [one]),
          fc.array(field, { maxLength: 2 }),
        ),
      )
      .map(([at, kind, fields]) => Object.fromEntries([['index', at], ['type', kind], ...fields]));
    const call = fc
      .record({ index, args: letters, id: sometimes(letters), name: sometimes(letters) })
      .map((fields) => JSON.parse(JSON.stringify(fields)));
    const anyChunk = fc
      .record({
        id: fc.constantFrom('m', 'm', 'm', 'm', 'm', 'm', 'n', undefined),
        name: sometimes(fc.constant('eve')),
        content: fc.oneof(
          letters,
          block.map((one) => [one]),
          fc.array(block, { maxLength: 2 }),
        ),
        tool_call_chunks: sometimes(fc.array(call, { maxLength: 2 })),
        usage_metadata: sometimes(fc.record({ output_tokens: fc.nat() })),
        response_metadata: sometimes(
          fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), letters),
        ),
        additional_kwargs: sometimes(fc.dictionary(fc.constantFrom('a', 'b'), letters)),
      })
      .map((fields) => deepFreeze(new AIMessageChunk(fields as never)));
    let fewer = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyChunk, { maxLength: 12 }), async (chunks) => {
        const merged = mergeAdjacent(chunks);
        fewer += chunks.length - merged.length;
        expect(await fold(merged)).toStrictEqual(await fold(chunks));
      }),
      { numRuns: 2000 },
    );
    expect(fewer).toBeGreaterThan(100);
  });

  it('keeps __proto__ as data', () => {
    const own = (json: string) => JSON.parse(json) as Record<string, unknown>;
    const a = chunk({ content: 'a', response_metadata: own('{"__proto__":{"polluted":1}}') });
    const both = mergeChunks(a, chunk({ content: 'b', response_metadata: { c: 1 } }))!;
    expect(JSON.stringify(both.response_metadata)).toBe('{"__proto__":{"polluted":1},"c":1}');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('has types', () => {
    expectTypeOf(mergeChunks).parameters.toEqualTypeOf<[AIMessageChunk, AIMessageChunk]>();
    expectTypeOf(mergeChunks).returns.toEqualTypeOf<AIMessageChunk | undefined>();
  });
});

describe('MergingChunk', () => {
  it('reads what it has collected without being changed by what comes after', () => {
    const merging = MergingChunk.of(piece({ citations: [1] }))!;
    expect(merging.add(piece({ citations: [2] }))).toBe(true);
    const { merged } = merging;
    expect(merging.add(piece({ citations: [3] }))).toBe(true);
    expect(merged).toStrictEqual(piece({ citations: [1, 2] }));
    expect(merging.merged).toStrictEqual(piece({ citations: [1, 2, 3] }));
  });

  it('is not changed by a chunk that it refuses', () => {
    const merging = MergingChunk.of(text('a'))!;
    expect(merging.add(chunk({ id: 'n', content: 'b', response_metadata: { c: 1 } }))).toBe(false);
    expect(merging.merged).toStrictEqual(text('a'));
  });

  it('copies nothing for a chunk that is added: citations are collected, and joined when asked for', () => {
    const merging = MergingChunk.of(piece({ citations: [0] }))!;
    let reads = 0;
    for (let n = 1; n < 1000; n++) {
      const citations = new Proxy([n], {
        get(target, key) {
          if (key === '0') reads += 1;
          return Reflect.get(target, key) as unknown;
        },
      });
      merging.add(
        new AIMessageChunk({ id: 'm', content: [{ index: 1, type: 'text', citations }] }),
      );
    }
    expect(reads).toBe(999);
    const [block] = merging.merged.content as unknown as readonly { citations: unknown[] }[];
    expect(block!.citations).toHaveLength(1000);
  });
});
