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

  it('reports no custom event that was not asked for', () => {
    expect(checkUIOptions({}).customEvents('progress')).toBeUndefined();
    const { customEvents } = checkUIOptions({ customEvents: ['progress'] });
    expect(customEvents('progress')?.(5, undefined)).toEqual({ data: 5 });
    expect(customEvents('toString')).toBeUndefined();
    const byName = checkUIOptions({ customEvents: { a: (data) => ({ id: '1', data }) } });
    expect(byName.customEvents('a')?.(5, undefined)).toEqual({ id: '1', data: 5 });
    expect(byName.customEvents('toString')).toBeUndefined();
  });

  it.each([
    [{ messageId: 5 }, 'messageId must be'],
    [{ messageMetadata: {} }, 'messageMetadata must be'],
    [{ errorText: 'oops' }, 'errorText must be'],
    [{ toolOutput: 'x' }, 'toolOutput must be'],
    [{ customEvents: true }, 'customEvents must be'],
    [{ customEvents: { a: true } }, 'customEvents must be'],
    [{ toolProgress: 'x' }, 'toolProgress must be'],
    [5, 'options must be'],
  ])('takes no %p', (options, message) => {
    expect(() => checkUIOptions(options as object)).toThrow(TypeError);
    expect(() => checkUIOptions(options as object)).toThrow(message);
  });
});
