import * as fc from 'fast-check';
import { isRefusal } from '../../../lib/sse/server/refusal-brand.js';
import { requestUrl } from '../../../lib/sse/server/request-url.js';

describe('requestUrl', () => {
  it('takes paths and whole URLs', () => {
    expect(requestUrl('/runs/a?after=1.2').search).toBe('?after=1.2');
    expect(requestUrl('https://host/runs').pathname).toBe('/runs');
    expect(requestUrl('*').pathname).toBe('/*');
  });

  it('refuses what is no URL, and throws nothing else', () => {
    const target = fc.oneof(
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[/:[\]\\@h0-9]*$/),
    );
    fc.assert(
      fc.property(target, (text) => {
        try {
          requestUrl(text);
        } catch (error) {
          expect(isRefusal(error) && error.status).toBe(400);
        }
      }),
      { seed: 14, numRuns: 2000 },
    );
    expect(() => requestUrl('//')).toThrow(/no URL/);
  });
});
