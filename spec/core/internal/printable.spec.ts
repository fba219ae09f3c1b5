import * as fc from 'fast-check';
import { oneLine, printable } from '../../../lib/core/internal/printable';

describe('printable', () => {
  it.each([
    ['ESC', '\x1b[2Jgold', '\\u001b[2Jgold'],
    ['an operating system command', '\x1b]0;title\x07', '\\u001b]0;title\\u0007'],
    ['C1', '\x9b31m\x85', '\\u009b31m\\u0085'],
    ['a carriage return', 'safe\rrm -rf', 'safe\\u000drm -rf'],
    ['backspaces', 'a\b\x7f', 'a\\u0008\\u007f'],
    ['directions', '\u202egold\u2066\u200f\u061c', '\\u202egold\\u2066\\u200f\\u061c'],
    ['invisible characters', 'a\u200bb\ufeff\u{e0041}', 'a\\u200bb\\ufeff\\u{e0041}'],
    [
      'fillers and variants that hide data',
      'a\u3164b\u034f\u{e0100}\u{1d173}',
      'a\\u3164b\\u034f\\u{e0100}\\u{1d173}',
    ],
    ['half a pair', '\ud83d', '\\ud83d'],
  ])('shows %s', (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('leaves every other text as it is', () => {
    for (const text of ['Hello wörld 🌍👩‍🚀❤️!\n\tdone', 'שלום', '日本語', ''])
      expect(printable(text)).toBe(text);
  });

  it('leaves nothing that a terminal obeys, and JSON the same value', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(printable(text)).not.toMatch(/[^\P{C}\n\t\u200c\u200d\p{Co}\p{Cn}\p{Cf}]/u);
        expect(oneLine(text)).not.toMatch(/[\n\r\t]/);
        expect(JSON.parse(printable(JSON.stringify(text)))).toBe(text);
      }),
      { seed: 14 },
    );
  });
});

describe('oneLine', () => {
  it('forges no line of a log', () => {
    expect(oneLine('a\n2026 INFO paid\t1')).toBe('a\\u000a2026 INFO paid\\u00091');
  });
});
