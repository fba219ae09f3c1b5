import { ToolMessage } from '../../lib/messages/tool-message.js';
import { checkUIOptions } from '../../lib/sse/ui-options.js';

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
