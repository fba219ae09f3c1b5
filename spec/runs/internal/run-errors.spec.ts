import { ModelError, RxlmError } from 'rxlm';
import { errorToJson } from '../../../lib/errors/error-to-json.js';
import { errorOfEnding } from '../../../lib/runs/internal/run-errors.js';

describe('the error of an ending', () => {
  it('is none for success, and of the ending’s word for every other', () => {
    expect(errorOfEnding({ state: 'end' })).toBeUndefined();
    for (const state of ['cancelled', 'limit', 'producer_lost', 'stream_lost'] as const)
      expect(errorOfEnding({ state })).toMatchObject({ name: 'RxlmError', code: state });
  });

  it('is of the kind and with the fields of the source’s error, where that was one of rxlm’s', () => {
    const model = new ModelError('m: slow', {
      code: 'timeout',
      phase: 'idle',
      provider: 'm',
      retryable: true,
    });
    const through = (error: unknown) =>
      errorOfEnding({
        state: 'error',
        error: JSON.parse(JSON.stringify(errorToJson(error))) as never,
      });
    expect(through(model)).toMatchObject({ ...errorToJson(model) });
    expect(ModelError.is(through(model))).toBe(true);
    expect(through(new RxlmError('x', { code: 'own' }))).toMatchObject({
      code: 'own',
      message: 'x',
    });
    expect(through(new RangeError('far'))).toMatchObject({ code: 'failed', message: 'far' });
    expect(errorOfEnding({ state: 'error' })).toMatchObject({ code: 'failed' });
  });
});
