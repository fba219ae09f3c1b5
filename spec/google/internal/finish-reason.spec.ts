import { finishReasonOf, isFailure } from '../../../lib/google/internal/finish-reason';

describe('finishReasonOf', () => {
  it.each([
    ['STOP', false, 'stop'],
    ['STOP', true, 'tool_call'],
    ['MAX_TOKENS', true, 'length'],
    ['SAFETY', false, 'content_filter'],
    ['RECITATION', false, 'content_filter'],
    ['IMAGE_SAFETY', false, 'content_filter'],
    ['OTHER', false, 'error'],
    ['FUNCTION_CALL', true, 'tool_call'],
    ['A_NEW_WORD', false, undefined],
    ['constructor', false, undefined],
  ])('%s, with calls %s, is %s', (word, calls, neutral) => {
    expect(finishReasonOf(word, calls)).toBe(neutral);
  });
});

it.each([
  ['MALFORMED_FUNCTION_CALL', true],
  ['UNEXPECTED_TOOL_CALL', true],
  ['STOP', false],
  ['SAFETY', false],
  ['A_NEW_WORD', false],
])('%s: a failure? %s', (word, expected) => {
  expect(isFailure(word)).toBe(expected);
});
