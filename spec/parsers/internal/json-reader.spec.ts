import { AIMessageChunk, ParseError } from 'rxlm';
import { JsonReader } from '../../../lib/parsers/internal/json-reader.js';

const chunk = (content: string, id?: string) => new AIMessageChunk({ content, id });

function failure(act: () => unknown): ParseError {
  try {
    act();
  } catch (error) {
    if (ParseError.is(error)) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('JsonReader', () => {
  it('gives the value so far, and the whole at the end', () => {
    const json = new JsonReader('parser');
    expect(json.add('')).toBeUndefined();
    expect(json.add('{"a":"go')).toEqual({ a: 'go' });
    expect(json.add(chunk('ld","b":1'))).toEqual({ a: 'gold' });
    expect(json.add('}')).toEqual({ a: 'gold', b: 1 });
    expect(json.end()).toEqual({ a: 'gold', b: 1 });
  });

  it('begins anew with another message, and not with the first that is named', () => {
    const json = new JsonReader('parser');
    json.add('{"a"');
    expect(json.add(chunk(':"x"', '1'))).toEqual({ a: 'x' });
    expect(json.add(chunk(',"b":"y"', '1'))).toEqual({ a: 'x', b: 'y' });
    expect(json.add(chunk(',', undefined))).toEqual({ a: 'x', b: 'y' });
    expect(json.add(chunk('{"c":"z"', '2'))).toEqual({ c: 'z' });
    expect(failure(() => json.end()).text).toBe('{"c":"z"');
  });

  it('[21] fails with the answer in `text` and nowhere else, if that is no JSON', () => {
    const json = new JsonReader('parser');
    json.add('{"secret": ');
    json.add('nonsense}');
    const error = failure(() => json.end());
    expect(error).toMatchObject({ code: 'not_json', text: '{"secret": nonsense}' });
    expect(error.message).toMatch(/^parser: the answer is not JSON: .+, at position \d+\. /);
    expect(JSON.stringify(error) + String(error.stack)).not.toContain('secret');
  });

  it.each([
    ['{"a":', 'length', 'length'],
    ['{"a":1', 'length', 'length'],
    ['12', 'length', 'length'],
    ['', 'length', 'length'],
    ['{"a":1}', 'content_filter', 'content_filter'],
    ['I can', 'content_filter', 'content_filter'],
    ['Sure!', 'stop', 'not_json'],
    ['Sure!', 'error', 'not_json'],
  ] as const)('fails of %p that ended with %s with %s', (text, finish_reason, code) => {
    const json = new JsonReader('parser');
    json.add(chunk(text, '1'));
    json.add(new AIMessageChunk({ content: '', id: '1', finish_reason }));
    expect(failure(() => json.end())).toMatchObject({ code, text });
  });

  it('gives a whole value behind which the answer was cut off, and that of the attempt after one', () => {
    const json = new JsonReader('parser');
    json.add(new AIMessageChunk({ content: '{"a":', id: '1', finish_reason: 'content_filter' }));
    json.add(chunk('{"b":1}', '2'));
    expect(json.end()).toEqual({ b: 1 });
    json.add(new AIMessageChunk({ content: '', id: '2', finish_reason: 'length' }));
    expect(json.end()).toEqual({ b: 1 });
  });

  it('fails as soon as the answer is too deep', () => {
    const json = new JsonReader('parser');
    json.add('['.repeat(256));
    const error = failure(() => json.add('['));
    expect(error).toMatchObject({ code: 'too_large', text: '['.repeat(257) });
    expect(error.message).toMatch(/^parser: the answer is too large: .*256.*, at position 256\. /);
  });

  it('fails as soon as the answer is too long', () => {
    const json = new JsonReader('parser');
    const mebi = 'x'.repeat(2 ** 20);
    json.add('"');
    for (let i = 0; i < 3; i++) json.add(mebi);
    expect(failure(() => json.add(mebi)).code).toBe('too_large');
  });
});
