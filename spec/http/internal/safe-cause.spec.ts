import { safeCause } from '../../../lib/http/internal/safe-cause';
import { Secrets } from '../../../lib/http/secrets';

describe('safeCause', () => {
  it('[21] is no error that shows a secret', () => {
    const secrets = new Secrets();
    secrets.add('sk-canary-1');
    const harmless = Object.assign(new RangeError('it broke'), { code: 'ECONNRESET' });
    const cause = safeCause(harmless, secrets) as NodeJS.ErrnoException;
    expect(cause).toMatchObject({ name: 'RangeError', message: 'it broke', code: 'ECONNRESET' });
    expect(cause.stack).toBe(harmless.stack);
    expect(safeCause('it broke', secrets)).toBe('it broke');
    expect(safeCause(undefined, secrets)).toBeUndefined();
    expect(safeCause(new Error('bad header: sk-canary-1'), secrets)).toBeUndefined();
    expect(safeCause('sk-canary-1', secrets)).toBeUndefined();
    const coded = Object.assign(new Error('no'), { code: 'sk-canary-1' });
    expect(safeCause(coded, secrets)).toBeUndefined();
  });

  it('[21] has nothing that may hold what was sent', () => {
    const bytes = Object.assign(new Error('Parse Error'), {
      code: 'HPE_INVALID_CONSTANT',
      rawPacket: Buffer.from('sk-canary-1 and the prompt'),
      cause: new Error('and so on'),
    });
    const cause = safeCause(bytes, new Secrets()) as Error;
    expect(Object.entries(cause)).toEqual([['code', 'HPE_INVALID_CONSTANT']]);
    expect(cause.cause).toBeUndefined();
  });
});
