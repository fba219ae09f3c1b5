import { isContent, textOf } from '../../lib/messages/content.js';

describe('the plain text of content', () => {
  it('is the string that it is', () => {
    expect(textOf('goldfish')).toBe('goldfish');
    expect(textOf('')).toBe('');
  });

  it('is that of the text blocks, one after the other', () => {
    expect(
      textOf([
        { type: 'thinking', thinking: 'hm', text: 'not this' },
        { type: 'text', text: 'gold' },
        { type: 'tool_use', name: 'f', input: {} },
        { type: 'text', text: 'fish', citations: [] },
      ]),
    ).toBe('goldfish');
  });

  it('is empty where there is none', () => {
    expect(textOf([])).toBe('');
    expect(textOf([{ type: 'text' }, { type: 'text', text: null }, { type: 'image' }])).toBe('');
  });
});

describe('what can be content', () => {
  it.each([[''], ['Hi'], [[]], [[{ type: 'text', text: 'Hi' }, { type: 'brand_new' }]]])(
    '%j',
    (value) => {
      expect(isContent(value)).toBe(true);
    },
  );

  it.each([[undefined], [null], [5], [{ type: 'text' }], [['Hi']], [[null]], [[[]]]])(
    'not %j',
    (value) => {
      expect(isContent(value)).toBe(false);
    },
  );
});
