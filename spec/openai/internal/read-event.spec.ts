import { hasError, isBareError, isDone, readEvent } from '../../../lib/openai/internal/read-event';
import { decoderContext } from '../../support/decode-stream';

const read = (name: string, data: string) => readEvent(name, data, decoderContext());

describe('readEvent', () => {
  it('returns the object of an event', () => {
    expect(read('', '{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    ['', ''],
    ['', '  '],
    ['', 'null'],
    ['ping', 'now'],
  ])('returns undefined for an event without content: %j %j', (name, data) => {
    expect(read(name, data)).toBeUndefined();
  });

  it.each([
    ['error', 'no goldfish ', '{"error":"no goldfish"}'],
    ['error', '{"message":"no"}', '{"message":"no"}'],
    ['', '[{"error":{"code":503}}]', '{"error":{"code":503}}'],
  ])('throws what the server reports: %j %s', (name, data, reported) => {
    expect(() => read(name, data)).toThrow(reported);
  });

  it.each(['{', '[]', '[1]', '7', '[{"error":""}]'])('throws bad_stream for %s', (data) => {
    expect(() => read('', data)).toThrow(expect.objectContaining({ code: 'bad_stream' }));
  });
});

it.each([
  ['[DONE]', true],
  ['[DONE] \t', true],
  [' [DONE]', false],
  ['[DONE]{}', false],
])('isDone: %j is %s', (data, expected) => {
  expect(isDone(data)).toBe(expected);
});

it.each([
  [{ error: {} }, true],
  [{ error: 'no' }, true],
  [{ error: '' }, false],
  [{ error: null }, false],
  [{}, false],
])('hasError: %j is %s', (part, expected) => {
  expect(hasError(part)).toBe(expected);
});

it.each([
  [{ object: 'error' }, true],
  [{ type: 'error' }, true],
  [{ message: 'no' }, true],
  [{ detail: [{ msg: 'no' }] }, true],
  [{ errors: ['no'] }, true],
  [{ message: '' }, false],
  [{ type: 'notice', message: 'no' }, false],
  [{ object: 'chat.completion.chunk', message: 'no' }, false],
  [{}, false],
])('isBareError: %j is %s', (event, expected) => {
  expect(isBareError(event)).toBe(expected);
});
