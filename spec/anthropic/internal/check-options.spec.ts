import { ChatAnthropic } from 'rxlm/anthropic';
import { checkOptions } from '../../../lib/anthropic/internal/check-options';

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
    [{ maxTokens: '5' }, /maxTokens must be a whole number, got "5"/],
    [{ temperature: '0.5' }, /temperature must be a number from 0, got "0.5"/],
    [{ topP: 2 }, /topP must be a number from 0 to 1, got 2/],
    [{ topK: 0.5 }, /topK must be a whole number, got 0.5/],
    [{ stop: 'END' }, /stop must be an array of texts that are not blank, got "END"/],
    [{ stop: ['\n'] }, /stop must be an array of texts that are not blank/],
    [{ thinking: { type: 'on' } }, /thinking\.type must be enabled, adaptive, .*got "on"/],
    [{ reasoning: { effort: 'huge' } }, /reasoning\.effort must be one of none, .*got "huge"/],
    [{ outputConfig: { effort: 'huge' } }, /outputConfig\.effort must be low, .*got "huge"/],
    [{ toolChoice: 5 }, /toolChoice must be a name or \{ type: 'auto' \}, got 5/],
    [{ cacheControl: { type: 'ephemeral', ttl: '2h' } }, /cacheControl: cache_control must be/],
    [{ betas: 'a,b' }, /betas must be an array of names, got "a,b"/],
    [{ tools: {} }, /tools must be an array of tools, got an object/],
    [{ thinking: true }, /thinking must be an object, got true/],
    [{ outputConfig: 'low' }, /outputConfig must be an object, got "low"/],
    [{ invocationKwargs: [] }, /invocationKwargs must be an object, got an array of 0/],
    [{ client: {} }, /client must be a client of @anthropic-ai\/sdk/],
    [{ client: { post: () => 0 }, apiKey: 'k' }, /apiKey is the client's where there is a client/],
    [{ timeouts: { header: 5 } }, /timeouts has no option "header": use headers/],
    [{ limits: { tool_json: 5 } }, /limits has no option "tool_json": use toolJson/],
    [{ baseURL: 'nonsense' }, /baseURL must be an http or https URL/],
  ])('T131: refuses %j at construction, naming it', (options, message) => {
    expect(check(options)).toThrow(TypeError);
    expect(check(options)).toThrow(message);
  });

  it.each(['localhost:4000', '127.0.0.1', '[::1]', '10.0.0.1', 'gateway.internal'])(
    'T131: takes http to %s: a gateway of the user',
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

  it.each([
    ['max_tokens', 'use maxTokens'],
    ['callbacks', 'use listeners'],
    ['tool_choice', 'use toolChoice'],
    ['anthropicApiUrl', 'use baseURL'],
    ['anthropicApiKey', 'use apiKey'],
    ['api_key', 'use apiKey'],
    ['base_url', 'use baseURL'],
    ['modelName', 'use model'],
    ['stopSequences', 'use stop'],
    ['streaming', 'leave it out'],
    ['effort', 'use reasoning: { effort }, or outputConfig: { effort }'],
    ['defaultHeaders', 'use headers'],
    ['service_tier', 'use invocationKwargs: { service_tier: … }'],
    ['temprature', 'use temperature'],
  ])('is a TypeError for an option %s, and says what to do', (name, remedy) => {
    const wrong = { [name]: 'canary' };
    expect(check(wrong)).toThrow(TypeError);
    expect(check(wrong)).toThrow(`ChatAnthropic has no option "${name}": ${remedy}`);
    const model = new ChatAnthropic({ model: 'm', apiKey: 'k' });
    expect(() => model.bind(wrong)).toThrow(`ChatAnthropic has no option "${name}"`);
    expect(() => model.stream$('Hi', wrong)).toThrow(TypeError);
  });

  it('is a TypeError for an option of the constructor in a call, and for a wrong value in one', () => {
    const model = new ChatAnthropic({ model: 'm', apiKey: 'k' });
    expect(() => model.bind({ apiKey: 'canary' } as never)).toThrow('say it in the constructor');
    expect(() => model.stream$('Hi', { stop: 'END' } as never)).toThrow(/stop must be an array/);
  });

  it.each(['https://a.test/?api-version=canary', 'https://a.test/v1#canary'])(
    'refuses %s, whose query would end up in the middle, without showing it',
    (baseURL) => {
      expect(check({ baseURL })).toThrow(/must not have a query or a fragment: use clientOptions/);
      expect(check({ baseURL })).not.toThrow(/canary/);
    },
  );

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
