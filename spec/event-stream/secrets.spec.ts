import { inspect } from 'node:util';
import { Secrets } from '../../lib/event-stream/secrets';

describe('Secrets', () => {
  it('[21] takes every secret out of a text', () => {
    const secrets = new Secrets();
    secrets.add('sk-canary-1');
    secrets.addHeaders([
      ['X-Api-Key', 'sk-canary-2'],
      ['Authorization', 'Bearer sk-canary-3'],
      ['x-app', 'harmless-name'],
      ['cookie', null],
    ]);
    expect(
      secrets.scrub(
        'sk-canary-1 sk-canary-2/sk-canary-3, Bearer sk-canary-3 sk-canary-1 harmless-name',
      ),
    ).toBe('[redacted] [redacted]/[redacted], [redacted] [redacted] harmless-name');
  });

  it('leaves texts alone that hold none, and short values that stand in any text', () => {
    const secrets = new Secrets();
    secrets.add('abc');
    secrets.add(undefined);
    expect(secrets.scrub('abcdef')).toBe('abcdef');
  });

  it('[21] shows none of them itself', () => {
    const secrets = new Secrets();
    secrets.add('sk-canary-1');
    expect(
      inspect(secrets, { depth: 10, showHidden: true }) + JSON.stringify(secrets),
    ).not.toContain('canary');
  });

  it('[21] takes out those of one call beside the ones that all share', () => {
    const shared = new Secrets();
    const call = new Secrets(shared);
    shared.add('sk-canary-1');
    call.addHeaders(Object.entries({ 'x-token': 'sk-canary-2', 'x-key': 5 }));
    expect(call.scrub('sk-canary-1 sk-canary-2')).toBe('[redacted] [redacted]');
    expect(shared.scrub('sk-canary-2')).toBe('sk-canary-2');
  });
});
