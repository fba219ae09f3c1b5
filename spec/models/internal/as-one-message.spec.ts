import fc from 'fast-check';
import { concat, lastValueFrom, of, Subject, take, throwError, toArray } from 'rxjs';
import { AIMessageChunk, foldMessages, ModelError, runTools, tool, toChatState } from 'rxlm';
import { type OpenRun } from 'rxlm/provider';
import { type AIMessageChunkFields } from '../../../lib/messages/ai-message-chunk.js';
import { asOneMessage } from '../../../lib/models/internal/as-one-message.js';
import { marbles } from '../../support/marbles.js';
import { FakeStream } from '../../support/models.js';
import { record, watch } from '../../support/run-events.js';

const open = (): OpenRun => ({ runId: 'r', whole: undefined }) as unknown as OpenRun;
const text = (content: string) => new AIMessageChunk(content);

describe('asOneMessage', () => {
  it('[14] gives all chunks the id of the run, and leaves the author’s objects alone', () => {
    const chunks = [text('gold'), text('fish')];
    const { values } = watch(of(...chunks).pipe(asOneMessage(open())));
    expect(values.map(({ id, content }) => [id, content])).toEqual([
      ['run-r', 'gold'],
      ['run-r', 'fish'],
    ]);
    expect(chunks.map(({ id }) => id)).toEqual([undefined, undefined]);
  });

  it('[14] keeps all else of a chunk', () => {
    const fields: Required<Omit<AIMessageChunkFields, 'id'>> = {
      content: [{ type: 'text', text: 'a', index: 0 }],
      name: 'n',
      additional_kwargs: { a: 1 },
      response_metadata: { id: 'msg_1' },
      tool_calls: [{ type: 'tool_call', id: 'c', name: 't', args: {} }],
      invalid_tool_calls: [{ type: 'invalid_tool_call', id: 'd', args: '{', error: 'e' }],
      usage_metadata: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
      tool_call_chunks: [{ index: 0, args: '{' }],
      finish_reason: 'stop',
    };
    const { values } = watch(of(new AIMessageChunk(fields)).pipe(asOneMessage(open())));
    expect(values[0]).toEqual(new AIMessageChunk({ ...fields, id: 'run-r' }));
  });

  it('[14] leaves a chunk that has an id as it is', () => {
    const chunk = new AIMessageChunk({ content: 'a', id: 'other' });
    expect(watch(of(chunk).pipe(asOneMessage(open()))).values[0]).toBe(chunk);
  });

  it('says at any time where the message so far is', () => {
    const run = open();
    const chunks$ = new Subject<AIMessageChunk>();
    watch(chunks$.pipe(asOneMessage(run)));
    chunks$.next(text('gold'));
    expect(run.whole?.()).toMatchObject({ content: 'gold', id: 'run-r' });
    chunks$.next(text('fish'));
    expect(run.whole?.()).toMatchObject({ content: 'goldfish' });
  });

  it('[4] gives a ModelError the message so far, and any other error as it is', () => {
    const error = new ModelError('cut', { code: 'truncated', provider: 'p' });
    const run = watch(
      concat(
        of(text('gold')),
        throwError(() => error),
      ).pipe(asOneMessage(open())),
    );
    expect(run.ended).toEqual({ error });
    expect(error).toMatchObject({ emitted: true, partial: { content: 'gold', id: 'run-r' } });
    const other = new Error('broken');
    expect(watch(throwError(() => other).pipe(asOneMessage(open()))).ended).toEqual({
      error: other,
    });
  });

  it('[4] says that nothing was emitted where nothing was', () => {
    const error = new ModelError('cut', { code: 'truncated', provider: 'p' });
    watch(throwError(() => error).pipe(asOneMessage(open())));
    expect([error.emitted, 'partial' in error]).toEqual([false, false]);
  });

  it('begins anew for each subscription', () => {
    const run = open();
    const named$ = of(text('a')).pipe(asOneMessage(run));
    watch(named$);
    watch(named$);
    expect(run.whole?.()).toMatchObject({ content: 'a' });
  });
});

