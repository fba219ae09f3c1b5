import fc from 'fast-check';
import { escapeMarkup } from '../../../lib/marbles/internal/escape-markup';

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

describe('escapeMarkup', () => {
  it('leaves no character of markup, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'a;#') }), (text) => {
        const escaped = escapeMarkup(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped.replace(/&([^;]+);/g, (_, name: string) => ENTITIES[name]!)).toBe(text);
      }),
    );
  });
});
