import { readSettings } from '../../lib/http/call-settings';

describe('readSettings', () => {
  it('has a default for each', () => {
    expect(readSettings({})).toEqual({
      maxRetries: 2,
      timeouts: { headers: 30_000, idle: 60_000, content: 300_000, total: Infinity },
      limits: { event: 8_000_000, response: 64_000_000, toolJson: 4_000_000, toolJsonDepth: 256 },
    });
  });

  it('takes undefined for nothing said', () => {
    const { timeouts, limits } = readSettings({
      timeouts: { idle: 5, headers: undefined },
      limits: { event: undefined },
    });
    expect([timeouts.idle, timeouts.headers, limits.event]).toEqual([5, 30_000, 8_000_000]);
  });

  it.each([
    [{ maxRetries: -1 }, /maxRetries must be a whole number, got -1/],
    [{ maxRetries: 1.5 }, /maxRetries must be a whole number, got 1.5/],
    [{ timeouts: { idle: 0 } }, /timeouts\.idle must be a number above 0, got 0/],
    [{ limits: { event: '5' } }, /limits\.event must be a number above 0, got "5"/],
    [{ timeouts: { header: 5 } }, /timeouts has no option "header": use headers/],
  ])('refuses %j', (settings, message) => {
    expect(() => readSettings(settings as never)).toThrow(TypeError);
    expect(() => readSettings(settings as never)).toThrow(message);
  });
});
