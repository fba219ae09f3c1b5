import { VirtualTimeScheduler } from 'rxjs';
import { callOptions } from '../../lib/core/call-options.js';
import { SCOPE } from '../../lib/core/run/scope.js';
import type { RunConfig } from 'rxlm';

describe('callOptions', () => {
  it('gives what a config says beside how to run, and none of that', () => {
    const config: Required<Pick<RunConfig, keyof RunConfig & string>> = {
      tags: [],
      metadata: {},
      context: {},
      runName: 'n',
      runId: 'i',
      signal: new AbortController().signal,
      timeout: 1,
      maxConcurrency: 1,
      listeners: [],
      onError: () => undefined,
      newId: () => '',
      scheduler: new VirtualTimeScheduler(),
    };
    expect(
      callOptions({ ...config, [SCOPE]: undefined, stop: ['x'], temperature: undefined }),
    ).toStrictEqual({
      stop: ['x'],
      temperature: undefined,
    });
  });

  it('does not read what it leaves out: a signal is made when it is read', () => {
    const read = jest.fn();
    callOptions({
      get signal() {
        read();
        return undefined;
      },
    });
    expect(read).not.toHaveBeenCalled();
  });

  it('[17] keeps __proto__ as an own key', () => {
    const options: object = callOptions(JSON.parse('{"__proto__":{"a":1}}') as object);
    expect(Object.keys(options)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(options)).toBe(Object.prototype);
  });
});
