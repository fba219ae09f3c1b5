import { checkRunToolsOptions } from '../../../lib/runnables/agent/run-tools-options';

describe('checkRunToolsOptions', () => {
  it('gives the options with their defaults', () => {
    const approve = () => [true];
    const unlimited = { maxCalls: Infinity, maxCallsPerTurn: Infinity, eager: false };
    expect(checkRunToolsOptions({})).toEqual({ maxSteps: 10, concurrency: 8, ...unlimited });
    expect(checkRunToolsOptions({ maxSteps: undefined, concurrency: Infinity, approve })).toEqual({
      maxSteps: 10,
      concurrency: Infinity,
      ...unlimited,
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
    [{ maxCalls: 0 }, 'maxCalls must be an integer from 1 on, got 0'],
    [{ maxCallsPerTurn: 0.5 }, 'maxCallsPerTurn must be an integer from 1 on, got 0.5'],
    [{ prepareStep: 1 }, 'prepareStep must be a function, got 1'],
    [{ repair: 'x' }, 'repair must be a function, got "x"'],
    [{ systemPrompt: 5 }, 'systemPrompt must be a string or a system message, got 5'],
    [{ eager: 'yes' }, 'eager must be true or false, got "yes"'],
    [{ stopWhen: {} }, 'stopWhen must be a function, got an object'],
  ])('is a TypeError for %p', (options, message) => {
    expect(() => checkRunToolsOptions(options as never)).toThrow(new TypeError(message));
  });
});
