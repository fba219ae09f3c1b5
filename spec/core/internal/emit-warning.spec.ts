import { emitWarning } from '../../../lib/core/internal/emit-warning.js';
import { emittedWarnings } from '../../support/emitted-warnings.js';

const text = { what: 'It broke', remedy: 'Mend it.', name: 'OddWarning', code: 'ODD' };

describe('emitWarning', () => {
  it('says what broke and what to do, with the stack as its detail', () => {
    const warnings = emittedWarnings();
    const cause = new Error('no');
    emitWarning(cause, text);
    expect(warnings()).toMatchObject([
      {
        message: 'It broke: no. Mend it.',
        name: 'OddWarning',
        code: 'ODD',
        cause,
        detail: cause.stack,
      },
    ]);
  });

  it.each([[undefined], ['text'], [null], [Object.create(null)]])(
    'takes %p for an error',
    (cause) => {
      const warnings = emittedWarnings();
      emitWarning(cause, text);
      expect(warnings()).toHaveLength(1);
    },
  );

  it('warns by its text where the platform refuses an error of another realm', () => {
    const emitted: unknown[][] = [];
    const emit = jest.spyOn(process, 'emitWarning').mockImplementation((...given: unknown[]) => {
      if (typeof given[0] !== 'string') throw new TypeError('not an Error of this realm');
      emitted.push(given);
    });
    emitWarning(new Error('no'), text);
    emit.mockRestore();
    expect(emitted).toEqual([['It broke: no. Mend it.', { type: 'OddWarning', code: 'ODD' }]]);
  });
});
