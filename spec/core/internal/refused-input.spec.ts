import { FakeChatModel } from 'rxlm/testing';
import { checkingInput, isRefusedInput } from '../../../lib/core/internal/refused-input.js';

const thrown = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('checkingInput', () => {
  it('passes the error on, and marks it without a visible field', () => {
    const error = new TypeError('no');
    const passed = thrown(() => {
      checkingInput(() => {
        throw error;
      });
    });
    expect(passed).toBe(error);
    expect(isRefusedInput(passed)).toBe(true);
    expect(Object.keys(error)).toEqual([]);
  });

  it('marks what a runnable refuses when a view is asked for, and nothing else', () => {
    const model = new FakeChatModel(['a']);
    for (const run of [() => model.stream$(5 as never), () => model.events$({ role: 'x' })])
      expect(isRefusedInput(thrown(run))).toBe(true);
    expect(isRefusedInput(thrown(() => model.stream$('a', { timeout: -1 })))).toBe(false);
    expect(isRefusedInput(new TypeError('no'))).toBe(false);
  });

  it.each([['text'], [undefined], [Object.freeze(new Error('frozen'))]])(
    'passes %p on though it cannot be marked',
    (error) => {
      const passed = thrown(() => {
        checkingInput(() => {
          throw error;
        });
      });
      expect(passed).toBe(error);
      expect(isRefusedInput(passed)).toBe(false);
    },
  );
});
