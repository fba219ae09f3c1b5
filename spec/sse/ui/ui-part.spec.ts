import { textIn } from '../../../lib/sse/ui/ui-part';

describe('textIn', () => {
  it('is the text of the field, and refuses what is none without showing it', () => {
    expect(textIn({ type: 'text', text: '' }, 'text')).toBe('');
    expect(() => textIn({ type: 'text', text: { secret: 1 } }, 'text')).toThrow(
      new TypeError('a part of type "text" needs a string as its text'),
    );
  });
});
