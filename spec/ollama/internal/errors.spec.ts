import { ProviderErrors } from '../../../lib/http/provider-errors';
import { OLLAMA_ERRORS } from '../../../lib/ollama/internal/errors';

describe("Ollama's errors", () => {
  const errors = new ProviderErrors('ollama', OLLAMA_ERRORS);

  it.each([
    [400, 'the input length exceeds the context length', 'context_overflow'],
    [400, 'exceed the available context size, try increasing it', 'context_overflow'],
    [400, 'invalid model name', 'invalid_request'],
    [500, 'the input length exceeds the context length', 'server_error'],
  ])('with status %d are known by their text: %s', (status, message, code) => {
    expect(errors.reported({ status, message }).code).toBe(code);
  });
});
