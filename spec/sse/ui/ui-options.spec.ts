import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { checkUIOptions } from '../../../lib/sse/ui/ui-options.js';

describe('checkUIOptions', () => {
  it('gives a tool’s text as what it is, an object where it was one', () => {
    const { toolOutput } = checkUIOptions({});
    const outputOf = (content: string | { type: string }[]) =>
      toolOutput(new ToolMessage({ content, tool_call_id: 'a' }));
    expect(outputOf('{"n":1}')).toEqual({ n: 1 });
    expect(outputOf('[1]')).toEqual([1]);
    expect(outputOf('[see above]')).toBe('[see above]');
    expect(outputOf('21')).toBe('21');
    expect(outputOf([{ type: 'text' }])).toEqual([{ type: 'text' }]);
  });

  it('leaves as text what the AI SDK would refuse to read', () => {
    const { toolOutput } = checkUIOptions({});
    const content = '{"__proto__":1}';
    expect(toolOutput(new ToolMessage({ content, tool_call_id: 't' }))).toBe(content);
  });

  it('has a text for each error, whatever makes it', () => {
    for (const errorText of [() => undefined as never, () => JSON.parse('') as never])
      expect(checkUIOptions({ errorText }).errorText(new Error('x'))).toBe('Something went wrong.');
  });

  it('tells no custom event that was not asked for', () => {
    expect(checkUIOptions({}).customEvents('progress')).toBe(false);
    expect(checkUIOptions({ customEvents: ['progress'] }).customEvents('progress')).toBe(true);
  });

  it.each([
    [{ messageId: 5 }, 'messageId must be'],
    [{ messageMetadata: {} }, 'messageMetadata must be'],
    [{ errorText: 'oops' }, 'errorText must be'],
    [{ toolOutput: 'x' }, 'toolOutput must be'],
    [{ customEvents: true }, 'customEvents must be'],
    [5, 'options must be'],
  ])('takes no %p', (options, message) => {
    expect(() => checkUIOptions(options as object)).toThrow(TypeError);
    expect(() => checkUIOptions(options as object)).toThrow(message);
  });
});
