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
});
