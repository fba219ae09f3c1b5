import fc from 'fast-check';
import { GrowingText } from '../../../lib/core/internal/growing-text';

describe('GrowingText', () => {
  it('[13] is the text of its pieces, whatever their sizes, also while it grows', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string(),
        fc.nat(3000).map((length) => 'ä'.repeat(length)),
      ),
    );
    fc.assert(
      fc.property(pieces, (all) => {
        const growing = new GrowingText();
        let text = '';
        for (const piece of all) {
          growing.add(piece);
          text += piece;
          expect(growing.length).toBe(text.length);
          expect(growing.whole === text).toBe(true);
        }
      }),
    );
  });

  it('is empty before there is any', () => {
    expect(new GrowingText()).toMatchObject({ whole: '', length: 0 });
  });
});
