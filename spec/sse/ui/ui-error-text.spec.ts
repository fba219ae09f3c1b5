import { ModelError, type ModelErrorCode } from '../../../lib/errors/model-error.js';
import { ToolMessage } from '../../../lib/messages/tool-message.js';
import { safeErrorText } from '../../../lib/sse/ui/ui-error-text.js';

const secret = 'sk-secret at https://gateway.internal, prompt: be kind';
const errorOf = (code: ModelErrorCode) => new ModelError(secret, { code, provider: 'anthropic' });

describe('safeErrorText', () => {
  it('says of what kind an error is', () => {
    expect(safeErrorText(errorOf('rate_limited'))).toMatch('too many requests');
    expect(safeErrorText(errorOf('context_overflow'))).toMatch('too long');
    expect(safeErrorText(errorOf('truncated'))).toMatch('cut off');
    expect(safeErrorText(new ToolMessage({ content: secret, tool_call_id: 'a' }))).toBe(
      'The tool has failed.',
    );
  });

  it.each([
    errorOf('unauthorized'),
    errorOf('overloaded'),
    errorOf('constructor' as ModelErrorCode),
    new Error(secret),
    { message: secret },
    secret,
    null,
    undefined,
  ])('[21] says nothing of what %p says', (error) => {
    const text = safeErrorText(error);
    expect(text).toMatch(/\.$/);
    expect(text).not.toMatch(/secret|gateway|prompt|kind/);
  });
});
