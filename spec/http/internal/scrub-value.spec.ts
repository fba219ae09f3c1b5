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
});
