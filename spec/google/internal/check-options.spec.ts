import {
  checkBaseURL,
  checkCallOptions,
  checkOptions,
} from '../../../lib/google/internal/check-options';

describe('checkOptions', () => {
  it.each([
    [undefined, /takes an object of options, got undefined/],
    [{ model: '' }, /model must be/],
    [{ model: 'm', apiKey: 5 }, /apiKey must be a string or a function/],
    [{ model: 'm', temprature: 1 }, /has no option "temprature": use temperature/],
    [{ model: 'm', thinkingBudget: 5 }, /use reasoning: \{ budgetTokens \}/],
    [{ model: 'm', vertexai: true }, /use baseURL, with Vertex AI's address/],
    [{ model: 'm', topK: 1.5 }, /topK must be a whole number, got 1.5/],
    [{ model: 'm', fetch: 'x' }, /fetch must be a function/],
    [{ model: 'm', raw: 1 }, /raw must be true or false/],
    [{ model: 'm', timeouts: { idle: -1 } }, /timeouts.idle must be/],
    [{ model: 'm', stop: [''] }, /stop must be an array of texts/],
  ])('refuses %j', (options, message) => {
    expect(() => {
      checkOptions(options as never);
    }).toThrow(message);
  });

  it('never shows a key', () => {
    const apiKey = { secret: 'sk-canary' };
    expect(() => {
      checkOptions({ model: 'm', apiKey } as never);
    }).toThrow(expect.not.objectContaining({ message: expect.stringContaining('canary') }));
  });

  it('takes all options that there are', () => {
    checkOptions({
      model: 'm',
      apiKey: () => 'token',
      baseURL: 'https://x/v1',
      topK: 5,
      safetySettings: [],
      streamFunctionCallArguments: true,
      maxRetries: 0,
    });
  });
});

it.each(['ftp://x', 'https://a:b@x/', 'https://x/?key=1', 'x'])(
  'checkBaseURL refuses %s, without showing credentials',
  (url) => {
    expect(() => {
      checkBaseURL(url);
    }).toThrow(/^(?!.*a:b).*baseURL/);
  },
);

it('checkCallOptions takes no option of the constructor', () => {
  expect(() => {
    checkCallOptions({ apiKey: 'x' } as never, 'ChatGoogle');
  }).toThrow(/has no option "apiKey"/);
});
