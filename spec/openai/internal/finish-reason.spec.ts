import { finishReasonOf, isFailure } from '../../../lib/openai/internal/finish-reason';

const none = { calls: false, refused: false };

describe('finishReasonOf', () => {
  it.each([
    ['stop', none, 'stop'],
    [undefined, none, 'stop'],
    ['length', none, 'length'],
    ['max_output_tokens', none, 'length'],
    ['content_filter', none, 'content_filter'],
    ['tool_calls', none, 'tool_call'],
    ['stop', { ...none, calls: true }, 'tool_call'],
    [undefined, { ...none, calls: true }, 'tool_call'],
    ['length', { ...none, calls: true }, 'length'],
    ['stop', { ...none, refused: true }, 'content_filter'],
    ['a new word', none, undefined],
    ['constructor', none, undefined],
  ])('%s with %o is %s', (word, message, neutral) => {
    expect(finishReasonOf(word, message)).toBe(neutral);
  });

  it.each([
    ['error', true],
    ['overloaded_error', true],
    ['stop', false],
    ['errors', false],
  ])('%s: a failure? %s', (word, expected) => {
    expect(isFailure(word)).toBe(expected);
  });
});
