import { runInNewContext } from 'node:vm';
import { of } from 'rxjs';
import { AIMessage, AIMessageChunk, HumanMessage } from 'rxlm';
import { checkAnswer, isAIMessage, isError } from '../../../lib/testing/fake/fake-answer.js';

describe('an answer', () => {
  it.each([
    ['a text', 'gold'],
    ['an empty text', ''],
    ['a tool call', { name: 'weather', args: {} }],
    ['a message', new AIMessage('gold')],
    ['a chunk', new AIMessageChunk('gold')],
    [
      'a message of another copy of the package',
      JSON.parse(JSON.stringify(new AIMessageChunk('gold'))),
    ],
    ['an error', new TypeError('broken')],
    ['an error of another realm', runInNewContext('new Error("broken")')],
    ['several', ['gold', { name: 'f', args: {} }, new Error('broken')]],
    ['none', []],
    ['an Observable', of('gold')],
    ['a function', () => 'gold'],
  ])('may be %s', (_title, answer) => {
    expect(() => {
      checkAnswer(answer, 'answers[0]');
    }).not.toThrow();
  });

  it.each([
    ['nothing', undefined, 'got undefined'],
    ['null', null, 'got null'],
    ['a number', 5, 'got 5'],
    ['another message', new HumanMessage('secret'), 'got a HumanMessage'],
    ['half a call', { name: 'secret' }, 'got an object'],
    ['arrays of arrays', [['secret']], 'got an array of 1'],
  ])('cannot be %s', (_title, answer, got) => {
    expect(() => {
      checkAnswer(answer, 'answers[3]');
    }).toThrow(
      new TypeError(
        `answers[3] must be text, a tool call, a finish_reason, a message, an error, several of these, an Observable of them or a function, ${got}`,
      ),
    );
  });
});

it('an error is reported from a tool call and a message by what it has', () => {
  expect(isError(new DOMException('gone', 'AbortError'))).toBe(true);
  expect(isError({ name: 'weather', args: {} })).toBe(false);
  expect(isError(new AIMessage({ content: '', name: 'Ada' }))).toBe(false);
  expect(isError('broken')).toBe(false);
  expect(isAIMessage(new AIMessage('gold'))).toBe(true);
  expect(isAIMessage(new HumanMessage('gold'))).toBe(false);
});
