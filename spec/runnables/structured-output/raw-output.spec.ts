import { AIMessageChunk, ParseError } from 'rxlm';
import { RawAccumulator, type RawChunk } from '../../../lib/runnables/structured-output/raw-output';

const error = new ParseError('not JSON', { code: 'not_json', text: 'x' });
const fold = (...chunks: RawChunk<unknown>[]) => {
  const output = new RawAccumulator<unknown>();
  for (const chunk of chunks) output.add(chunk);
  return output.whole;
};
const raw = (text: string) => ({ raw: new AIMessageChunk(text) });

describe('RawAccumulator', () => {
  it('folds the message, and lets the last value stand', () => {
    const output = fold(raw('gold'), { parsed: 1 }, raw('fish'), { parsed: { a: 2 } });
    expect(output).toMatchObject({ raw: { content: 'goldfish' }, parsed: { a: 2 } });
    expect(Object.keys(output)).toEqual(['raw', 'parsed']);
  });

  it('has no value where the answer is none, and says why', () => {
    expect(fold(raw('x'), { parsed: 1 }, { parsing_error: error })).toMatchObject({
      raw: { content: 'x' },
      parsed: null,
      parsing_error: error,
    });
  });

  it('has no value where none came', () => {
    const output = fold();
    expect([output.raw.text, output.parsed]).toEqual(['', null]);
    expect(output).not.toHaveProperty('parsing_error');
  });
});
