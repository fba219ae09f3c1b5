import { inspect } from 'node:util';
import fc from 'fast-check';
import { Secrets } from '../../lib/http/secrets';

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
    ).toBe('[redacted] [redacted]/[redacted], [redacted] [redacted] [redacted]');
  });

  it('[21] takes out a header value in every form in which a server may echo it', () => {
    const values = fc.stringMatching(/^[\x21-\x7e]([\x20-\x7e]{4,40})[\x21-\x7e]$/);
    fc.assert(
      fc.property(values, fc.string(), fc.string(), (value, before, behind) => {
        const secrets = new Secrets();
        secrets.addHeaders([['x-tenant', value]]);
        const scrub = (text: string) => secrets.scrub(text);
        const around = (text: string) => scrub(`${before}|${text}|${behind}`);
        expect(around(value)).not.toContain(value);
        expect(around(encodeURIComponent(value))).not.toContain(encodeURIComponent(value));
        expect(around(JSON.stringify(value))).not.toContain(JSON.stringify(value));
        for (const encoding of ['base64', 'base64url'] as const) {
          const whole = Buffer.from(`${before}${value}${behind}`).toString(encoding);
          const left = scrub(whole)
            .split('[redacted]')
            .map((part) => Buffer.from(part, encoding).toString('latin1'));
          expect(left.join('|')).not.toContain(value);
        }
      }),
    );
  });

  it('[21] takes out what is within a credential: behind the scheme, in a cookie, in basic authentication', () => {
    const secrets = new Secrets();
    secrets.addHeaders([
      ['cookie', 'session=canary-1; theme=dark-canary'],
      ['proxy-authorization', `Basic ${btoa('user-canary:canary-2')}`],
    ]);
    const echoes = [
      'canary-1',
      'dark-canary',
      'canary-2',
      'user-canary:canary-2',
      btoa('canary-2'),
    ];
    for (const echo of echoes) expect(secrets.scrub(`<${echo}>`)).not.toContain(echo);
  });

  it('takes what clients send by themselves for no secret, and all else that is sent for one', () => {
    const secrets = new Secrets();
    secrets.addSentHeaders(
      new Headers({
        accept: 'application/json',
        'content-type': 'application/json',
        'anthropic-version': '2026-10-21',
        'X-Stainless-Lang': 'javascript',
        'x-tenant': 'canary-1',
        authorization: 'Bearer canary-2',
      }),
      /^(anthropic-version|x-stainless-.*)$/i,
    );
    const plain = 'application/json 2026-10-21 javascript';
    expect(secrets.scrub(`${plain} canary-1 canary-2`)).toBe(`${plain} [redacted] [redacted]`);
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

  it('[21] takes out once what is secret of all calls and of this one', () => {
    const shared = new Secrets();
    shared.add('sk-canary-1');
    const own = new Secrets(shared);
    own.add('sk-canary-1');
    own.add('sk-canary-2');
    expect(own.scrub('sk-canary-1 sk-canary-2')).toBe('[redacted] [redacted]');
  });
});
