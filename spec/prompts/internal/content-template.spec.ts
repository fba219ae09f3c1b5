import { compileContent } from '../../../lib/prompts/internal/content-template.js';

const values = (name: string | symbol) => `<${String(name)}>`;

describe('compileContent', () => {
  it('takes a text', () => {
    const { variables, format } = compileContent('{a} {{b}}');
    expect(variables).toEqual(['a']);
    expect(format(values)).toBe('<a> {b}');
  });

  it('takes every text of blocks, however deep, and keeps the rest', () => {
    const content = [
      { type: 'text', text: 'Look: {a}', cache_control: { type: 'ephemeral' } },
      { type: 'image_url', image_url: { url: 'https://{host}/{a}.png', detail: 2 } },
      { type: 'document', parts: ['{b}', null, true] },
    ];
    const before = structuredClone(content);
    const { variables, format } = compileContent(content);
    expect(variables).toEqual(['a', 'host', 'a', 'b']);
    expect(format(values)).toEqual([
      { type: 'text', text: 'Look: <a>', cache_control: { type: 'ephemeral' } },
      { type: 'image_url', image_url: { url: 'https://<host>/<a>.png', detail: 2 } },
      { type: 'document', parts: ['<b>', null, true] },
    ]);
    expect(content).toEqual(before);
  });

  it('[17] keeps __proto__ as a key like any other', () => {
    const block = JSON.parse('{"type":"x","__proto__":{"y":"{a}"}}') as { type: string };
    const [formatted] = compileContent([block]).format(values) as [object];
    expect(Object.entries(formatted)).toEqual([
      ['type', 'x'],
      ['__proto__', { y: '<a>' }],
    ]);
    expect(Object.getPrototypeOf(formatted)).toBe(Object.prototype);
  });

  it('names the place of a brace that belongs to no variable, and the rule', () => {
    const call = { type: 'tool_use', id: 'a', name: 'run', input: { code: ['f() {', 'x'] } };
    expect(() => compileContent([{ type: 'text', text: 'Hi' }, call])).toThrow(
      new TypeError(
        'template in content[1].input.code[0]: { at position 4 belongs to no variable. A variable is a name in braces, a brace as text is written {{',
      ),
    );
    expect(() => compileContent('{')).toThrow(/^template: \{ at position 0/);
  });
});
