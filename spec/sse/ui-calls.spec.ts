import { isCall, toCall, toResult } from '../../lib/sse/ui-calls';

const part = { type: 'tool-weather', toolCallId: 'c1', state: 'output-available' };

describe('isCall', () => {
  it.each([
    [part, true],
    [{ ...part, type: 'dynamic-tool' }, true],
    [{ ...part, state: 'output-error' }, true],
    [{ ...part, state: 'output-denied' }, true],
    [{ ...part, state: 'input-available' }, false],
    [{ ...part, state: 'input-streaming' }, false],
    [{ ...part, state: 'approval-requested' }, false],
    [{ ...part, state: 'toString' }, false],
    [{ ...part, preliminary: true }, false],
    [{ ...part, providerExecuted: true }, false],
    [{ ...part, type: 'text' }, false],
  ])('of %j is %p', (given, is) => {
    expect(isCall(given)).toBe(is);
  });
});

describe('toCall', () => {
  it('has the name, the id and the input', () => {
    expect(toCall({ ...part, input: { city: 'Graz' } })).toEqual({
      type: 'tool_call',
      id: 'c1',
      name: 'weather',
      args: { city: 'Graz' },
    });
    expect(toCall({ ...part, type: 'dynamic-tool', toolName: 'time' }).name).toBe('time');
  });

  it('keeps what was no object, in one', () => {
    expect(toCall({ ...part, rawInput: '{"ci' }).args).toEqual({ INVALID_JSON: '{"ci' });
    expect(toCall({ ...part, input: [1] }).args).toEqual({ INVALID_JSON: [1] });
    expect(toCall(part).args).toEqual({});
  });
});

describe('toResult', () => {
  it.each([
    [{ output: 'warm' }, 'warm', 'success'],
    [{ output: { celsius: 21 } }, '{"celsius":21}', 'success'],
    [{}, '', 'success'],
    [{ state: 'output-error', errorText: 'no clock' }, 'no clock', 'error'],
    [{ state: 'output-denied' }, 'The call was not approved.', 'error'],
    [{ state: 'output-denied', approval: { reason: 'Not now.' } }, 'Not now.', 'error'],
  ])('of %j is %p, a %s', (more, content, status) => {
    expect(toResult({ ...part, ...more })).toEqual({ content, tool_call_id: 'c1', status });
  });
});
