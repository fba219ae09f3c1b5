import { builtins } from '../../../lib/http/transport/builtins';

describe('the modules of Node', () => {
  it('are given by name', () => {
    expect(builtins()?.('node:http')).toBe(process.getBuiltinModule('node:http'));
  });

  it.each([
    ['no process', undefined],
    ["a bundler's stand-in for one", { env: {} }],
  ])('are not looked for where there is %s', (_, value) => {
    const { process } = globalThis;
    Object.defineProperty(globalThis, 'process', { value, configurable: true });
    try {
      expect(builtins()).toBeUndefined();
    } finally {
      Object.defineProperty(globalThis, 'process', { value: process, configurable: true });
    }
  });
});
