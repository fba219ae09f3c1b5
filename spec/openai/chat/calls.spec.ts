import fc from 'fast-check';
import { ChatCalls } from '../../../lib/openai/chat/calls';

const limits = {
  toolJson: 1000,
  toolJsonDepth: 10,
  fail: (_: string, message: string) => new Error(message) as never,
};
const assemble = (pieces: readonly object[]) => {
  const calls = new ChatCalls('run-01890000-0000-7000-8000-000000000001', limits);
  const chunks = pieces.flatMap((piece) => calls.add(piece as never) ?? []);
  return { calls: calls.settle(), chunks };
};

/** The pieces of some calls in one dialect, each call's in order. */
const dialects: Readonly<Record<string, (calls: readonly string[][]) => object[]>> = {
  'with indexes': (calls) =>
    calls.flatMap((args, index) => [
      { index, id: `id${String(index)}`, function: { name: 'w', arguments: '' } },
      ...args.map((piece) => ({ index, function: { arguments: piece } })),
    ]),
  'with ids only': (calls) =>
    calls.flatMap((args, index) => [
      { id: `id${String(index)}`, function: { name: 'w', arguments: '' } },
      ...args.map((piece) => ({ id: `id${String(index)}`, function: { arguments: piece } })),
    ]),
  'with an id on the head only, no index': (calls) =>
    calls.flatMap((args, index) => [
      { id: `id${String(index)}`, function: { name: 'w', arguments: '' } },
      ...args.map((piece) => ({ id: '', function: { name: '', arguments: piece } })),
    ]),
  'all at index 0': (calls) =>
    calls.flatMap((args, index) => [
      { index: 0, id: `id${String(index)}`, function: { name: 'w', arguments: '' } },
      ...args.map((piece) => ({ index: 0, id: 'null', function: { arguments: piece } })),
    ]),
};

describe('ChatCalls', () => {
  it.each(Object.entries(dialects))('assembles any calls of a dialect %s', (_, write) => {
    const json = fc
      .dictionary(fc.string(), fc.string(), { maxKeys: 3 })
      .map((args) => JSON.stringify(args));
    const cut = (text: string, size: number) =>
      text.match(new RegExp(`[^]{1,${String(size)}}`, 'g')) ?? [];
    fc.assert(
      fc.property(fc.array(json, { maxLength: 4 }), fc.integer({ min: 1, max: 9 }), (all, size) => {
        const { calls, chunks } = assemble(write(all.map((args) => cut(args, size))));
        expect(calls).toEqual(
          all.map((args, index) => ({
            type: 'tool_call',
            id: `id${String(index)}`,
            name: 'w',
            args: JSON.parse(args),
          })),
        );
        all.forEach((args, index) => {
          const pieces = chunks.filter((chunk) => chunk.index === index);
          expect(pieces.map((piece) => piece.args).join('')).toBe(args);
        });
      }),
    );
  });

  it('distinguishes interleaved pieces by index', () => {
    const { calls } = assemble([
      { index: 0, id: 'a', function: { name: 'w', arguments: '{"n"' } },
      { index: 1, id: 'b', function: { name: 'w', arguments: '{"n"' } },
      { index: 0, function: { arguments: ':1}' } },
      { index: 1, function: { arguments: ':2}' } },
    ]);
    expect(calls).toMatchObject([{ args: { n: 1 } }, { args: { n: 2 } }]);
  });

  it('says nothing of a piece without anything in it', () => {
    expect(assemble([{ function: { name: '', arguments: '' } }, {}])).toEqual({
      calls: [],
      chunks: [],
    });
  });

  it('names a call when its name comes after its id', () => {
    const { calls, chunks } = assemble([
      { index: 0, id: 'a' },
      { index: 0, function: { name: 'w' } },
      { index: 0, function: { name: 'w', arguments: '{}' } },
    ]);
    expect(calls).toEqual([{ type: 'tool_call', id: 'a', name: 'w', args: {} }]);
    expect(chunks.map(({ name }) => name).join('')).toBe('w');
  });

  it('takes a call that names no tool as invalid, and as no reason to run tools', () => {
    const calls = new ChatCalls('run-1', limits);
    calls.add({ index: 0, function: { arguments: '{"query":"goldfish"}' } });
    expect(calls.callsTool).toBe(false);
    expect(calls.settle()).toMatchObject([
      { type: 'invalid_tool_call', args: '{"query":"goldfish"}', error: 'The call names no tool.' },
    ]);
    calls.add({ index: 1, function: { name: 'w' } });
    expect(calls.callsTool).toBe(true);
  });
});
