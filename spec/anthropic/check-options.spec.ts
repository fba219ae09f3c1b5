import { ChatAnthropic } from 'rxlm/anthropic';
import { checkOptions, DEFAULT_LIMITS, withDefaults } from '../../lib/anthropic/check-options';

const check = (options: object) => () => {
  checkOptions({ model: 'm', ...options });
};

describe('checkOptions', () => {
  it('takes what is meant', () => {
    expect(
      check({
        apiKey: 'k',
        baseURL: 'https://10.0.0.1:8080/v',
        maxTokens: 0,
        maxRetries: 0,
        timeouts: { idle: Infinity },
      }),
    ).not.toThrow();
  });

  it.each([
    [{ model: '' }, /model must be a model's name, got ""/],
    [{ maxTokens: 1.5 }, /maxTokens must be a whole number, got 1.5/],
    [{ maxRetries: -1 }, /maxRetries must be a whole number, got -1/],
    [{ timeouts: { idle: 0 } }, /timeouts\.idle must be a number above 0, got 0/],
    [{ limits: { event: '5' } }, /limits\.event must be a number above 0, got "5"/],
    [{ baseURL: 'file:///etc/passwd' }, /baseURL must be an http or https URL/],
    [{ baseURL: '//host' }, /baseURL must be an http or https URL/],
    [{ baseURL: 'nonsense' }, /baseURL must be an http or https URL/],
  ])('T131: refuses %j at construction, naming it', (options, message) => {
    expect(check(options)).toThrow(TypeError);
    expect(check(options)).toThrow(message);
  });

  it.each(['localhost:4000', '127.0.0.1', '[::1]', '10.0.0.1', 'gateway.internal'])(
    'T131: takes http to %s: it is somebody’s gateway',
    (host) => {
      expect(check({ baseURL: `http://${host}/v` })).not.toThrow();
    },
  );

  it('[21] T131: refuses credentials in the URL, and a key that is none, without showing them', () => {
    for (const options of [{ baseURL: 'https://user:canary@a.test' }, { apiKey: { canary: 1 } }]) {
      expect(check(options)).toThrow(TypeError);
      expect(check(options)).not.toThrow(/canary/);
    }
  });

  it('names what it got where it wants options', () => {
    expect(() => new ChatAnthropic(undefined as never)).toThrow(
      /takes an object of options, got undefined/,
    );
  });

  it('T135: refuses to be made in a browser, unless it is allowed to', () => {
    const scope = globalThis as { window?: object };
    scope.window = { document: {} };
    try {
      expect(check({})).toThrow(/shows its API key/);
      expect(check({ clientOptions: { dangerouslyAllowBrowser: true } })).not.toThrow();
    } finally {
      delete scope.window;
    }
  });
});

describe('withDefaults', () => {
  it('takes undefined for nothing said', () => {
    expect(withDefaults(DEFAULT_LIMITS, { event: 5, response: undefined })).toEqual({
      ...DEFAULT_LIMITS,
      event: 5,
    });
    expect(withDefaults(DEFAULT_LIMITS, undefined)).toEqual(DEFAULT_LIMITS);
  });
});
