import { checkCallOptions, checkOptions } from '../../../lib/openai/internal/check-options';

describe('checkOptions', () => {
  it.each([
    [undefined, /takes an object of options, got undefined/],
    [{}, /model must be a model's name, got undefined/],
    [{ model: 'm', api: 'x' }, /api must be 'chat' or 'responses', got "x"/],
    [{ model: 'm', apiKey: 7 }, /apiKey must be a string or a function/],
    [{ model: 'm', temperature: 'hot' }, /temperature must be a number, got "hot"/],
    [{ model: 'm', stop: 'x' }, /stop must be an array of texts/],
    [{ model: 'm', baseURL: 'ftp://x' }, /baseURL must be an http or https URL/],
    [{ model: 'm', baseURL: 'https://a:b@x.example' }, /must not carry credentials/],
    [{ model: 'm', baseURL: 'https://x.example?api-version=1' }, /apiVersion/],
    [{ model: 'm', modelKwargs: {} }, /"modelKwargs": use invocationKwargs/],
    [{ model: 'm', reasoningEffort: 'low' }, /use reasoning: { effort }/],
    [{ model: 'm', azureADTokenProvider: () => '' }, /use apiKey, which may be a function/],
    [{ model: 'm', temprature: 1 }, /use temperature/],
  ])('refuses %p', (options, message) => {
    expect(() => {
      checkOptions(options as never);
    }).toThrow(message);
  });

  it('never shows a key or credentials', () => {
    expect(() => {
      checkOptions({ model: 'm', baseURL: 'https://user:hunter22@x.example' });
    }).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter22') }));
  });

  it('refuses options of the constructor in a call', () => {
    expect(() => {
      checkCallOptions({ baseURL: 'https://x.example' } as never, 'ChatOpenAI');
    }).toThrow(/say it in the constructor/);
  });

  it('takes every option that there is', () => {
    checkOptions({
      model: 'm',
      apiKey: () => 'k',
      baseURL: 'http://127.0.0.1/v1',
      api: 'responses',
      provider: 'groq',
      compat: { maxTokens: 'max_tokens' },
      reasoning: { effort: 'low' },
      responseFormat: { type: 'json_object' },
      maxRetries: 0,
      timeouts: { idle: 1 },
      limits: { event: 1 },
    });
  });
});
