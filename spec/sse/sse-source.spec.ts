import { of } from 'rxjs';
import { toHttpError } from '../../lib/sse/to-http-error.js';
import { observableOf } from '../../lib/sse/sse-source.js';

describe('observableOf', () => {
  it('takes an Observable or a function that makes one', () => {
    const source$ = of(1);
    expect(observableOf(source$)({})).toBe(source$);
    expect(observableOf(() => source$)({})).toBe(source$);
  });

  it.each([undefined, null, 5, [1]])('refuses %j, naming it', (source) => {
    expect(() => observableOf(source as never)).toThrow(/what is sent must be an Observable/);
  });

  it('makes a 400 of what a runnable refuses at once, and of no other error', () => {
    const thrown = (error: unknown) => {
      try {
        observableOf(() => {
          throw error;
        })({});
        return undefined;
      } catch (caught) {
        return caught;
      }
    };
    const refused = new TypeError('input must be …');
    expect(toHttpError(thrown(refused)).status).toBe(400);
    expect(thrown(refused)).toMatchObject({ message: 'input must be …', cause: refused });
    const other = new Error('other');
    expect(thrown(other)).toBe(other);
    const mine = Object.assign(new TypeError('mine'), { expose: true, statusCode: 422 });
    expect(thrown(mine)).toBe(mine);
  });
});
