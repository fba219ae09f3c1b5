import { of } from 'rxjs';
import { FakeChatModel } from 'rxlm/testing';
import { toHttpError } from '../../../lib/sse/frames/to-http-error.js';
import { observableOf } from '../../../lib/sse/server/sse-source.js';

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
    expect(thrown(refused)).toBe(refused);
    expect(toHttpError(thrown(refused)).status).toBe(500);
    const marked = Object.assign(new TypeError('input must be …'), {
      [Symbol.for('rxlm.refusedInput')]: true,
    });
    expect(toHttpError(thrown(marked)).status).toBe(400);
    expect(thrown(marked)).toMatchObject({ message: 'input must be …', cause: marked });
    const asked = () =>
      observableOf((config) => new FakeChatModel(['a']).stream$(5 as never, config))({});
    expect(asked).toThrow(/a message must be/);
    expect(asked).toThrow(expect.objectContaining({ statusCode: 400 }) as never);
    const other = new Error('other');
    expect(thrown(other)).toBe(other);
    const mine = Object.assign(new TypeError('mine'), { expose: true, statusCode: 422 });
    expect(thrown(mine)).toBe(mine);
  });
});
