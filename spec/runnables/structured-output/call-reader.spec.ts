import fc from 'fast-check';
import { AIMessageChunk, ParseError } from 'rxlm';
import { type AIMessageChunkFields } from '../../../lib/messages/ai-message-chunk.js';
import { CallReader } from '../../../lib/runnables/structured-output/call-reader';

const chunk = (fields: Partial<AIMessageChunkFields>) =>
  new AIMessageChunk({ id: '1', content: '', ...fields });
const piece = (args: string, index = 0, name?: string, id = '1') =>
  chunk({ id, tool_call_chunks: [{ index, args, ...(name === undefined ? {} : { name }) }] });
const settled = (args: object, name = 'extract') =>
  chunk({
    tool_calls: [{ type: 'tool_call', id: 'x', name, args: args as Record<string, unknown> }],
  });
const invalid = (args: string) =>
  chunk({
    invalid_tool_calls: [{ type: 'invalid_tool_call', name: 'extract', args, error: 'No object.' }],
  });
const read = (...chunks: AIMessageChunk[]) => {
  const reader = new CallReader('parser', 'extract');
  return { reader, values: chunks.map((each) => reader.add(each)) };
};
const errorOf = (...chunks: AIMessageChunk[]): ParseError => {
  const { reader } = read(...chunks);
  try {
    reader.end();
  } catch (error) {
    if (ParseError.is(error)) return error;
  }
  throw new Error('it has not failed with a ParseError');
};

describe('CallReader', () => {
  it('gives the arguments while they grow, and whole at the end', () => {
    const { reader, values } = read(
      piece('', 0, 'extract'),
      piece('{"title":"Gold'),
      piece('fish"'),
      piece('}'),
      settled({ title: 'Goldfish' }),
    );
    expect(values).toEqual([
      undefined,
      { title: 'Gold' },
      { title: 'Goldfish' },
      { title: 'Goldfish' },
      { title: 'Goldfish' },
    ]);
    expect(values[4]).toBe(values[2]);
    expect(reader.end()).toBe(values[4]);
  });

  it('passes over the text and the other calls of the message', () => {
    const { reader } = read(
      chunk({ content: 'I call.' }),
      piece('{"other":', 0, 'search'),
      piece('{"a":', 1, 'extract'),
      piece('1}', 0),
      piece('2}', 1),
      settled({ other: 1 }, 'search'),
      settled({ a: 2 }),
    );
    expect(reader.end()).toEqual({ a: 2 });
  });

  it('takes the first of several calls', () => {
    const { reader } = read(
      piece('{"a":1}', 0, 'extract'),
      settled({ a: 1 }),
      piece('{"a":2}', 1, 'extract'),
      settled({ a: 2 }),
    );
    expect(reader.end()).toEqual({ a: 1 });
  });

  it('takes the call of a model that does not stream, and one without arguments', () => {
    expect(read(settled({ a: [1, { b: null }] })).reader.end()).toEqual({ a: [1, { b: null }] });
    expect(read(piece('', 0, 'extract'), settled({})).reader.end()).toEqual({});
  });

  it('begins anew with another message', () => {
    const { reader, values } = read(
      piece('{"title":"Sil', 0, 'extract', '1'),
      piece('{"title":"Gold"}', 0, 'extract', '2'),
      new AIMessageChunk({ ...settled({ title: 'Gold' }), id: '2' }),
    );
    expect(values[1]).toEqual({ title: 'Gold' });
    expect(reader.end()).toEqual({ title: 'Gold' });
  });

  it('[17] keeps __proto__ as an own key', () => {
    const json = '{"__proto__":{"a":1}}';
    const { reader } = read(piece(json, 0, 'extract'), settled(JSON.parse(json) as object));
    const value = reader.end() as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('[16] fails with what there is of a call that was never finished', () => {
    const error = errorOf(
      piece('{"a":1}', 0, 'extract'),
      chunk({ content: '', finish_reason: 'length' }),
    );
    expect(error).toMatchObject({ code: 'length', text: '{"a":1}' });
    expect(error.message).toBe(
      "parser: the answer is not whole (length): it was cut off at a limit: raise maxTokens, or ask for less. The error's text has what there is",
    );
  });

  it('says why an answer without the call ended', () => {
    expect(errorOf(chunk({ content: 'No.', finish_reason: 'stop' })).message).toBe(
      'parser: the model did not call "extract" to the end: it ended with "stop". The error\'s text has the answer',
    );
  });

  it('gives a whole call behind which the message was cut off, and none of a refused message', () => {
    const whole = [piece('{"a":1}', 0, 'extract'), settled({ a: 1 })];
    const ended = (finish_reason: 'length' | 'content_filter') =>
      chunk({ content: '', finish_reason });
    expect(read(...whole, ended('length')).reader.end()).toEqual({ a: 1 });
    expect(errorOf(...whole, ended('content_filter')).code).toBe('content_filter');
  });

  it('fails with the text of an answer without the call', () => {
    const error = errorOf(chunk({ content: 'I would ' }), chunk({ content: 'rather not.' }));
    expect(error).toMatchObject({ code: 'not_json', text: 'I would rather not.' });
    expect(error.message).toBe(
      'parser: the model did not call "extract" to the end. The error\'s text has the answer',
    );
  });

  it.each([
    ['{"a":1', 'the text ended before'],
    ['{"a":1,}', 'expected a key in double quotes'],
    ['[1]', 'No object.'],
  ])('fails with arguments like %s', (args, reason) => {
    const error = errorOf(piece(args, 0, 'extract'), invalid(args));
    expect(error).toMatchObject({ code: 'not_json', text: args });
    expect(error.message).toContain(reason);
    expect(errorOf(invalid(args)).text).toBe(args);
  });

  it('fails with arguments that are too deep to be read', () => {
    const args = '[{"a":'.repeat(200);
    expect(errorOf(piece(args, 0, 'extract'), invalid(args)).code).toBe('too_large');
  });

  it('gives the same for the arguments in any pieces', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.nat()), (args, cuts) => {
        const json = JSON.stringify(args);
        const ends = [...cuts.map((cut) => cut % (json.length + 1)), json.length].sort(
          (a, b) => a - b,
        );
        const pieces = ends.map((end, n) => piece(json.slice(ends[n - 1] ?? 0, end)));
        const whole = JSON.parse(json) as object;
        const { reader } = read(piece('', 0, 'extract'), ...pieces, settled(whole));
        expect(reader.end()).toEqual(whole);
      }),
    );
  });
});
