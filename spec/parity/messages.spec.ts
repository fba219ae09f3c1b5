import {
  AIMessageChunk as LangChainChunk,
  type AIMessageChunkFields,
} from '@langchain/core/messages';
import { AIMessageChunk, foldMessages } from 'rxlm';
import { from, lastValueFrom } from 'rxjs';
import { plainData } from '../support/langchain';

type Fields = ConstructorParameters<typeof AIMessageChunk>[0];

/** What the chunks make of each field, in ours and in LangChain's way. */
async function merged(pieces: readonly (string | object)[]) {
  const ours = await lastValueFrom(
    from(pieces.map((piece) => new AIMessageChunk(piece as Fields))).pipe(foldMessages()),
  );
  const [first, ...rest] = pieces.map(
    (piece) => new LangChainChunk(piece as string | AIMessageChunkFields),
  );
  const theirs = rest.reduce((whole, chunk) => whole.concat(chunk), first!);
  return { ours, theirs };
}
const text = (index: number, more: string) => ({ content: [{ index, type: 'text', text: more }] });
const call = (index: number, args: string, id?: string, name?: string) => ({
  content: '',
  tool_call_chunks: [{ type: 'tool_call_chunk' as const, index, args, id, name }],
});

/** Blocks without their index, which a whole message has no use for. */
const blocks = (content: unknown) =>
  typeof content === 'string'
    ? content
    : (content as object[]).map((block) =>
        Object.fromEntries(Object.entries(block).filter(([key]) => key !== 'index')),
      );

describe('(group 16) chunks that make a message, as in LangChain.js', () => {
  it.each<[string, (string | object)[]]>([
    ['text', ['gold', 'fish', '', '!']],
    ['one chunk alone', ['goldfish']],
    ['nothing', ['', '']],
    ['text in blocks, by index', [text(0, 'gold'), text(0, 'fish'), text(1, 'moon')]],
    ['text in blocks that alternate', [text(0, 'a'), text(1, 'x'), text(0, 'b'), text(1, 'y')]],
    [
      'thinking and its signature, before text',
      [
        { content: [{ index: 0, type: 'thinking', thinking: 'Let ' }] },
        { content: [{ index: 0, type: 'thinking', thinking: 'me see' }] },
        { content: [{ index: 0, type: 'thinking', signature: 'EqQB+/=' }] },
        text(1, 'It is'),
        text(1, ' 7.'),
      ],
    ],
    [
      'citations',
      [
        text(0, 'gold'),
        { content: [{ index: 0, type: 'text', citations: [{ url: 'a' }] }] },
        { content: [{ index: 0, type: 'text', citations: [{ url: 'b' }] }] },
      ],
    ],
    [
      'an image beside text',
      [text(0, 'see '), { content: [{ index: 1, type: 'image', data: 'x' }] }],
    ],
  ])('%s', async (_, pieces) => {
    const { ours, theirs } = await merged(pieces);
    expect(blocks(ours.content)).toEqual(blocks(theirs.content));
    expect(ours.text).toBe(theirs.text);
  });

  it.each<[string, object[]]>([
    [
      'metadata of different keys',
      [
        { content: 'a', response_metadata: { model: 'm' } },
        { content: 'b', response_metadata: { stop: 'end' } },
      ],
    ],
    [
      'arguments of different keys',
      [
        { content: 'a', additional_kwargs: { a: 1 } },
        { content: '', additional_kwargs: { b: null } },
      ],
    ],
    ['the first id', [{ content: 'a', id: 'm1' }, { content: 'b' }]],
    [
      'usage that is told once',
      [
        { content: 'a' },
        { content: '', usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 } },
      ],
    ],
  ])('%s', async (_, pieces) => {
    const { ours, theirs } = await merged(pieces);
    const said = ({
      id,
      name,
      additional_kwargs,
      response_metadata,
      usage_metadata,
    }: typeof ours | typeof theirs) =>
      plainData({ id, name, additional_kwargs, response_metadata, usage_metadata });
    expect(said(ours)).toEqual(said(theirs));
  });

  it('usage that is reported twice is the later, where LangChain adds both', async () => {
    const usage = (output_tokens: number) => ({
      content: '',
      usage_metadata: { input_tokens: 21, output_tokens, total_tokens: 21 + output_tokens },
    });
    const { ours, theirs } = await merged([usage(2), usage(73)]);
    expect(ours.usage_metadata).toEqual({ input_tokens: 21, output_tokens: 73, total_tokens: 94 });
    expect(theirs.usage_metadata).toMatchObject({ input_tokens: 42, output_tokens: 75 });
  });

  it('a chunk of another id is another message, where LangChain goes on', async () => {
    const { ours, theirs } = await merged([
      { content: 'gold', id: 'a' },
      { content: 'fish', id: 'b' },
    ]);
    expect([ours.text, theirs.text]).toEqual(['fish', 'goldfish']);
  });

  describe('with calls', () => {
    const done = (...calls: object[]) => ({ content: '', tool_calls: calls });
    const whole = (id: string, name: string, args: object) => ({
      type: 'tool_call',
      id,
      name,
      args,
    });

    it.each<[string, object[], object]>([
      [
        'one, in pieces',
        [call(0, '', 'c1', 'add'), call(0, '{"a":'), call(0, '1}')],
        done(whole('c1', 'add', { a: 1 })),
      ],
      [
        'two that alternate',
        [
          call(0, '{"a":', 'c1', 'add'),
          call(1, '{"b":', 'c2', 'sub'),
          call(0, '1}'),
          call(1, '2}'),
        ],
        done(whole('c1', 'add', { a: 1 }), whole('c2', 'sub', { b: 2 })),
      ],
      [
        'none of one name twice',
        [call(0, '{}', 'c1', 'add'), call(1, '{}', 'c2', 'add')],
        done(whole('c1', 'add', {}), whole('c2', 'add', {})),
      ],
    ])('%s', async (_, pieces, end) => {
      // A call is one when the provider has said so; LangChain takes any for one, from the first piece on.
      const { ours } = await merged([...pieces, end]);
      const { theirs } = await merged(pieces);
      expect(ours.tool_calls).toEqual(theirs.tool_calls);
      expect(ours.invalid_tool_calls).toEqual([]);
    });

    it('that break off are none, where LangChain repairs them', async () => {
      const { ours, theirs } = await merged([call(0, '{"path":"/tm', 'c1', 'delete_file')]);
      expect(ours.tool_calls).toEqual([]);
      expect(theirs.tool_calls).toMatchObject([{ args: { path: '/tm' } }]);
    });
  });
});
