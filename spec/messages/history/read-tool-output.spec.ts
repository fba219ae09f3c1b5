import {
  isCallToolResult,
  readCallToolResult,
  readToolOutput,
} from '../../../lib/messages/history/read-tool-output';

const text = { type: 'text', text: 'a' };

describe('readToolOutput', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['a string', 'a', 'a', false],
    ['nothing', undefined, '', false],
    ['blocks', [text], [text], false],
    ['rows of data', [{ a: 1 }], '[{"a":1}]', false],
    ['a number', 1, '1', false],
    ['text of the AI SDK', { type: 'text', value: 'a' }, 'a', false],
    ['its JSON', { type: 'json', value: { a: 1 } }, '{"a":1}', false],
    ['its error', { type: 'error-text', value: 'a' }, 'a', true],
    ['its error as JSON', { type: 'error-json', value: { a: 1 } }, '{"a":1}', true],
    ['its content', { type: 'content', value: [text] }, [text], false],
    ['a denial', { type: 'execution-denied', reason: 'No.' }, 'The call was denied. No.', true],
    ['a denial without a reason', { type: 'execution-denied' }, 'The call was denied.', true],
    ['a result of MCP', { content: [text] }, [text], false],
    ['an error of MCP', { content: [text], isError: true }, [text], true],
    ['structured content alone', { content: [], structuredContent: { a: 1 } }, '{"a":1}', false],
    [
      'an object of the user’s own',
      { content: [{ type: 'row' }] },
      '{"content":[{"type":"row"}]}',
      false,
    ],
    ['one with a type', { type: 'text' }, '{"type":"text"}', false],
  ])('reads %s', (_, output, content, isError) => {
    expect(readToolOutput(output)).toEqual({ content, isError });
  });

  it('knows a result of MCP by its blocks', () => {
    expect(isCallToolResult({ content: [text], isError: false })).toBe(true);
    expect(isCallToolResult({ content: [] })).toBe(false);
    expect(isCallToolResult({ content: 'a' })).toBe(false);
    expect(isCallToolResult(null)).toBe(false);
    expect(readCallToolResult({ content: [], isError: true })).toEqual({
      content: [],
      isError: true,
    });
  });
});