describe('[34] calls that come in pieces alone', () => {
  type Pieces = NonNullable<AIMessageChunkFields['tool_call_chunks']>;
  const pieces = (...tool_call_chunks: Pieces) =>
    new AIMessageChunk({ content: '', tool_call_chunks });
  const begin = pieces({ index: 0, id: 'a', name: 'add', args: '' });
  const grow = pieces({ index: 0, args: '{"x":1}' });
  const call = { type: 'tool_call', id: 'a', name: 'add', args: { x: 1 } };
  const whole = (...chunks: readonly (AIMessageChunk | string)[]) =>
    new FakeStream(() => chunks).invoke('go');

  it('are said in one more chunk when the source completes', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-b-g--|', { b: begin, g: grow });
      const [b, g] = [begin, grow].map((chunk) => new AIMessageChunk({ ...chunk, id: 'run-r' }));
      const last = new AIMessageChunk({
        id: 'run-r',
        content: '',
        tool_calls: [call as never],
        finish_reason: 'tool_call',
      });
      expectObservable(source.pipe(asOneMessage(open()))).toBe('-b-g--(l|)', { b, g, l: last });
      expectSubscriptions(source.subscriptions).toBe('^-----!');
    });
  });

  it('are not when it fails or is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const failing = cold('-b-g--#', { b: begin, g: grow });
      const [b, g] = [begin, grow].map((chunk) => new AIMessageChunk({ ...chunk, id: 'run-r' }));
      expectObservable(failing.pipe(asOneMessage(open()))).toBe('-b-g--#', { b, g });
      expectSubscriptions(failing.subscriptions).toBe('^-----!');
      const left = cold('-b-g--|', { b: begin, g: grow });
      expectObservable(left.pipe(asOneMessage(open())), '^----!').toBe('-b-g--', { b, g });
      expectSubscriptions(left.subscriptions).toBe('^----!');
    });
    expect(watch(of(begin, grow).pipe(asOneMessage(open()), take(2))).values).toHaveLength(2);
  });

  it('are invalid in what an error carries', () => {
    const error = new ModelError('cut', { code: 'truncated', provider: 'p' });
    watch(
      concat(
        of(begin, grow),
        throwError(() => error),
      ).pipe(asOneMessage(open())),
    );
    expect(error.partial).toMatchObject({
      tool_calls: [],
      invalid_tool_calls: [{ id: 'a', args: '{"x":1}' }],
    });
  });

  it.each(['length', 'content_filter', 'error'] as const)(
    'stay unfinished in a message that ended with %s',
    async (finish_reason) => {
      const message = await whole(begin, grow, new AIMessageChunk({ content: '', finish_reason }));
      expect(message).toMatchObject({
        finish_reason,
        tool_calls: [],
        invalid_tool_calls: [{ error: 'The call was not finished.' }],
      });
    },
  );

  it('leave the reason for which the message ended as it was given', async () => {
    const stop = new AIMessageChunk({ content: '', finish_reason: 'stop' });
    expect(await whole(begin, grow, stop)).toMatchObject({
      finish_reason: 'stop',
      tool_calls: [call],
      invalid_tool_calls: [],
    });
  });

  it('are invalid where their arguments are no JSON object, or nobody has named them', async () => {
    const message = await whole(
      pieces(
        { index: 0, id: 'a', name: 'add', args: '{"x":' },
        { index: 1, id: 'b', name: 'add', args: '[1]' },
        { index: 2, id: 'c', args: '{}' },
        { index: 3, id: 'd', name: 'none', args: '' },
      ),
    );
    expect(message.tool_calls).toEqual([{ type: 'tool_call', id: 'd', name: 'none', args: {} }]);
    expect(message.invalid_tool_calls.map(({ id, error }) => [id, error])).toEqual([
      ['a', 'The arguments are no valid JSON.'],
      ['b', 'The arguments are no JSON object.'],
      ['c', 'The call has no name.'],
    ]);
    expect(message.finish_reason).toBe('tool_call');
  });

  it('are said once where the source says some of them itself', () => {
    const said = new AIMessageChunk({ content: '', tool_calls: [call as never] });
    const one = watch(of(begin, grow, said).pipe(asOneMessage(open())));
    expect(one.values).toHaveLength(3);
    const other = pieces({ index: 1, id: 'b', name: 'add', args: '{}' });
    const two = watch(of(begin, grow, other, said).pipe(asOneMessage(open())));
    expect(two.values.at(-1)?.tool_calls.map(({ id }) => id)).toEqual(['b']);
  });

  it('get the numbers that they lack in the stream, each message its own', () => {
    const unnumbered = [
      pieces({ id: 'a', name: 'add', args: '{' }, { id: 'b', name: 'add', args: '{' }),
      pieces({ id: 'a', args: '}' }),
      pieces({ id: 'b', args: '}' }),
    ];
    const again = new AIMessageChunk({ ...pieces({ id: 'c', name: 'add', args: '{}' }), id: 'n' });
    const { values } = watch(of(...unnumbered, again).pipe(asOneMessage(open())));
    const indexes = values.map((chunk) => chunk.tool_call_chunks.map(({ index }) => index));
    expect(indexes).toEqual([[0, 1], [0], [1], [0], []]);
    expect(values.at(-1)).toMatchObject({ id: 'n', tool_calls: [{ id: 'c' }] });
    expect(unnumbered[0]?.tool_call_chunks[0]).not.toHaveProperty('index');
  });

  it('are run by an agent, and shown by a view of it', async () => {
    const add = tool({
      name: 'add',
      description: 'Adds.',
      schema: { type: 'object' },
      func: ({ x }: { x?: number }) => (x ?? 0) + 1,
    } as never);
    const model = new FakeStream((messages) =>
      messages.at(-1)?.type === 'tool' ? ['It is ', messages.at(-1)!.text] : [begin, grow],
    );
    const agent = runTools(model, [add as never]);
    expect((await agent.invoke('1 + 1')).output.text).toBe('It is 2');
    const chat = await lastValueFrom(agent.stream$('1 + 1').pipe(toChatState()));
    expect(chat.toolCalls).toMatchObject([
      { id: 'a', name: 'add', status: 'done', args: { x: 1 }, result: { content: '2' } },
    ]);
  });

  const calls = fc.array(
    fc.record({
      name: fc.constantFrom('add', 'find'),
      args: fc.oneof(
        fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }).map((it) => JSON.stringify(it)),
        fc.string(),
      ),
      sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 4 },
  );

  /** The pieces of each call in order, those of different calls in any. */
  const interleaved = fc
    .tuple(calls, fc.boolean(), fc.infiniteStream(fc.nat()))
    .map(([all, numbered, draws]) => {
      const left = all.map(({ name, args, sizes }, index) => {
        const id = `call_${index}`;
        const place = numbered ? { index } : { id };
        const parts: Pieces[number][] = [{ ...place, id, name, args: '' }];
        for (let from = 0, n = 0; from < args.length; n += 1) {
          const size = sizes[n % sizes.length]!;
          parts.push({ ...place, args: args.slice(from, from + size) });
          from += size;
        }
        return parts;
      });
      const chunks: AIMessageChunk[] = [new AIMessageChunk('so ')];
      for (let open = left; open.length > 0; open = open.filter((parts) => parts.length > 0)) {
        const { value } = draws.next() as { value: number };
        chunks.push(pieces(open[value % open.length]!.shift()!));
      }
      return { all, chunks };
    });

  it('give the calls that were cut, however their pieces alternate, in every view', async () => {
    await fc.assert(
      fc.asyncProperty(interleaved, async ({ all, chunks }) => {
        const model = new FakeStream(() => chunks);
        const { events, listener } = record();
        const streamed = await lastValueFrom(
          model.stream$('go', { runId: 'r', listeners: [listener] }).pipe(toArray()),
        );
        const folded = await lastValueFrom(of(...streamed).pipe(foldMessages()));
        const invoked = await model.invoke('go', { runId: 'r' });
        expect(folded).toStrictEqual(invoked);
        expect(events.at(-1)?.data).toStrictEqual({ output: invoked });
        const valid = (text: string) => {
          try {
            const value: unknown = JSON.parse(text === '' ? '{}' : text);
            return typeof value === 'object' && value !== null && !Array.isArray(value);
          } catch {
            return false;
          }
        };
        const inOrder = (recorded: [string | undefined, string][]) => recorded.sort();
        expect(
          inOrder(invoked.tool_calls.map(({ id, args }) => [id, JSON.stringify(args)])),
        ).toEqual(
          all.flatMap(({ args }, index) =>
            valid(args) ? [[`call_${index}`, JSON.stringify(JSON.parse(args || '{}'))]] : [],
          ),
        );
        expect(inOrder(invoked.invalid_tool_calls.map(({ id, args }) => [id, args]))).toEqual(
          all.flatMap(({ args }, index) => (valid(args) ? [] : [[`call_${index}`, args]])),
        );
        expect(invoked.finish_reason).toBe(all.length === 0 ? undefined : 'tool_call');
      }),
      { numRuns: 200 },
    );
  });

  it('cost in proportion to their pieces', async () => {
    const many = Array.from({ length: 50_000 }, (_, n) =>
      pieces({
        id: `call_${n % 1000}`,
        ...(n < 1000 ? { name: 'add' } : {}),
        args: n < 49_000 ? ' ' : '{}',
      }),
    );
    const message = await whole(...many);
    expect(message.tool_calls).toHaveLength(1000);
  });
});
