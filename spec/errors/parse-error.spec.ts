import { inspect } from 'node:util';
import { ParseError } from 'rxlm';

describe('ParseError', () => {
  it('carries the text, which neither JSON nor inspect shows', () => {
    const error = new ParseError('not JSON', { code: 'not_json', text: 'Sure! Here' });
    expect([error.text, error.code, error.message]).toEqual(['Sure! Here', 'not_json', 'not JSON']);
    expect(JSON.stringify(error) + inspect(error)).not.toContain('Sure');
  });

  it('carries the issues of a schema where there are any', () => {
    const issues = [{ message: 'too short', path: ['name'] }];
    const error = new ParseError('m', { code: 'schema_mismatch', text: '{}', issues });
    expect(error.issues).toBe(issues);
    expect('issues' in new ParseError('m', { code: 'too_large', text: '' })).toBe(false);
  });
});
