import { checkRunToolsOptions } from '../../lib/runnables/run-tools-options';

describe('checkRunToolsOptions', () => {
  it('gives the options with their defaults', () => {
    const approve = () => [true];
    expect(checkRunToolsOptions({})).toEqual({ maxSteps: 10, concurrency: 8 });
    expect(checkRunToolsOptions({ maxSteps: undefined, concurrency: Infinity, approve })).toEqual({
      maxSteps: 10,
      concurrency: Infinity,
      approve,
    });
  });

  it.each([
    [{ maxSteps: 0 }, 'maxSteps must be an integer from 1 on, got 0'],
    [{ maxSteps: 1.5 }, 'maxSteps must be an integer from 1 on, got 1.5'],
    [{ maxSteps: NaN }, 'maxSteps must be an integer from 1 on, got NaN'],
    [{ concurrency: '2' }, 'concurrency must be an integer from 1 on, got "2"'],
    [{ concurrency: -1 }, 'concurrency must be an integer from 1 on, got -1'],
    [{ approve: true }, 'approve must be a function, got true'],
    [{ stopWhen: {} }, 'stopWhen must be a function, got an object'],
  ])('is a TypeError for %p', (options, message) => {
    expect(() => checkRunToolsOptions(options as never)).toThrow(new TypeError(message));
  });
});
