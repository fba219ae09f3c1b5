import fc from 'fast-check';
import { scrubValue } from '../../../lib/http/internal/scrub-value';
import { Secrets } from '../../../lib/http/secrets';

const secrets = new Secrets();
secrets.add('sk-canary-1');

describe('scrubValue', () => {
  it('returns a value without secrets as it is', () => {
    const value = { a: ['b', 1, null], c: true };
    expect(scrubValue(value, secrets)).toBe(value);
    expect([undefined, 7, 'x'].map((each) => scrubValue(each, secrets))).toEqual([
      undefined,
      7,
      'x',
    ]);
  });

  it('takes them out of keys', () => {
    const value = { a: [{ 'x sk-canary-1': 1, b: 2 }] };
    expect(scrubValue(value, secrets)).toEqual({ a: [{ 'x [redacted]': 1, b: 2 }] });
  });

  it('takes them out of strings however deep, also where they are escaped', () => {
    const value = JSON.parse(
      '{"a":["key sk-\\u0063anary-1"],"__proto__":{"b":"sk-canary-1"}}',
    ) as object;
    const clean = JSON.stringify(scrubValue(value, secrets));
    expect(clean).not.toContain('canary');
    expect(clean).toContain('__proto__');
  });

  it('finds a secret of any characters in any place of a value', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 8 }).filter((text) => text.trim().length > 7),
        fc.string({ unit: 'grapheme' }),
        (secret, around) => {
          const own = new Secrets();
          own.add(secret);
          const text = `${around}${secret.trim()}${around}`;
          const clean = JSON.stringify(scrubValue([{ [text]: [text] }], own));
          expect(JSON.parse(clean)).toEqual([{ [own.scrub(text)]: [own.scrub(text)] }]);
        },
      ),
    );
  });
});
