import { lastValueFrom, type Observable } from 'rxjs';
import { z } from 'zod';
import type { StandardIssue, StandardSchema } from '../../../lib/tools/standard-schema';
import { validateWith } from '../../../lib/tools/internal/validate-with';
import { watch } from '../../support/run-events';

class Invalid extends Error {
  readonly issues: readonly StandardIssue[];
  readonly value: unknown;

  constructor(issues: readonly StandardIssue[], value: unknown) {
    super('invalid');
    this.issues = issues;
    this.value = value;
  }
}
const invalid = (issues: readonly StandardIssue[], value: unknown) => new Invalid(issues, value);
const checked = (schema: object, validate?: Parameters<typeof validateWith>[1]) =>
  validateWith(schema as StandardSchema, validate, invalid);
const errorOf = async (source$: Observable<unknown>): Promise<unknown> =>
  lastValueFrom(source$).then(
    (value) => Promise.reject(new Error(`it gave ${String(value)}`)),
    (error: unknown) => error,
  );

describe('validateWith', () => {
  it('gives what the schema makes of a value, at once where it need not wait', () => {
    const schema = z.object({ city: z.string().trim() });
    expect(watch(checked(schema)({ city: ' Graz ' }))).toMatchObject({
      values: [{ city: 'Graz' }],
      ended: 'complete',
    });
  });

  it('waits for a check that has to', async () => {
    const schema = z.string().refine((city) => Promise.resolve(city === 'Graz'), 'Not here');
    expect(await lastValueFrom(checked(schema)('Graz'))).toBe('Graz');
    expect(await errorOf(checked(schema)('Wien'))).toMatchObject({
      issues: [{ message: 'Not here' }],
      value: 'Wien',
    });
  });

  it('checks nothing before it is subscribed to', () => {
    const validate = jest.fn((value: unknown) => ({ value }));
    const value$ = checked({ type: 'object' }, validate)(1);
    expect(validate).not.toHaveBeenCalled();
    expect(watch(value$).values).toEqual([1]);
  });

  it('takes falsy issues for none, as the standard says', () => {
    const validate = () => ({ value: 'fine', issues: null }) as never;
    expect(watch(checked({}, validate)(0)).values).toEqual(['fine']);
  });

  it('passes values of JSON Schema as they are, unless there is a check', () => {
    const value = { any: 'thing' };
    expect(watch(checked({ type: 'string' })(value)).values[0]).toBe(value);
    const issues = [{ message: 'No' }];
    expect(watch(checked({ type: 'string' }, () => ({ issues }))(value)).ended).toEqual({
      error: invalid(issues, value),
    });
  });

  it('passes values of a Standard JSON Schema that cannot check', () => {
    const schema = { '~standard': { version: 1, vendor: 'any', jsonSchema: {} } };
    expect(watch(checked(schema)(7)).values).toEqual([7]);
  });

  it('passes what the check fails with', async () => {
    const failure = new Error('broken');
    const throws = () => {
      throw failure;
    };
    expect(await errorOf(checked({}, throws)(1))).toBe(failure);
    expect(await errorOf(checked({}, () => Promise.reject(failure))(1))).toBe(failure);
  });
});
