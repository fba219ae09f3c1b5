import { environment } from '../../../lib/core/internal/environment';

describe('environment', () => {
  afterEach(() => {
    delete process.env['RXLM_SPEC'];
  });

  it('reads a variable, and takes an empty one for none', () => {
    expect(environment('RXLM_SPEC')).toBeUndefined();
    process.env['RXLM_SPEC'] = '';
    expect(environment('RXLM_SPEC')).toBeUndefined();
    process.env['RXLM_SPEC'] = 'x';
    expect(environment('RXLM_SPEC')).toBe('x');
  });

  it('has none where there is no process', () => {
    const { process: own } = globalThis;
    Object.defineProperty(globalThis, 'process', { value: undefined, configurable: true });
    try {
      expect(environment('PATH')).toBeUndefined();
    } finally {
      Object.defineProperty(globalThis, 'process', { value: own, configurable: true });
    }
  });
});
