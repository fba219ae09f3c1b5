import { concat, of, throwError } from 'rxjs';
import { ModelError } from '../../../lib/errors/model-error.js';
import { AIMessageChunk } from '../../../lib/messages/ai-message-chunk.js';
import { withPartial } from '../../../lib/sse/frames/with-partial.js';

const failure = () => new ModelError('cut', { code: 'truncated', provider: 'remote' });
function failing(...values: unknown[]) {
  let seen: unknown;
  concat(of(...values), throwError(failure))
    .pipe(withPartial())
    .subscribe({ error: (error) => (seen = error) });
  return seen as ModelError;
}

describe('withPartial', () => {
  it('[4] gives an error the message so far', () => {
    const error = failing(new AIMessageChunk('go', 'run-1'), new AIMessageChunk('ld', 'run-1'));
    expect(error).toMatchObject({ emitted: true, partial: { text: 'gold' } });
  });

  it('[4] says that something had come, where it was no message', () => {
    expect(failing('a')).toMatchObject({ emitted: true });
    expect('partial' in failing('a')).toBe(false);
    expect(failing()).toMatchObject({ emitted: false });
  });
});
