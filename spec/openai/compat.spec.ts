import { compatOf, isReasoningModel } from '../../lib/openai/compat';

describe('compatOf', () => {
  it.each([
    ['https://api.openai.com/v1', 'max_completion_tokens'],
    ['https://x.openai.azure.com/openai/v1', 'max_completion_tokens'],
    ['http://127.0.0.1:8080/v1', 'max_tokens'],
    ['https://api.openai.com.evil.example/v1', 'max_tokens'],
  ])('of %s takes %s', (baseURL, maxTokens) => {
    expect(compatOf(baseURL).maxTokens).toBe(maxTokens);
  });

  it('lets the given settings count', () => {
    expect(
      compatOf('https://api.openai.com/v1', { maxTokens: 'max_tokens', systemRole: undefined }),
    ).toMatchObject({
      maxTokens: 'max_tokens',
      systemRole: 'system',
    });
  });

  it.each([
    ['o3-mini', true],
    ['gpt-5-mini', true],
    ['gpt-5-chat-latest', false],
    ['gpt-4o', false],
  ])('%s is a reasoning model: %s', (model, expected) => {
    expect(isReasoningModel(model)).toBe(expected);
  });
});
